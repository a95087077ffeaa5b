// Sentences about what a class costs: the cheapest route, whether the credit lasts, and who was left out.
// They are those of Python's data/explain_plan.py, word for word.

import { amount, exactAmount } from "./amounts.js";
import { leftOut, nameOf, nothingToChooseFrom, scope, zero } from "./explain.js";
import { cleanNumber, displayKey, exactNumber, format, integer } from "./format.js";
import { asLastSeen } from "./reasons.js";

/** @typedef {import("./budget.js").Plan} Plan */
/** @typedef {import("./frame.js").Catalog} Catalog */
/** @typedef {import("./explain.js").Models} Models */

/**
 * @param {Catalog} catalog
 * @param {Plan} plan
 * @param {Models} models
 * @returns {string}
 */
export function explainPlan(catalog, plan, models) {
  const total = plan.rows.length + plan.dropped.length;
  if (total === 0) return nothingToChooseFrom(models);
  /** @param {number} row */
  const name = (row) => nameOf(catalog, row, models);
  const sentences = [];
  if (plan.rows.length > 0) sentences.push(costWords(catalog, plan, name), budgetWords(plan, name));
  else {
    const why = total === 1 ? `: ${plan.reasons(plan.dropped[0]).join(" and ")}` : "";
    sentences.push(`No route ${scope(models)} has a cost here${why}.`);
  }
  return [...sentences, leftOut(plan, total)].filter((sentence) => sentence !== "").join(" ");
}

/** @typedef {(row: number) => string} Name */

/** @param {Catalog} catalog @param {Plan} plan @param {Name} name */
function costWords(catalog, plan, name) {
  const { row, cost_class, cost_per_student } = plan.cost(0);
  const alone = plan.dropped.length > 0 ? "the only route left" : "the only route";
  const lead = plan.rows.length > 1 ? "the cheapest" : alone;
  const seen = catalog.dated_rows ? `, ${asLastSeen(catalog, row)}` : "";
  // A cost of zero is shown for a price of zero only: "$0.00" is never what rounding has left.
  const costs = `${usd(cost_class)} for the class, ${usd(cost_per_student)} per student`;
  const free = zero(catalog, { mix: plan.tokens }, row);
  return `${needWords(plan)}, ${lead} is ${name(row)}${seen}: ${costs}${free}${beside(plan, name)}.`;
}

/** @param {Plan} plan */
function needWords({ tokens, calls, students, margin }) {
  const call = `${integer(tokens[0])} + ${integer(tokens[1])} tokens`;
  const each = students > 1 || calls > 1 ? " each" : "";
  const spare = margin > 0 ? `, and ${exactNumber(cleanNumber(100 * margin))} % to spare` : "";
  return `For ${count(students, "student")} with ${count(calls, "call")} of ${call}${each}${spare}`;
}

/** The routes that cost the same, as it shows, and the dearest. @param {Plan} plan @param {Name} name */
function beside({ rows, cost }, name) {
  const shown = (/** @type {number} */ at) => displayKey("blended", cost(at).cost_class);
  const first = shown(0);
  const last = cost(rows.length - 1);
  const same = firstWhere(rows.length, (at) => shown(at) !== first) - 1;
  let words = "";
  if (same > 0) words = `, the same as ${same === 1 ? name(rows[1]) : `${integer(same)} others`}`;
  if (shown(rows.length - 1) !== first) {
    words += `; the dearest is ${name(last.row)} at ${usd(last.cost_class)}`;
  }
  return words;
}

/**
 * The first position where a test holds that then holds for all that follow, as it does for costs in their order; the
 * length where there is none.
 * @param {number} length
 * @param {(at: number) => boolean} test
 */
function firstWhere(length, test) {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (test(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

/** @param {Plan} plan @param {Name} name */
function budgetWords(plan, name) {
  const all = plan.rows.length;
  if (plan.credit === null) return "No credit is given, so no budget is checked.";
  const within = firstWhere(all, (at) => plan.cost(at).breaks_budget === true);
  const whose = plan.credit_for === "student" ? "per student" : "for the class";
  const credit = `the credit of ${exactAmount("price", plan.credit)} ${whose}, ${buys(plan, name)}`;
  if (within === all) return `${everyone(all, "It stays", "stay")} within ${credit}.`;
  const by = usd(plan.cost(within).over);
  if (within === 0) {
    return `${everyone(all, "It is", "are")} over ${credit}${all === 1 ? ", by" : "; the cheapest by"} ${by}.`;
  }
  const stay = within === 1 ? "stays" : "stay";
  const beyond =
    all - within === 1 ? `1 is over it by ${by}` : `${integer(all - within)} are over it, by ${by} or more`;
  return `${integer(within)} of ${integer(all)} ${stay} within ${credit}; ${beyond}.`;
}

/** @param {number} n @param {string} one @param {string} verb */
function everyone(n, one, verb) {
  if (n === 1) return one;
  return n === 2 ? `Both ${verb}` : `All ${integer(n)} ${verb}`;
}

/** @param {Plan} plan @param {Name} name */
function buys({ cost }, name) {
  const { row, calls_in_credit: calls } = cost(0);
  if (calls === null) return `which no call at ${name(row)} uses up`;
  return `which buys ${count(calls, "call")} at ${name(row)}`;
}

/** @param {number | bigint} n @param {string} word */
const count = (n, word) => `${integer(String(n))} ${word}${String(n) === "1" ? "" : "s"}`;

/** @param {number | null} cost */
const usd = (cost) => amount("blended", format("blended", cost));
