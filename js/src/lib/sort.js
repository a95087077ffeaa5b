// The order of routes in a table: live first, then the keys, then the other metric, then provider, model and task.
// Unknown comes last in both directions, and what looks equal on the screen is a tie.

import { blendedPrices, columnOf, ROUTE_COLUMNS } from "./columns.js";
import { displayKey } from "./format.js";
import { firstOfEach, orderBy, rankCells, rankNumbers } from "./order.js";

/** @typedef {import("./columns.js").Direction} Direction */
/** @typedef {import("./columns.js").Mix} Mix */
/** @typedef {import("./columns.js").Sort} Sort */
/** @typedef {import("./columns.js").SortKey} SortKey */
/** @typedef {import("./frame.js").Catalog} Catalog */
/** @typedef {import("./frame.js").Frame} Frame */
/** @typedef {import("./order.js").Ranks} Ranks */

/** The order of routes when none is chosen. @type {Sort} */
const DEFAULT_ROUTE_SORT = [["price_blended", "asc"]];
const PRICES = new Set(["price_input", "price_output", "price_blended"]);

/**
 * @param {Catalog} catalog
 * @param {Uint32Array} rows  of routes
 * @param {Sort} sort  keys that are no column of a route are passed over
 * @param {Mix} mix
 * @returns {Uint32Array}  the same rows in order
 */
export function sortRoutes(catalog, rows, sort, mix) {
  const { routes } = catalog;
  const known = sort.filter(([name]) => ROUTE_COLUMNS.has(name));
  const wanted = known.length === 0 ? DEFAULT_ROUTE_SORT : known;
  /** @type {SortKey[]} */
  const all = [
    ...wanted,
    PRICES.has(wanted[0][0]) ? ["throughput", "desc"] : ["price_blended", "asc"],
    ["provider", "asc"],
    ["model", "asc"],
    ["task", "asc"],
  ];
  const keys = firstOfEach(all).map(
    ([name, direction]) =>
      () =>
        rankRoutes(routes, name, rows, direction, mix),
  );
  if (!wanted.some(([name]) => name === "status")) keys.unshift(() => rankLive(routes, rows));
  return orderBy(rows.length, keys).map((at) => rows[at]);
}

/**
 * The ranks of routes by one column.
 * @param {Frame} routes
 * @param {string} name
 * @param {Uint32Array} rows
 * @param {Direction} direction
 * @param {Mix} mix
 * @returns {Ranks}
 */
export function rankRoutes(routes, name, rows, direction, mix) {
  if (name === "price_blended") return rankNumbers(blendedKeys(routes, mix, rows), direction);
  const spec = ROUTE_COLUMNS.get(name);
  return rankCells(columnOf(routes, name), spec?.kind ?? "text", rows, direction);
}

/**
 * The blended prices of routes as they are displayed, NaN where unknown.
 * @param {Frame} routes
 * @param {Mix} mix
 * @param {Uint32Array | null} [rows]  all routes when null
 * @returns {Float64Array}
 */
export function blendedKeys(routes, mix, rows = null) {
  const prices = blendedPrices(routes, mix, rows);
  for (let i = 0; i < prices.length; i++) prices[i] = displayKey("blended", prices[i]) ?? Number.NaN;
  return prices;
}

/**
 * For each distinct status whether it is "live".
 * @param {Frame} routes
 * @returns {Uint8Array}  by code
 */
export function liveCodes(routes) {
  return Uint8Array.from(columnOf(routes, "status").values, (status) => (status === "live" ? 1 : 0));
}

/**
 * @param {Frame} routes
 * @param {Uint32Array} rows
 * @returns {Ranks}
 */
function rankLive(routes, rows) {
  const isLive = liveCodes(routes);
  const { codes } = columnOf(routes, "status");
  return { ranks: rows.map((row) => 1 - isLive[codes[row]]), size: 2 };
}
