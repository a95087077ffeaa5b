// From the table's traits to the rows it shows, stage by stage.

import { computed, signal } from "@preact/signals-core";
import { best } from "../lib/best.js";
import { dropped } from "../lib/dropped.js";
import { filterRoutes } from "../lib/filter.js";
import { integer, plural } from "../lib/format.js";
import { value } from "../lib/frame.js";
import { priceLabels } from "../lib/labels.js";
import { speedDays, unpublished } from "../lib/notes.js";
import { policies } from "../lib/policy.js";
import { sortRoutes } from "../lib/sort.js";
import { NOTHING_COPIED } from "./copied.js";
import { routeState } from "./route-state.js";
import { rowsState } from "./rows.js";

/** @template T @typedef {import("@preact/signals-core").Signal<T>} Signal */

/**
 * @typedef {object} OwnTraits
 * @property {Signal<readonly string[]>} columns
 * @property {Signal<readonly import("../lib/columns.js").SortKey[]>} sort
 */
/** @typedef {import("./route-state.js").RouteTraits & OwnTraits} TableTraits */

/** @typedef {ReturnType<typeof tableState>} TableState */

/** @param {TableTraits} traits */
export function tableState(traits) {
  const state = routeState(traits);
  const { decoded, catalog, all, single } = state;
  const kept = computed(() => filterRoutes(catalog.value, all.value, traits.filters.value, traits.mix.value));
  const rows = computed(() => sortRoutes(catalog.value, kept.value, traits.sort.value, traits.mix.value));
  return {
    traits,
    ...state,
    ...rowsState(state, rows),
    labelled: computed(() => all.value.some((row) => priceLabels(catalog.value.routes, row).length > 0)),
    columns: computed(() => shownColumns(traits.columns.value, single.value !== null)),
    marks: computed(() => (single.value === null ? {} : best(catalog.value, rows.value, traits.mix.value))),
    fastest: computed(() =>
      rows.value.reduce(
        (most, row) => Math.max(most, Number(value(catalog.value.routes, "throughput", row))),
        0,
      ),
    ),
    policy: computed(() => (single.value === null ? null : policies(catalog.value, all.value))),
    notes: computed(() => [...unpublished(catalog.value, all.value), ...speedDays(catalog.value, all.value)]),
    hidden: computed(() => dropped(catalog.value, all.value, traits.filters.value, traits.mix.value)),
    /** The state of the table in words, and what of it a screen reader was told. */
    summary: computed(() => (decoded.value.catalog ? summary(rows.value.length, all.value.length) : "")),
    told: signal(""),
    opened: signal(""),
    copied: signal(NOTHING_COPIED),
  };
}

/** @param {number} shown @param {number} all */
const summary = (shown, all) =>
  shown === all ? plural(all, "route") : `${integer(shown)} of ${plural(all, "route")}`;

/**
 * Where several models are listed, each row says which one it is of.
 * @param {readonly string[]} columns
 * @param {boolean} single
 */
function shownColumns(columns, single) {
  return single || columns.includes("model") ? columns : ["model", ...columns];
}
