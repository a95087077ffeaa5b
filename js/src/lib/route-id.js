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
  const models = catalog.models.columns.model.values;
  // A provider's name may hold a colon too, so each colon may be the one between model and provider.
  for (let colon = id.indexOf(":"); colon >= 0; colon = id.indexOf(":", colon + 1)) {
    const owner = models.indexOf(id.slice(0, colon)) - 1;
    if (owner < 0) continue;
    for (let row = offsets[owner]; row < offsets[owner + 1]; row++)
      if (routeId(catalog, row) === id) return row;
  }
  return -1;
}
