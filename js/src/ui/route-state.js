// From the traits that every widget over routes has to the models asked for, their routes, and the one that is chosen.

import { computed } from "@preact/signals-core";
import { routeOffsets } from "../lib/frame.js";
import { nearNames } from "../lib/near.js";
import { routeId, routeRow } from "../lib/route-id.js";
import { readCatalog } from "../lib/wire.js";

/** @template T @typedef {import("@preact/signals-core").Signal<T>} Signal */
/** @typedef {import("../lib/frame.js").Catalog} Catalog */

/**
 * @typedef {object} RouteTraits
 * @property {Signal<DataView | null>} _catalog
 * @property {Signal<import("./source-line.js").Freshness>} _freshness
 * @property {Signal<number>} _refresh
 * @property {Signal<string>} _fault   what went wrong in Python when it was told of a change; "": nothing
 * @property {Signal<boolean>} _silent   whether Python has left a question without an answer; no trait of the model
 * @property {Signal<string | readonly string[] | null>} model
 * @property {Signal<string | null>} value
 * @property {Signal<Record<string, unknown>>} filters
 * @property {Signal<import("../lib/columns.js").Mix>} mix
 */

/** Those of a widget whose mix is made by other traits. @typedef {Omit<RouteTraits, "mix">} PlainTraits */

/** @typedef {ReturnType<typeof routeState>} RouteState */

/** @param {PlainTraits} traits */
export function routeState(traits) {
  const decoded = computed(() => readCatalog(traits._catalog.value));
  const catalog = computed(() => /** @type {Catalog} */ (decoded.value.catalog));
  const offsets = computed(() => routeOffsets(catalog.value));
  const ids = computed(() => /** @type {string[]} */ (catalog.value.models.columns.model.values.slice(1)));
  /** The models asked for; null: all. */
  const asked = computed(() => askedIds(traits.model.value));
  const rowOf = computed(() => new Map(ids.value.map((id, row) => [id, row])));
  const all = computed(() => routesOf(rowOf.value, offsets.value, asked.value));
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
    decoded,
    catalog,
    offsets,
    ids,
    asked,
    /** The routes of the models asked for, as rows of `catalog.routes`, ascending within a model. */
    all,
    /** The same, ascending. */
    ascending: computed(() => all.value.slice().sort()),
    chosen,
    /** Its row; -1: none is chosen, or the data does not hold it. */
    chosenRow: computed(() =>
      chosen.value === null ? -1 : routeRow(catalog.value, offsets.value, chosen.value),
    ),
    /** The one model that is asked for, or null where there are several. */
    single,
    unknown: computed(() => (asked.value ?? []).filter((id) => !rowOf.value.has(id))),
    near: computed(() => (single.value === null ? [] : nearNames(single.value, ids.value))),
    routeId: (/** @type {number} */ row) => routeId(catalog.value, row),
  };
}

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
