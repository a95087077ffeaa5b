// Routes by what a call costs, exactly and in little time. Prices are decimals and token counts are whole, so costs are
// whole numbers of some small unit; where a float holds them all, no more is needed. Of odd prices and of very many tokens
// floats tell which costs are clearly apart, and decimal arithmetic decides among the others.

import { decimal, minus, plus, times } from "./decimal.js";
import { orderBy, rankNumbers } from "./order.js";

/** @typedef {import("./decimal.js").Decimal} Decimal */
/** @typedef {import("./order.js").Ranks} Ranks */
/** @typedef {readonly [input: number, output: number]} Pair */
/** Prices, USD per 1M tokens, without float noise; zero where their tokens do not count. @typedef {readonly [Float64Array, Float64Array]} Prices */

/** Units of eight places hold all but odd prices, and leave room for many tokens. */
const MOST_SCALE = 1e8;
/** Of larger numbers of units rounding does not find the shortest decimal of a float. */
const MOST_UNITS = 1e15;
/** A float sum of two products is nearer to the true one than this part of it, with room to spare. */
const DOUBT = 1e-14;

/**
 * The exact cost of a call, USD.
 * @param {Pair} prices
 * @param {Pair} tokens
 * @returns {Decimal}
 */
export function exactCost(prices, tokens) {
  const [input, output] = tokens.map((count, i) =>
    count > 0 ? times(decimal(count), decimal(prices[i])) : decimal(0),
  );
  const { units, places } = plus(input, output);
  return { units, places: places + 6 };
}

/**
 * What can be done once for all token counts is done here; the answer puts items in order, the cheapest first. Items
 * that cost the same keep their order.
 * @param {Prices} prices
 * @returns {(tokens: Pair) => Uint32Array}
 */
export function costOrder(prices) {
  const { units, isWhole } = inUnits(prices);
  const areWhole = isWhole.every((whole) => whole === 1);
  const most = units.map(largest);
  return (tokens) => {
    const about = sums(units, tokens);
    const fits = most[0] * tokens[0] + most[1] * tokens[1] < 2 ** 53;
    const exact = exactly(prices, tokens);
    /** @param {number} a @param {number} b */
    const compare = (a, b) => (fits && isWhole[a] && isWhole[b] ? about[a] - about[b] : exact(a, b));
    const ranks = fits && areWhole ? rankNumbers(about, "asc") : rankClose(about, compare);
    return orderBy(about.length, [() => ranks]);
  };
}

/**
 * The prices in a unit that is a power of ten, and for each item whether both of its are whole.
 * @param {Prices} prices
 * @returns {{ units: Prices, isWhole: Uint8Array }}
 */
function inUnits([inputs, outputs]) {
  let scale = 1;
  const isIn = (/** @type {number} */ price) => Math.round(price * scale) / scale === price;
  for (const column of [inputs, outputs]) {
    for (let i = 0; i < column.length; i++) while (scale < MOST_SCALE && !isIn(column[i])) scale *= 10;
  }
  const isWhole = Uint8Array.from(inputs, (input, i) => {
    const fits = Math.max(input, outputs[i]) * scale < MOST_UNITS;
    return fits && isIn(input) && isIn(outputs[i]) ? 1 : 0;
  });
  /** @param {number} price @param {number} i */
  const counted = (price, i) => (isWhole[i] ? Math.round(price * scale) : price * scale);
  return { units: [inputs.map(counted), outputs.map(counted)], isWhole };
}

/** @param {Float64Array} numbers  none negative */
const largest = (numbers) => numbers.reduce((most, number) => (number > most ? number : most), 0);

/** @param {Prices} prices @param {Pair} tokens */
function sums([inputs, outputs], [input, output]) {
  const sums = new Float64Array(inputs.length);
  for (let i = 0; i < sums.length; i++) sums[i] = input * inputs[i] + output * outputs[i];
  return sums;
}

/**
 * Ranks by floats, corrected among those that are too close to be told apart by them.
 * @param {Float64Array} about
 * @param {(a: number, b: number) => number} compare   exactly
 * @returns {Ranks}
 */
function rankClose(about, compare) {
  const order = orderBy(about.length, [() => rankNumbers(about, "asc")]);
  const ranks = new Uint32Array(about.length);
  let rank = -1;
  for (let start = 0, end = 1; start < order.length; start = end++) {
    while (end < order.length && about[order[end]] <= about[order[end - 1]] * (1 + DOUBT)) end++;
    const close = order.subarray(start, end);
    if (close.length > 1) close.sort(compare);
    for (let at = 0; at < close.length; at++) {
      if (at === 0 || compare(close[at - 1], close[at]) !== 0) rank++;
      ranks[close[at]] = rank;
    }
  }
  return { ranks, size: rank + 1 };
}

/**
 * Compares two items by their exact costs; each pair of prices is worked out once.
 * @param {Prices} prices
 * @param {Pair} tokens
 * @returns {(a: number, b: number) => number}
 */
function exactly([inputs, outputs], tokens) {
  /** @type {Map<number, Map<number, Decimal>>} */
  const known = new Map();
  const cost = (/** @type {number} */ item) => {
    const [input, output] = [inputs[item], outputs[item]];
    const costs = known.get(input) ?? new Map();
    const found = costs.get(output) ?? exactCost([input, output], tokens);
    known.set(input, costs.set(output, found));
    return found;
  };
  return (a, b) => {
    if (inputs[a] === inputs[b] && outputs[a] === outputs[b]) return 0;
    const { units } = minus(cost(a), cost(b));
    return units === 0n ? 0 : units < 0n ? -1 : 1;
  };
}
