// Which rows deserve the mark "best" in a column: the lowest price or latency, the highest speed or context, as
// displayed, among the live rows shown. A price whose unit is in doubt, or not tokens, neither wins nor stands in the way,
// and what most rows share distinguishes none.

import { columnOf, ROUTE_COLUMNS } from "./columns.js";
import { figures } from "./figures.js";
import { displayKey } from "./format.js";

/** @typedef {import("./columns.js").Mix} Mix */

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
    const { name, kind } = column;
    const keys = figures(routes, name, mix, live).map((number) => displayKey(kind, number) ?? Number.NaN);
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
