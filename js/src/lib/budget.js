// What a class costs on each route: tokens, calls and students, and whether it stays within a credit.
// The answer is that of Catalog.plan in Python, to the last digit: the arithmetic is decimal.

import { columnOf, ROUTE_COLUMNS } from "./columns.js";
import { costOrder, exactCost } from "./cost-order.js";
import { decimal, minus, plus, times, toNumber, wholeTimes } from "./decimal.js";
import { figures, PRICES } from "./figures.js";
import { normalFilters } from "./filter.js";
import { cleanNumber, displayKey, integer } from "./format.js";
import { value } from "./frame.js";
import { orderBy, rankCells } from "./order.js";
import { countGroups, demandsOf, reasonsOf, sift } from "./reasons.js";

/** @typedef {import("./frame.js").Catalog} Catalog */
/**
 * @typedef {object} PlanNeeds  refusal() says what makes no sense
 * @property {readonly [number, number]} tokens  input and output tokens of one call
 * @property {number} calls      of each student
 * @property {number} students
 * @property {number} margin     the part to spare: 0.2 is 20 %
 * @property {number | null} credit   USD; null: no budget is checked
 * @property {"student" | "class"} credit_for
 */
/**
 * What one route costs, in USD.
 * @typedef {object} RouteCost
 * @property {number} row   of the routes
 * @property {number} cost_per_call      without the margin
 * @property {number} cost_per_student   with the margin
 * @property {number} cost_class         with the margin
 * @property {bigint | null} calls_in_credit   whole calls, without the margin; null without a credit or a price above zero
 * @property {boolean} no_limit_by_price       the price is zero
 * @property {boolean | null} breaks_budget    null without a credit
 * @property {number | null} over              per student or for the class, as the credit is
 * @property {number | null} seconds_per_answer
 */
/**
 * What the routes and the filters decide, whatever is planned with them.
 * @typedef {object} Sieve
 * @property {(tokens: readonly [number, number]) => Uint32Array} cheapestFirst   all routes that have a cost
 * @property {Uint32Array} dropped   all others
 * @property {(row: number) => string[]} reasons   all of them, of a dropped row
 * @property {() => [group: string, count: number][]} groups   how many rows were dropped for what
 * @property {Record<string, unknown>} require  the filters in canonical form
 */
/**
 * `rows` are the routes that have a cost, cheapest first; `cost` says what the one at a position costs, worked out when
 * it is asked for.
 * @typedef {PlanNeeds & Omit<Sieve, "cheapestFirst"> & { rows: Uint32Array, cost: (at: number) => RouteCost }} Plan
 */

export const MOST = 1e12;
export const MOST_CREDIT = 1e8;
export const MOST_MARGIN = 100;

/**
 * Why a plan is refused, in Python's words; null where all is well.
 * @param {PlanNeeds} needs
 * @returns {string | null}
 */
export function refusal({ tokens, calls, students, margin, credit, credit_for }) {
  const most = integer(MOST);
  if (!tokens.every((n) => Number.isSafeInteger(n) && n >= 0) || !tokens.some((n) => n > 0))
    return "tokens is two whole numbers, input and output tokens of one call, not negative and not both zero";
  if (tokens.some((n) => n > MOST)) return `tokens goes up to ${most}`;
  for (const [name, n] of Object.entries({ calls, students })) {
    if (!(Number.isInteger(n) && n >= 1 && n <= MOST)) return `${name} is a whole number from 1 to ${most}`;
  }
  if (!(margin >= 0 && margin <= MOST_MARGIN))
    return `margin is the part to spare, a number from 0 to ${MOST_MARGIN}`;
  if (credit !== null && !(credit >= 0 && credit <= MOST_CREDIT))
    return `credit is USD, a number from 0 to ${integer(MOST_CREDIT)}, or None for no budget`;
  if (credit_for !== "student" && credit_for !== "class") return "credit_for is 'student' or 'class'";
  return null;
}

/**
 * @param {Catalog} catalog
 * @param {Uint32Array} rows  the routes to look at, ascending
 * @param {PlanNeeds} needs
 * @param {Record<string, unknown>} [require]  filters
 * @returns {Plan}
 */
export function plan(catalog, rows, needs, require = {}) {
  const sieve = sieveOf(catalog, rows, needs.tokens, require);
  return priced(catalog, sieve, sieve.cheapestFirst(needs.tokens), needs);
}

const PARTS = /** @type {const} */ ([
  [1, 1],
  [1, 0],
  [0, 1],
]);

/**
 * The mix that a sieve needs of tokens. How many they are matters to a bound on the blended price only; otherwise it is
 * always the same pair, so that what depends on it need not be worked out anew.
 * @param {readonly [number, number]} tokens
 * @param {Record<string, unknown>} require
 * @returns {readonly [number, number]}
 */
export function mixOf(tokens, require) {
  if (Object.keys(require).some((key) => key.endsWith("price_blended"))) return tokens;
  return tokens[1] === 0 ? PARTS[1] : tokens[0] === 0 ? PARTS[2] : PARTS[0];
}

