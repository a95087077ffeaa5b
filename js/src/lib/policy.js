// What the router's own policies would choose for one model, from what is published: ":cheapest" looks at the output
// price alone and ":fastest" at throughput alone, both by exact values, so they need not agree with the table's order.

import { columnOf, otherUnit } from "./columns.js";
import { cleanNumber } from "./format.js";
import { compareText } from "./text.js";

/** @typedef {import("./frame.js").Frame} Frame */
/**
 * @typedef {object} PolicyChoice
 * @property {string[]} providers  several when tied; none when nobody publishes the figure
 * @property {number} published    live routes that publish it
 * @property {number} of           live routes
 */

/**
 * @param {import("./frame.js").Catalog} catalog
 * @param {Uint32Array} rows  all routes of one model, shown or not
 * @returns {{ cheapest: PolicyChoice, fastest: PolicyChoice }}
 */
export function policies({ routes }, rows) {
  const status = columnOf(routes, "status");
  const live = rows.filter((row) => status.values[status.codes[row]] === "live");
  return {
    cheapest: choose(routes, live, "price_output", Math.min),
    fastest: choose(routes, live, "throughput", Math.max),
  };
}

/**
 * @param {Frame} routes
 * @param {Uint32Array} live
 * @param {string} name
 * @param {(...numbers: number[]) => number} better
 * @returns {PolicyChoice}
 */
function choose(routes, live, name, better) {
  const { values, codes } = columnOf(routes, name);
  const provider = columnOf(routes, "provider");
  const isOther = otherUnit(routes);
  const figures = Array.from(live, (row) => {
    const value = values[codes[row]];
    if (typeof value !== "number" || (better === Math.min && isOther(row))) return null;
    return value > 0 ? cleanNumber(value) : value;
  });
  const known = figures.filter((figure) => figure !== null);
  const winner = known.length === 0 ? null : known.reduce((a, b) => better(a, b));
  const providers = new Set(
    Array.from(live)
      .filter((_, i) => winner !== null && figures[i] === winner)
      .map((row) => String(provider.values[provider.codes[row]])),
  );
  return { providers: [...providers].sort(compareText), published: known.length, of: live.length };
}
