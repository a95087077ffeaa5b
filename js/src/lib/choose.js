// Which route to take: first what it must meet, then the best of what is left, and why the others are not.
// The answer is that of Catalog.choose in Python. Nothing is put into words before it is asked for.

import { columnOf, ROUTE_COLUMNS } from "./columns.js";
import { figures, PRICE_PER_SPEED } from "./figures.js";
import { normalFilters } from "./filter.js";
import { cleanNumber, displayKey } from "./format.js";
import { value } from "./frame.js";
import { policies } from "./policy.js";
import { countGroups, demandsOf, missesOf, plainDemand, reasonsOf, sift } from "./reasons.js";
import { compareText } from "./text.js";

/** @typedef {import("./columns.js").Mix} Mix */
/** @typedef {import("./frame.js").Catalog} Catalog */
/** @typedef {import("./reasons.js").Demand} Demand */
/** @typedef {"cost" | "speed" | "latency" | "balanced"} Optimize */
/**
 * @typedef {object} Needs
 * @property {Record<string, unknown>} [require]  filters
 * @property {Optimize} [optimize]
 * @property {Mix} [mix]  parts of input and of output tokens
 * @property {readonly [number, number] | null} [tokens]  input and output tokens of one call, instead of a mix
 */
/**
 * @typedef {object} Choice
 * @property {number} route       row of the best; -1 where there is none
 * @property {number} runner_up   row of the second best, or -1
 * @property {number | null} figure   what was optimised, in the column's unit
 * @property {number | null} margin   how much worse the runner-up's figure is; 0 where the two look the same
 * @property {number | null} margin_percent   of the runner-up's figure, unless that shows as zero
 * @property {number | null} cost_per_call   USD
 * @property {Uint32Array} kept      rows that meet everything, in the order given (in Python best first)
 * @property {Uint32Array} dropped   all others
 * @property {(row: number) => string[]} reasons   all of them, of a dropped row
 * @property {() => [group: string, count: number][]} groups   how many rows were dropped for what
 * @property {number} nearest     where no route is left, the row that misses least; else -1
 * @property {{ cheapest: import("./policy.js").PolicyChoice, fastest: import("./policy.js").PolicyChoice }} policies
 * @property {Optimize} optimize
 * @property {Mix} mix
 * @property {readonly [number, number] | null} tokens
 * @property {Record<string, unknown>} require  the filters in canonical form
 */

/**
 * The figures in the order in which they decide. The first must be published, and it and the second decide as they
 * look; then all as they are, so that a route that another beats never wins by its name.
 */
export const GOALS = Object.freeze({
  cost: ["price_blended", "throughput", "first_token_latency_ms", "context_length"],
  speed: ["throughput", "price_blended", "first_token_latency_ms", "context_length"],
  latency: ["first_token_latency_ms", "price_blended", "throughput", "context_length"],
  balanced: [PRICE_PER_SPEED, "throughput", "first_token_latency_ms", "context_length"],
});

/**
 * @param {Catalog} catalog
 * @param {Uint32Array} rows  the routes to choose from, ascending
 * @param {Needs} needs
 * @returns {Choice}
 */
export function choose(catalog, rows, { require = {}, optimize = "cost", mix = [3, 1], tokens = null }) {
  const ratio = tokens ?? mix;
  const demands = demandsOf(catalog, require, GOALS[optimize].slice(0, 1), ratio);
  if (optimize === "balanced") demands.push(someSpeed(catalog));
  const { kept, dropped } = sift(rows, demands);
  const merit = makeMerit(catalog, kept, optimize, ratio);
  const [best, second] = firstTwo(kept.length, merit.compare);
  const nearest = best < 0 ? nearestOf(catalog, dropped, demands, optimize, ratio) : -1;
  const route = best < 0 ? -1 : kept[best];
  return {
    route,
    runner_up: second < 0 ? -1 : kept[second],
    figure: best < 0 ? null : merit.first[best],
    ...marginOf(merit, best, second),
    cost_per_call: route < 0 || tokens === null ? null : costPerCall(catalog, route, tokens),
    kept,
    dropped,
    reasons: (row) => reasonsOf(demands, row),
    groups: () => countGroups(demands, dropped),
    nearest,
    policies: policies(catalog, rowsBeside(catalog, route < 0 ? nearest : route)),
    optimize,
    mix: ratio,
    tokens,
    require: normalFilters(require),
  };
}

/**
 * USD for the tokens of one call on a route; null where a price that counts is unknown or in doubt.
 * @param {Catalog} catalog
 * @param {number} row
 * @param {readonly [number, number]} tokens
 */
export function costPerCall({ routes }, row, tokens) {
  const [price] = figures(routes, "price_blended", tokens, Uint32Array.of(row));
  if (Number.isNaN(price)) return null;
  return price > 0 ? cleanNumber((price * (tokens[0] + tokens[1])) / 1e6) : 0;
}

