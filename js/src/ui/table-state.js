// From the table's traits to the rows it shows, stage by stage.

import { computed, signal } from "@preact/signals-core";
import { best } from "../lib/best.js";
import { dropped } from "../lib/dropped.js";
import { filterRoutes } from "../lib/filter.js";
import { integer, plural } from "../lib/format.js";
import { routeOffsets, value } from "../lib/frame.js";
import { priceLabels } from "../lib/labels.js";
import { nearNames } from "../lib/near.js";
import { speedDays, unpublished } from "../lib/notes.js";
import { policies } from "../lib/policy.js";
import { routeId, routeRow } from "../lib/route-id.js";
import { sortRoutes } from "../lib/sort.js";
import { readCatalog } from "../lib/wire.js";

/** @template T @typedef {import("@preact/signals-core").Signal<T>} Signal */
/** @typedef {import("../lib/frame.js").Catalog} Catalog */

/**
 * @typedef {object} TableTraits
 * @property {Signal<DataView | null>} _catalog
 * @property {Signal<import("./source-line.js").Freshness>} _freshness
 * @property {Signal<number>} _refresh
 * @property {Signal<string>} _fault   what went wrong in Python when it was told of a change; "": nothing
 * @property {Signal<boolean>} _silent   whether Python has left a question without an answer; no trait of the model
 * @property {Signal<string | readonly string[] | null>} model
 * @property {Signal<string | null>} value
 * @property {Signal<readonly string[]>} columns
 * @property {Signal<Record<string, unknown>>} filters
 * @property {Signal<readonly import("../lib/columns.js").SortKey[]>} sort
 * @property {Signal<import("../lib/columns.js").Mix>} mix
 */

/** @typedef {ReturnType<typeof tableState>} TableState */

/** @param {TableTraits} traits */
export function tableState(traits) {
  const decoded = computed(() => readCatalog(traits._catalog.value));
  const catalog = computed(() => /** @type {Catalog} */ (decoded.value.catalog));
  const offsets = computed(() => routeOffsets(catalog.value));
  const ids = computed(() => /** @type {string[]} */ (catalog.value.models.columns.model.values.slice(1)));
  /** The models asked for; null: all. */
  const asked = computed(() => askedIds(traits.model.value));
  const rowOf = computed(() => new Map(ids.value.map((id, row) => [id, row])));
  const all = computed(() => routesOf(rowOf.value, offsets.value, asked.value));
  const kept = computed(() => filterRoutes(catalog.value, all.value, traits.filters.value, traits.mix.value));
  const rows = computed(() => sortRoutes(catalog.value, kept.value, traits.sort.value, traits.mix.value));
  /** @type {Signal<string | null>} The id of the route that the keys have reached; not shared: each view has its own. */
  const activeKey = signal(null);
  /**
   * The chosen route. A choice among the routes of another model is none; Python says so too, but not at once, and not
   * at all where there is no kernel. Only Python forgets it: a page that did would undo what Python chooses next.
   */
  const chosen = computed(() => {
    const id = traits.value.value;
    return id === null || asked.value === null || asked.value.some((model) => id.startsWith(`${model}:`))
      ? id
      : null;
  });
  const single = computed(() => (asked.value?.length === 1 ? asked.value[0] : null));
  return {
    traits,
    decoded,
    catalog,
    offsets,
    ids,
    asked,
    all,
    rows,
    chosen,
    labelled: computed(() => all.value.some((row) => priceLabels(catalog.value.routes, row).length > 0)),
    /** The one model that is compared, or null for a list of routes of many. */
    single,
    columns: computed(() => shownColumns(traits.columns.value, single.value !== null)),
    marks: computed(() => (single.value === null ? {} : best(catalog.value, rows.value, traits.mix.value))),
    fastest: computed(() =>
      rows.value.reduce(
        (most, row) => Math.max(most, Number(value(catalog.value.routes, "throughput", row))),
        0,
      ),
    ),
    policy: computed(() => (single.value === null ? null : policies(catalog.value, all.value))),
    chosenRow: computed(() =>
      chosen.value === null ? -1 : routeRow(catalog.value, offsets.value, chosen.value),
    ),
    notes: computed(() => [...unpublished(catalog.value, all.value), ...speedDays(catalog.value, all.value)]),
    hidden: computed(() => dropped(catalog.value, all.value, traits.filters.value, traits.mix.value)),
    unknown: computed(() => (asked.value ?? []).filter((id) => !rowOf.value.has(id))),
    near: computed(() => (single.value === null ? [] : nearNames(single.value, ids.value))),
    activeKey,
    /** Position in `rows` of the row that the keys have reached. */
    active: computed(() => {
      const row = activeKey.value === null ? -1 : routeRow(catalog.value, offsets.value, activeKey.value);
      return Math.max(0, rows.value.indexOf(row));
    }),
    /** See place.js. */
    scroll: signal(0),
    place: 0,
    printing: signal(false),
    /** The state of the table in words, and what of it a screen reader was told. */
    summary: computed(() => (decoded.value.catalog ? summary(rows.value.length, all.value.length) : "")),
    told: signal(""),
    opened: signal(""),
    /** What the last copy did, for a reader: "Copied as CSV", or the text itself where the host forbids copying. */
    copied: signal({ words: "", text: "" }),
    routeId: (/** @type {number} */ row) => routeId(catalog.value, row),
  };
}

/** @param {number} shown @param {number} all */
const summary = (shown, all) =>
  shown === all ? plural(all, "route") : `${integer(shown)} of ${plural(all, "route")}`;

/** @param {string | readonly string[] | null} model @returns {readonly string[] | null} */
const askedIds = (model) => (typeof model === "string" ? [model] : model);

/**
 * @param {ReadonlyMap<string, number>} rowOf  of each model
 * @param {Uint32Array} offsets
 * @param {readonly string[] | null} asked
 */
function routesOf(rowOf, offsets, asked) {
  const models = (asked ?? [...rowOf.keys()]).map((id) => rowOf.get(id) ?? -1).filter((model) => model >= 0);
  const rows = new Uint32Array(models.reduce((sum, model) => sum + offsets[model + 1] - offsets[model], 0));
  let at = 0;
  for (const model of models)
    for (let row = offsets[model]; row < offsets[model + 1]; row++) rows[at++] = row;
  return rows;
}

/**
 * Where several models are listed, each row says which one it is of.
 * @param {readonly string[]} columns
 * @param {boolean} single
 */
function shownColumns(columns, single) {
  return single || columns.includes("model") ? columns : ["model", ...columns];
}
