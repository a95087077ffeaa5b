// What a class costs on each route: tokens, calls and students, and whether it stays within a credit.
// The answer is that of Catalog.plan in Python, to the last digit: the arithmetic is decimal.

import { compareCells } from "./choose.js";
import { decimal, minus, plus, times, toNumber, wholeTimes } from "./decimal.js";
import { figures, PRICES } from "./figures.js";
import { normalFilters } from "./filter.js";
import { cleanNumber, displayKey, integer } from "./format.js";
import { value } from "./frame.js";
import { countGroups, demandsOf, reasonsOf, sift } from "./reasons.js";

/** @typedef {import("./decimal.js").Decimal} Decimal */
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
 * @typedef {object} Parts
 * @property {RouteCost[]} rows      all routes that have a cost, cheapest first
 * @property {Uint32Array} dropped   all others
 * @property {(row: number) => string[]} reasons   all of them, of a dropped row
 * @property {() => [group: string, count: number][]} groups   how many rows were dropped for what
 * @property {Record<string, unknown>} require  the filters in canonical form
 */
/** @typedef {PlanNeeds & Parts} Plan */

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
  const demands = demandsOf(catalog, require, ["price_blended"], needs.tokens);
  const { kept, dropped } = sift(rows, demands);
  return {
    ...needs,
    rows: costsOf(catalog, kept, needs),
    dropped,
    reasons: (row) => reasonsOf(demands, row),
    groups: () => countGroups(demands, dropped),
    require: normalFilters(require),
  };
}

/**
 * @param {Catalog} catalog
 * @param {Uint32Array} kept
 * @param {PlanNeeds} needs
 * @returns {RouteCost[]}
 */
function costsOf(catalog, kept, needs) {
  const { tokens, calls, students, margin, credit, credit_for } = needs;
  const each = times(decimal(calls), plus(decimal(1), decimal(margin)));
  const group = times(each, decimal(students));
  const planned = credit_for === "class" ? group : each;
  const may = credit === null ? null : decimal(credit);
  return exactCosts(catalog, kept, tokens)
    .sort((a, b) => compare(catalog, a, b))
    .map(({ row, cost }) => {
      const isZero = cost.units === 0n;
      const excess = may === null ? null : minus(times(cost, planned), may);
      return {
        row,
        cost_per_call: toNumber(cost),
        cost_per_student: toNumber(times(cost, each)),
        cost_class: toNumber(times(cost, group)),
        calls_in_credit: may === null || isZero ? null : wholeTimes(may, cost),
        no_limit_by_price: isZero,
        breaks_budget: excess === null ? null : excess.units > 0n,
        over: excess === null ? null : excess.units > 0n ? toNumber(excess) : 0,
        seconds_per_answer: seconds(catalog, row, tokens[1]),
      };
    });
}

/**
 * @param {Catalog} catalog
 * @param {Uint32Array} rows
 * @param {readonly [number, number]} tokens
 * @returns {{ row: number, cost: Decimal }[]}
 */
function exactCosts({ routes }, rows, tokens) {
  const prices = PRICES.map((name) => figures(routes, name, tokens, rows));
  return Array.from(rows, (row, i) => {
    const parts = tokens.map((count, at) =>
      count > 0 ? times(decimal(count), decimal(prices[at][i])) : decimal(0),
    );
    const { units, places } = plus(parts[0], parts[1]);
    return { row, cost: { units, places: places + 6 } };
  });
}

/**
 * Cheapest first; then the faster, then the earlier first token, then by name.
 * @param {Catalog} catalog
 * @param {{ row: number, cost: Decimal }} a
 * @param {{ row: number, cost: Decimal }} b
 */
function compare({ routes }, a, b) {
  const { units } = minus(a.cost, b.cost);
  if (units !== 0n) return units < 0n ? -1 : 1;
  for (const [name, sign] of /** @type {const} */ ([
    ["throughput", -1],
    ["first_token_latency_ms", 1],
  ])) {
    const [x, y] = [value(routes, name, a.row), value(routes, name, b.row)];
    if (x === y) continue;
    if (x === null || y === null) return x === null ? 1 : -1;
    return x < y ? -sign : sign;
  }
  for (const name of ["provider", "model", "task"]) {
    const order = compareCells(value(routes, name, a.row), value(routes, name, b.row));
    if (order !== 0) return order;
  }
  return a.row - b.row;
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