const MORE_IS_BETTER = new Set(["throughput", "context_length"]);

/**
 * How routes compare: the first two figures as they look; then all exactly; then by name.
 * @param {Catalog} catalog
 * @param {Uint32Array} rows
 * @param {Optimize} optimize
 * @param {Mix} mix
 */
function makeMerit({ routes }, rows, optimize, mix) {
  const names = GOALS[optimize];
  const exact = names.map((name) => figures(routes, name, mix, rows));
  const signs = names.map((name) => (MORE_IS_BETTER.has(name) ? -1 : 1));
  const looks = exact.slice(0, 2).map((numbers, i) => {
    const { kind = null } = ROUTE_COLUMNS.get(names[i]) ?? {};
    return kind === null ? numbers : numbers.map((number) => displayKey(kind, number) ?? Number.NaN);
  });
  /** @param {number} a @param {number} b  positions in rows */
  const compare = (a, b) => {
    for (const numbers of [looks, exact]) {
      for (let i = 0; i < numbers.length; i++) {
        const order = compareNumbers(numbers[i][a], numbers[i][b], signs[i]);
        if (order !== 0) return order;
      }
    }
    for (const name of ["provider", "model", "task"]) {
      const order = compareCells(value(routes, name, rows[a]), value(routes, name, rows[b]));
      if (order !== 0) return order;
    }
    return a - b;
  };
  return { first: exact[0], look: looks[0], compare };
}

/**
 * The better first, NaN last.
 * @param {number} a
 * @param {number} b
 * @param {number} sign  -1 where more is better
 */
function compareNumbers(a, b, sign) {
  if (a === b) return 0;
  if (Number.isNaN(a) || Number.isNaN(b)) return Number(Number.isNaN(a)) - Number(Number.isNaN(b));
  return a < b ? -sign : sign;
}

/**
 * @param {import("./frame.js").Value} a
 * @param {import("./frame.js").Value} b
 */
export function compareCells(a, b) {
  if (a === b) return 0;
  if (a === null || b === null) return a === null ? 1 : -1;
  return compareText(String(a), String(b));
}

/**
 * The positions of the best two; -1 where there is none.
 * @param {number} length
 * @param {(a: number, b: number) => number} compare
 */
function firstTwo(length, compare) {
  let [best, second] = [-1, -1];
  for (let at = 0; at < length; at++) {
    if (best < 0 || compare(at, best) < 0) [best, second] = [at, best];
    else if (second < 0 || compare(at, second) < 0) second = at;
  }
  return [best, second];
}

/**
 * @param {ReturnType<typeof makeMerit>} merit
 * @param {number} best
 * @param {number} second
 */
function marginOf({ first, look }, best, second) {
  if (second < 0) return { margin: null, margin_percent: null };
  const [a, b] = [first[best], first[second]];
  if (look[best] === look[second]) return { margin: 0, margin_percent: 0 };
  const margin = cleanNumber(Math.abs(b - a));
  return { margin, margin_percent: look[second] === 0 ? null : cleanNumber((100 * margin) / b) };
}

/**
 * The row with the fewest reasons, then the smallest shortfall, then the best figures.
 * @param {Catalog} catalog
 * @param {Uint32Array} rows
 * @param {readonly Demand[]} demands
 * @param {Optimize} optimize
 * @param {Mix} mix
 */
function nearestOf(catalog, rows, demands, optimize, mix) {
  const { counts, shortfalls } = missesOf(demands, rows);
  let least = 0;
  for (let i = 1; i < rows.length; i++) {
    if ((counts[i] - counts[least] || shortfalls[i] - shortfalls[least]) < 0) least = i;
  }
  const equal = rows.filter((_, i) => counts[i] === counts[least] && shortfalls[i] === shortfalls[least]);
  const [at] = firstTwo(equal.length, makeMerit(catalog, equal, optimize, mix).compare);
  return at < 0 ? -1 : equal[at];
}

/** What shows as no speed buys nothing. @param {Catalog} catalog */
function someSpeed({ routes }) {
  const { values, codes } = columnOf(routes, "throughput");
  const isZero = values.map((speed) => displayKey("speed", speed) === 0);
  return plainDemand(
    (row) => isZero[codes[row]],
    () => "speed 0.0 tokens/s",
  );
}

/**
 * All routes of the model that a row belongs to: they stand together.
 * @param {Catalog} catalog
 * @param {number} row
 */
function rowsBeside({ routes }, row) {
  if (row < 0) return new Uint32Array();
  const { codes } = routes.columns.model;
  let [start, end] = [row, row + 1];
  while (start > 0 && codes[start - 1] === codes[row]) start--;
  while (end < codes.length && codes[end] === codes[row]) end++;
  return Uint32Array.from({ length: end - start }, (_, i) => start + i);
}
