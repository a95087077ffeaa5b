// What has to be said of a route's price besides the figure: free, zero and doubtful are three things.

import { DASH, isSuspectPrice } from "./format.js";
import { value } from "./frame.js";

/** @typedef {import("./frame.js").Frame} Frame */

/** The words, and what they mean. */
export const LABELS = {
  promo: { words: "promo", help: "free for a time at this provider", warn: false },
  zero: { words: "listed at zero", help: "no promotion is announced", warn: false },
  suspect: {
    words: "suspect price",
    help: "outside 0.0001 to 1,000 USD per 1M tokens: perhaps given in another unit",
    warn: true,
  },
};

/**
 * @param {Frame} routes
 * @param {number} row
 * @returns {("promo" | "zero" | "suspect")[]}
 */
export function priceLabels(routes, row) {
  return labelsOf((name) => value(routes, name, row));
}

/**
 * @param {(name: string) => unknown} cell  of one route
 * @returns {("promo" | "zero" | "suspect")[]}
 */
export function labelsOf(cell) {
  const [input, output] = [cell("price_input"), cell("price_output")];
  /** @type {("promo" | "zero" | "suspect")[]} */
  const labels = [];
  if (cell("is_free") === true) labels.push("promo");
  else if (input === 0 && output === 0) labels.push("zero");
  if (isSuspect(input) || isSuspect(output)) labels.push("suspect");
  return labels;
}

/** @param {unknown} price */
const isSuspect = (price) => typeof price === "number" && isSuspectPrice(price);

/**
 * A status as it may be said: a row of a past day was seen then, which does not say that it is live.
 * @param {import("./frame.js").Catalog} catalog
 * @param {number} row
 * @returns {string}
 */
export function statusWords({ routes, dated_rows }, row) {
  const status = String(value(routes, "status", row) ?? DASH);
  if (!dated_rows) return status;
  const read = value(routes, "retrieved_at", row);
  const day = read === null ? "on an unknown day" : String(read).slice(0, 10);
  return `${status === "live" ? "seen" : status} ${day}`;
}

/** What kind of zero a price is, within a sentence. @param {import("./frame.js").Catalog} catalog @param {number} row */
export const zeroWords = ({ routes }, row) =>
  ` (${LABELS[value(routes, "is_free", row) === true ? "promo" : "zero"].words})`;