/**
 * @param {Catalog} catalog
 * @param {Uint32Array} rows  the routes to look at, ascending
 * @param {import("./columns.js").Mix} mix    of mixOf
 * @param {Record<string, unknown>} require  filters
 * @returns {Sieve}
 */
export function sieveOf(catalog, rows, mix, require) {
  const demands = demandsOf(catalog, require, ["price_blended"], mix);
  const { kept, dropped } = sift(rows, demands);
  /** @type {[group: string, count: number][] | undefined} */
  let groups;
  return {
    cheapestFirst: cheapestFirst(catalog, kept, mix),
    dropped,
    reasons: (row) => reasonsOf(demands, row),
    groups: () => {
      groups ??= countGroups(demands, dropped);
      return groups;
    },
    require: normalFilters(require),
  };
}

/**
 * @param {Catalog} catalog
 * @param {Sieve} sieve
 * @param {Uint32Array} rows   of its cheapestFirst
 * @param {PlanNeeds} needs
 * @returns {Plan}
 */
export function priced(catalog, { dropped, reasons, groups, require }, rows, needs) {
  const { tokens, calls, students, margin, credit, credit_for } = needs;
  const each = times(decimal(calls), plus(decimal(1), decimal(margin)));
  const group = times(each, decimal(students));
  const planned = credit_for === "class" ? group : each;
  const may = credit === null ? null : decimal(credit);
  /** @param {number} at @returns {RouteCost} */
  const cost = (at) => {
    const row = rows[at];
    const call = exactCost(pricesOf(catalog, row), tokens);
    const isZero = call.units === 0n;
    const excess = may === null ? null : minus(times(call, planned), may);
    return {
      row,
      cost_per_call: toNumber(call),
      cost_per_student: toNumber(times(call, each)),
      cost_class: toNumber(times(call, group)),
      calls_in_credit: may === null || isZero ? null : wholeTimes(may, call),
      no_limit_by_price: isZero,
      breaks_budget: excess === null ? null : excess.units > 0n,
      over: excess === null ? null : excess.units > 0n ? toNumber(excess) : 0,
      seconds_per_answer: seconds(catalog, row, tokens[1]),
    };
  };
  return { ...needs, dropped, reasons, groups, require, rows, cost };
}

/**
 * @param {Catalog} catalog
 * @param {number} row
 * @returns {[number, number]}
 */
function pricesOf({ routes }, row) {
  const [input, output] = PRICES.map((name) => {
    const price = value(routes, name, row);
    return typeof price === "number" && price > 0 ? cleanNumber(price) : 0;
  });
  return [input, output];
}

/**
 * @param {Catalog} catalog
 * @param {Uint32Array} kept
 * @param {import("./columns.js").Mix} mix
 */
function cheapestFirst({ routes }, kept, mix) {
  const isKept = new Uint8Array(routes.length);
  for (const row of kept) isKept[row] = 1;
  const rows = tieOrder(routes).filter((row) => isKept[row] === 1);
  const [input, output] = PRICES.map((name, i) =>
    mix[i] > 0 ? figures(routes, name, mix, rows) : new Float64Array(rows.length),
  );
  const order = costOrder([input, output]);
  return (/** @type {readonly [number, number]} */ tokens) => order(tokens).map((at) => rows[at]);
}

/**
 * Where two cost the same: the faster, then the one with the earlier first token, then by name. Worked out once, for
 * a catalogue never changes.
 * @type {WeakMap<import("./frame.js").Frame, Uint32Array>}
 */
const tieOrders = new WeakMap();

/** @param {import("./frame.js").Frame} routes */
function tieOrder(routes) {
  const known = tieOrders.get(routes);
  if (known) return known;
  const all = new Uint32Array(routes.length).map((_, row) => row);
  /** @param {string} name @param {import("./columns.js").Direction} direction */
  const by = (name, direction) => () =>
    rankCells(columnOf(routes, name), ROUTE_COLUMNS.get(name)?.kind ?? "text", all, direction, true);
  const order = orderBy(routes.length, [
    by("throughput", "desc"),
    by("first_token_latency_ms", "asc"),
    by("provider", "asc"),
    by("model", "asc"),
    by("task", "asc"),
  ]);
  tieOrders.set(routes, order);
  return order;
}

/**
 * The first token and the output by its speed; null unless both are known.
 * @param {Catalog} catalog
 * @param {number} row
 * @param {number} output  tokens
 */
function seconds({ routes }, row, output) {
  const [first, speed] = [value(routes, "first_token_latency_ms", row), value(routes, "throughput", row)];
  if (typeof first !== "number" || typeof speed !== "number") return null;
  if (displayKey("speed", speed) === 0) return null; // what shows as no speed never ends
  const sum = first / 1000 + output / speed;
  return sum > 0 ? cleanNumber(sum) : 0;
}
