// From the picker's traits to the rows it shows. Each stage is computed again only when what it reads has changed,
// so a key press costs a search and a count, not a sort.

import { computed, signal } from "@preact/signals-core";
import { DEFAULT_MIX } from "../lib/columns.js"; // a picker has no mix of its own
import { hiddenUnpublished } from "../lib/dropped.js";
import { facets } from "../lib/facet.js";
import { integer, plural } from "../lib/format.js";
import { routeOffsets } from "../lib/frame.js";
import { findModels, matchModels, orderModels } from "../lib/models.js";
import { nearNames } from "../lib/near.js";
import { makeIndex, search, terms } from "../lib/search.js";
import { readCatalog } from "../lib/wire.js";

/** @template T @typedef {import("@preact/signals-core").Signal<T>} Signal */
/** @typedef {import("../lib/frame.js").Catalog} Catalog */

/**
 * @typedef {object} PickerTraits
 * @property {Signal<DataView | null>} _catalog
 * @property {Signal<import("./source-line.js").Freshness>} _freshness
 * @property {Signal<number>} _refresh
 * @property {Signal<string>} _fault   what went wrong in Python when it was told of a change; "": nothing
 * @property {Signal<boolean>} _silent   whether Python has left a question without an answer; no trait of the model
 * @property {Signal<string | readonly string[] | null>} value
 * @property {Signal<string>} query
 * @property {Signal<Record<string, unknown>>} filters
 * @property {Signal<readonly (readonly [string, "asc" | "desc"])[]>} sort
 * @property {Signal<boolean>} multiple
 */

/** While something is typed the best match is the active row, whichever it is. (No id is empty.) */
export const TOP = "";

/** @typedef {ReturnType<typeof pickerState>} PickerState */

/**
 * @param {PickerTraits} traits
 * @param {import("@preact/signals-core").ReadonlySignal<number>} narrowRows   how many rows a narrow list shows at once
 */
export function pickerState(traits, narrowRows) {
  const decoded = computed(() => readCatalog(traits._catalog.value));
  const catalog = computed(() => /** @type {Catalog} */ (decoded.value.catalog));
  const ids = computed(() => /** @type {string[]} */ (catalog.value.models.columns.model.values.slice(1)));
  const index = computed(() => makeIndex(ids.value));
  const offsets = computed(() => routeOffsets(catalog.value));
  const stand = computed(() => matchModels(catalog.value, offsets.value, traits.filters.value, DEFAULT_MIX));
  const order = computed(() => orderModels(catalog.value, stand.value, traits.sort.value, DEFAULT_MIX));
  const words = computed(() => terms(traits.query.value));
  const found = computed(() => search(index.value, words.value));
  const rows = computed(() => findModels(order.value, found.value.ranks));
  const near = computed(() => (found.value.count ? [] : nearNames(traits.query.value, ids.value)));
  const rowOf = computed(() => new Map(ids.value.map((id, row) => [id, row])));
  /** @type {Signal<string | null>} The id that the arrow keys have reached, or TOP; not shared: each view has its own. */
  const activeKey = signal(null);
  /** @param {string | null} key */
  const position = (key) => {
    if (key === TOP) return rows.value.length ? 0 : -1;
    return key === null ? -1 : rows.value.indexOf(rowOf.value.get(key) ?? -1);
  };
  return {
    traits,
    narrowRows,
    decoded,
    catalog,
    ids,
    offsets,
    stand,
    words,
    found,
    rows,
    rowOf,
    counts: computed(() =>
      facets(catalog.value, offsets.value, found.value.ranks, traits.filters.value, DEFAULT_MIX),
    ),
    totals: computed(() =>
      facets(catalog.value, offsets.value, new Uint8Array(ids.value.length), {}, DEFAULT_MIX),
    ),
    unpublished: computed(() =>
      hiddenUnpublished(catalog.value, offsets.value, stand.value, traits.filters.value),
    ),
    near,
    chosen: computed(() => chosenIds(traits.value.value)),
    activeKey,
    /** Position in `rows` of the active row; -1: none. */
    active: computed(() => position(activeKey.value)),
    /** The id this view is choosing right now, so that its list stays where the user has it. */
    choosing: "",
    /** See place.js. */
    scroll: signal(0),
    place: 0,
    printing: signal(false),
    /** The state of the list in words, and what of it a screen reader was told. */
    summary: computed(() =>
      decoded.value.catalog ? summary(rows.value.length, ids.value.length, near.value.length) : "",
    ),
    told: signal(""),
    opened: signal(""),
    filtersShown: signal(false),
  };
}

/** The state of the list for a listener. @param {number} found @param {number} all @param {number} near */
function summary(found, all, near) {
  if (found === all) return plural(all, "model");
  if (found) return `${integer(found)} of ${plural(all, "model")}`;
  return near ? `No model matches; ${plural(near, "near name")} below` : "No model matches";
}

/** @param {string | readonly string[] | null} value @returns {readonly string[]} */
const chosenIds = (value) => (value === null ? [] : typeof value === "string" ? [value] : value);
