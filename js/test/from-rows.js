// Builds a Catalog from plain records, so that tests can be written as rows: models with their routes inside.

import { MODEL_COLUMNS, ROUTE_COLUMNS } from "../src/lib/columns.js";
import { encode, value } from "../src/lib/frame.js";

/** @typedef {import("../src/lib/frame.js").Catalog} Catalog */
/** @typedef {import("../src/lib/frame.js").Value} Value */
/** @typedef {Record<string, Value | undefined>} Row */
/** @typedef {{ id: string, routes?: readonly Row[], [column: string]: any }} ModelRow */

/**
 * As over the wire: columns of which nothing is known are not there, nor are the counts of a model's routes.
 * @param {readonly ModelRow[]} models
 * @returns {Catalog}
 */
export function fromRows(models) {
  const routeRows = models.flatMap(({ id, routes = [] }) =>
    routes.map((route) => {
      const tasks = routes.filter(({ provider }) => provider === route.provider).length;
      return { ...route, model: id, shares_pair: tasks > 1 || null };
    }),
  );
  const modelNames = [...MODEL_COLUMNS.keys()].filter((name) => name !== "model" && !name.startsWith("n_"));
  const routeNames = [...ROUTE_COLUMNS.keys(), "shares_pair"].filter((name) => name !== "price_blended");
  const frame = frameOf(
    models.map(({ routes: _, ...model }) => model),
    modelNames,
  );
  const routes = frameOf(routeRows, routeNames);
  // Both frames share the dictionary of models, in the order of the models.
  const place = new Map(models.map(({ id }, m) => [id, m + 1]));
  const values = [null, ...place.keys()];
  frame.columns.model = { values, codes: Uint32Array.from(models, (_, m) => m + 1) };
  routes.columns.model = { values, codes: Uint32Array.from(routeRows, (row) => place.get(row.model) ?? 0) };
  return { models: frame, routes, source: "test", retrieved_at: null, dated_rows: false };
}

/**
 * All rows of a frame.
 * @param {{ length: number }} frame
 * @returns {Uint32Array}
 */
export function allRows({ length }) {
  return Uint32Array.from({ length }, (_, row) => row);
}

/**
 * @param {readonly Row[]} rows
 * @param {readonly string[]} names
 * @returns {import("../src/lib/frame.js").Frame}
 */
function frameOf(rows, names) {
  const columns = names
    .map((name) => /** @type {const} */ ([name, encode(rows.map((row) => row[name] ?? null))]))
    .filter(([, column]) => column.values.length > 1);
  return { length: rows.length, columns: Object.fromEntries(columns) };
}

/**
 * @param {Catalog} catalog
 * @returns {string[]}
 */
export function idsOf(catalog) {
  return catalog.models.columns.model.values.slice(1).map(String);
}

/**
 * The name of each route: model:provider, and #task where the pair has several.
 * @param {Catalog} catalog
 * @returns {string[]}
 */
export function routeNames({ routes }) {
  const pairs = Array.from({ length: routes.length }, (_, row) =>
    [value(routes, "model", row), value(routes, "provider", row)].join(":"),
  );
  return pairs.map((pair, row) => {
    const task = value(routes, "task", row);
    const isAlone = pairs.indexOf(pair) === pairs.lastIndexOf(pair);
    return isAlone || task === null ? pair : `${pair}#${task}`;
  });
}
