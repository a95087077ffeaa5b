// The id of a route, org/name:provider, with #task where one provider serves the model for several tasks.

import { value } from "./frame.js";

/** @typedef {import("./frame.js").Catalog} Catalog */

/**
 * @param {Catalog} catalog
 * @param {number} row  of `routes`
 * @returns {string}
 */
export function routeId(catalog, row) {
  const { model, provider } = catalog.routes.columns;
  const pair = `${model.values[model.codes[row]]}:${provider.values[provider.codes[row]]}`;
  const task = value(catalog.routes, "task", row);
  // Python marks such pairs, and keeps the mark where a selection has left only one of the tasks.
  return task !== null && value(catalog.routes, "shares_pair", row) === true ? `${pair}#${task}` : pair;
}

/**
 * The row of a route's id; -1 when the catalogue does not hold it.
 * @param {Catalog} catalog
 * @param {Uint32Array} offsets
 * @param {string} id
 */
export function routeRow(catalog, offsets, id) {
  const owner = catalog.models.columns.model.values.indexOf(ownerOf(id)) - 1;
  if (owner < 0) return -1;
  for (let row = offsets[owner]; row < offsets[owner + 1]; row++)
    if (routeId(catalog, row) === id) return row;
  return -1;
}

/** The model of a route's id. @param {string} id */
export const ownerOf = (id) => id.slice(0, Math.max(0, id.lastIndexOf(":")));
