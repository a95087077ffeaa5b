// What has to be said of a route's price besides the figure: free, zero and doubtful are three things.

import { isSuspectPrice } from "./format.js";
import { value } from "./frame.js";

/** @typedef {import("./frame.js").Frame} Frame */

/**
 * @param {Frame} routes
 * @param {number} row
 * @returns {("promo" | "zero" | "suspect")[]}
 */
export function priceLabels(routes, row) {
  const input = value(routes, "price_input", row);
  const output = value(routes, "price_output", row);
  /** @type {("promo" | "zero" | "suspect")[]} */
  const labels = [];
  if (value(routes, "is_free", row) === true) labels.push("promo");
  else if (input === 0 && output === 0) labels.push("zero");
  if (isSuspect(input) || isSuspect(output)) labels.push("suspect");
  return labels;
}

/** @param {import("./frame.js").Value} price */
const isSuspect = (price) => typeof price === "number" && isSuspectPrice(price);
