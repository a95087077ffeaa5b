// What a list of routes does not say, or says of another day: notes for the line under the table.

import { columnOf } from "./columns.js";
import { integer } from "./format.js";

/** @typedef {import("./frame.js").Catalog} Catalog */

/**
 * @param {Catalog} catalog
 * @param {Uint32Array} rows
 * @returns {string[]}
 */
export function unpublished(catalog, rows) {
  const all = integer(rows.length);
  const said = { price_output: "a price", throughput: "a speed" };
  return Object.entries(said).flatMap(([name, words]) => {
    const { codes } = columnOf(catalog.routes, name);
    const without = rows.reduce((count, row) => count + (codes[row] === 0 ? 1 : 0), 0);
    if (without === 0) return [];
    return [
      without === rows.length
        ? `${words.replace("a ", "no ")} published`
        : `${integer(without)} of ${all} without ${words}`,
    ];
  });
}

/**
 * When the speed figures were read; the services do not say when they were measured.
 * @param {Catalog} catalog
 * @param {Uint32Array} rows
 * @returns {string[]}
 */
export function speedDays(catalog, rows) {
  if (!rows.length) return [];
  const metrics = columnOf(catalog.routes, "metrics_retrieved_at");
  const read = columnOf(catalog.routes, "retrieved_at");
  const days = new Set();
  let [older, other] = [false, false];
  for (const row of rows) {
    if (metrics.codes[row] === 0) continue;
    const day = String(metrics.values[metrics.codes[row]]).slice(0, 10);
    days.add(day);
    const own = String(read.values[read.codes[row]] ?? day).slice(0, 10);
    older ||= day < own;
    other ||= day !== own;
  }
  if (!days.size) return [];
  const sorted = [...days].sort();
  const span = sorted.length > 1 ? `${sorted[0]} … ${sorted.at(-1)}` : sorted[0];
  if (!other) return ["speed: newest probe, its time is not published"];
  return [`speed figures read ${span}${older ? ", before the rest" : ""}`];
}
