// The exact figure of a route that choices and fronts compare: what is published, without float noise.
// What looks equal on the screen is a tie elsewhere; here two figures are equal only when they are.

import { blendedPrice, columnOf, otherUnit } from "./columns.js";
import { cleanNumber, displayKey, isSuspectPrice } from "./format.js";

/** @typedef {import("./columns.js").Mix} Mix */
/** @typedef {import("./frame.js").Frame} Frame */
/** @typedef {import("./frame.js").Value} Value */

export const PRICES = ["price_input", "price_output"];
/** No column, for no table shows it: USD per 1M tokens of the mix, divided by tokens/s. */
export const PRICE_PER_SPEED = "price_per_speed";

/**
 * The published columns that a figure is made of: a price with no part in the mix does not count.
 * @param {string} name  a column of routes, or PRICE_PER_SPEED
 * @param {Mix} mix
 * @returns {string[]}
 */
export function counted(name, mix) {
  if (name === PRICE_PER_SPEED) return [...counted("price_blended", mix), "throughput"];
  return name === "price_blended" ? PRICES.filter((_, i) => mix[i] > 0) : [name];
}

/**
 * The figures of the given routes; NaN where unknown, where a price's unit is in doubt, and where it is for something
 * else than tokens.
 * @param {Frame} routes
 * @param {string} name  a column of routes that holds numbers, or PRICE_PER_SPEED
 * @param {Mix} mix
 * @param {Uint32Array} rows
 * @returns {Float64Array}
 */
export function figures(routes, name, mix, rows) {
  if (name === PRICE_PER_SPEED) return pricePerSpeed(routes, mix, rows);
  const numbers = name === "price_blended" ? mixPrices(routes, mix, rows) : plainFigures(routes, name, rows);
  if (name.startsWith("price")) {
    const isOther = otherUnit(routes);
    for (let i = 0; i < rows.length; i++) if (isOther(rows[i])) numbers[i] = Number.NaN;
  }
  return numbers;
}

/**
 * @param {Frame} routes
 * @param {string} name
 * @param {Uint32Array} rows
 */
function plainFigures(routes, name, rows) {
  const column = columnOf(routes, name);
  const isPrice = PRICES.includes(name);
  const clean = Float64Array.from(column.values, (value) => {
    if (typeof value !== "number" || (isPrice && isSuspectPrice(value))) return Number.NaN;
    return cleaned(value);
  });
  const numbers = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) numbers[i] = clean[column.codes[rows[i]]];
  return numbers;
}

/**
 * @param {Frame} routes
 * @param {Mix} mix
 * @param {Uint32Array} rows
 */
function mixPrices(routes, mix, rows) {
  const input = columnOf(routes, "price_input");
  const output = columnOf(routes, "price_output");
  const inputs = counts(input.values, mix[0]);
  const outputs = counts(output.values, mix[1]);
  const prices = new Float64Array(rows.length);
  for (let i = 0; i < rows.length; i++) {
    const price = blendedPrice(inputs[input.codes[rows[i]]], outputs[output.codes[rows[i]]], mix);
    prices[i] = price === null ? Number.NaN : cleaned(price);
  }
  return prices;
}

/**
 * Prices that may count: a doubtful one is as good as unknown, unless it has no part in the mix.
 * @param {readonly Value[]} values
 * @param {number} part
 * @returns {(number | null)[]}
 */
function counts(values, part) {
  return values.map((value) =>
    typeof value === "number" && (part === 0 || !isSuspectPrice(value)) ? value : null,
  );
}

/**
 * @param {Frame} routes
 * @param {Mix} mix
 * @param {Uint32Array} rows
 */
function pricePerSpeed(routes, mix, rows) {
  const prices = figures(routes, "price_blended", mix, rows);
  const speeds = figures(routes, "throughput", mix, rows);
  // What shows as no speed buys nothing.
  return prices.map((price, i) =>
    displayKey("speed", speeds[i]) === 0 ? Number.NaN : cleaned(price / speeds[i]),
  );
}

/** @param {number} value */
const cleaned = (value) => (value > 0 ? cleanNumber(value) : value);
