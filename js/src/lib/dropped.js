// How many routes each filter hides, and how many of those only because the figure is not published.

import { columnOf, DEFAULT_MIX, ROUTE_COLUMNS } from "./columns.js";
import { filterRoutes } from "./filter.js";
import { NOT_MATCHED } from "./models.js";

/** @typedef {import("./frame.js").Catalog} Catalog */

/**
 * @param {Catalog} catalog
 * @param {Uint32Array} rows  all that could be shown
 * @param {Record<string, unknown>} filters
 * @param {import("./columns.js").Mix} mix
 * @returns {{ key: string, hidden: number, unknown: number }[]}  filters that hide nothing are left out
 */
export function dropped(catalog, rows, filters, mix) {
  return Object.entries(filters)
    .map(([key, wanted]) => {
      const isKept = new Uint8Array(catalog.routes.length);
      for (const row of filterRoutes(catalog, rows, { [key]: wanted }, mix)) isKept[row] = 1;
      const columns = needed(key, mix).map((name) => columnOf(catalog.routes, name).codes);
      let [hidden, unknown] = [0, 0];
      for (const row of rows) {
        if (isKept[row] === 1) continue;
        hidden++;
        if (columns.some((codes) => codes[row] === 0)) unknown++;
      }
      return { key, hidden, unknown };
    })
    .filter(({ hidden }) => hidden > 0);
}

/**
 * How many models the filters hide although none of their routes is known to miss them: a figure is not published.
 * @param {Catalog} catalog
 * @param {Uint32Array} offsets  of routeOffsets
 * @param {Int32Array} stand     of matchModels
 * @param {Record<string, unknown>} filters
 * @returns {number}
 */
export function hiddenUnpublished(catalog, offsets, stand, filters) {
  const columns = Object.keys(filters)
    .map((key) => needed(key, DEFAULT_MIX).map((name) => columnOf(catalog.routes, name).codes))
    .filter((columns) => columns.length > 0);
  let count = 0;
  for (let model = 0; model < stand.length; model++) {
    if (stand[model] !== NOT_MATCHED || offsets[model] === offsets[model + 1]) continue;
    const unpublished = columns.some((needs) => {
      for (let row = offsets[model]; row < offsets[model + 1]; row++) {
        if (needs.every((codes) => codes[row] !== 0)) return false;
      }
      return true;
    });
    if (unpublished) count++;
  }
  return count;
}

/**
 * The figures of a route that a filter asks for and a service may leave out; none for a filter on models, or on the
 * provider, which every route has.
 * @param {string} key
 * @param {import("./columns.js").Mix} mix
 * @returns {string[]}
 */
function needed(key, [input, output]) {
  if (key === "priced") return ["price_input", "price_output"];
  const column = key.replace(/^(min|max)_/, "");
  if (column === "price_blended")
    return [...(input > 0 ? ["price_input"] : []), ...(output > 0 ? ["price_output"] : [])];
  return ROUTE_COLUMNS.has(column) && column !== "provider" && column !== "model" ? [column] : [];
}
