// Which rows deserve the mark "best" in a column: the lowest price or latency, the highest speed or context, as
// displayed, among the live rows shown. A price whose unit is in doubt neither wins nor stands in the way, and what most
// rows share distinguishes none.

import { blendedPrices, columnOf, ROUTE_COLUMNS } from "./columns.js";
import { displayKey, isSuspectPrice } from "./format.js";

/** @typedef {import("./columns.js").ColumnSpec} ColumnSpec */
/** @typedef {import("./columns.js").Mix} Mix */
/** @typedef {import("./frame.js").Frame} Frame */

/**
 * For each column with a better end, the rows that hold the best value. A column is left out when more than half of the
 * live rows with a value hold it.
 * @param {import("./frame.js").Catalog} catalog
 * @param {Uint32Array} rows  the routes shown
 * @param {Mix} mix
 * @returns {Record<string, ReadonlySet<number>>}
 */
export function best({ routes }, rows, mix) {
  const status = columnOf(routes, "status");
  const live = rows.filter((row) => status.values[status.codes[row]] === "live");
  /** @type {Record<string, ReadonlySet<number>>} */
  const marked = {};
  for (const column of ROUTE_COLUMNS.values()) {
    if (column.better === undefined) continue;
    const keys = keysOf(routes, column, live, mix);
    const known = keys.filter((key) => !Number.isNaN(key));
    const winner = known.reduce(
      column.better === "low" ? (a, b) => Math.min(a, b) : (a, b) => Math.max(a, b),
      column.better === "low" ? Number.POSITIVE_INFINITY : Number.NEGATIVE_INFINITY,
    );
    const winners = live.filter((_, i) => keys[i] === winner);
    if (winners.length && winners.length * 2 <= known.length) marked[column.name] = new Set(winners);
  }
  return marked;
}

/**
 * The displayed numbers of a column; NaN for those that take no part.
 * @param {Frame} routes
 * @param {ColumnSpec} column
 * @param {Uint32Array} rows
 * @param {Mix} mix
 */
function keysOf(routes, { name, kind }, rows, mix) {
  if (kind === "blended") {
    const input = pricesOf(routes, "price_input", rows);
    const output = pricesOf(routes, "price_output", rows);
    return blendedPrices(routes, mix, rows).map((price, i) =>
      isSuspectPrice(input[i]) || isSuspectPrice(output[i])
        ? Number.NaN
        : (displayKey(kind, price) ?? Number.NaN),
    );
  }
  const { values, codes } = columnOf(routes, name);
  return Float64Array.from(rows, (row) => {
    const value = values[codes[row]];
    if (kind === "price" && isSuspectPrice(/** @type {number | null} */ (value))) return Number.NaN;
    return displayKey(kind, value) ?? Number.NaN;
  });
}

/**
 * @param {Frame} routes
 * @param {string} name
 * @param {Uint32Array} rows
 */
function pricesOf(routes, name, rows) {
  const { values, codes } = columnOf(routes, name);
  return Array.from(rows, (row) => /** @type {number | null} */ (values[codes[row]]));
}
