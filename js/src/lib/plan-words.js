// The plan's table as words, the same as in Python's static_view/budget.py; and as Markdown and CSV.

import { csvCell, escapeMarkdown, originLine } from "./export.js";
import { cleanNumber, displayKey, exactNumber, format, integer } from "./format.js";
import { value } from "./frame.js";
import { LABELS, priceLabels } from "./labels.js";

/** @typedef {import("./budget.js").Plan} Plan */
/** @typedef {import("./budget.js").RouteCost} RouteCost */
/** @typedef {import("./frame.js").Catalog} Catalog */
/**
 * @typedef {object} PlanColumn
 * @property {string} name    as in Python's frame
 * @property {string} label
 * @property {string} unit
 * @property {boolean} numeric
 * @property {number} width   px
 * @property {string} help
 */

/** @type {readonly PlanColumn[]} */
const COLUMNS = [
  { name: "model", label: "Model", unit: "", numeric: false, width: 240, help: "" },
  { name: "provider", label: "Provider", unit: "", numeric: false, width: 130, help: "" },
  {
    name: "cost_per_call",
    label: "Call",
    unit: "$",
    numeric: true,
    width: 112,
    help: "Input and output tokens of one call; nothing to spare.",
  },
  {
    name: "cost_per_student",
    label: "Student",
    unit: "$",
    numeric: true,
    width: 96,
    help: "All calls of one student, with the part to spare.",
  },
  {
    name: "cost_class",
    label: "Class",
    unit: "$",
    numeric: true,
    width: 96,
    help: "All students, with the part to spare.",
  },
  {
    name: "calls_in_credit",
    label: "Credit buys",
    unit: "calls",
    numeric: true,
    width: 158,
    help: "Whole calls that the credit pays; nothing to spare.",
  },
  {
    name: "breaks_budget",
    label: "Budget",
    unit: "",
    numeric: false,
    width: 186,
    help: "Whether the student, or the class, stays within the credit.",
  },
  {
    name: "seconds_per_answer",
    label: "Answer",
    unit: "s, estimate",
    numeric: true,
    width: 92,
    help: "Time to the first token, and the output tokens by the speed of the newest probe.",
  },
];

/**
 * Each row says its model where several are listed; without a credit nothing is said of a budget.
 * @param {Plan} plan
 * @param {boolean} single
 */
export const planColumns = ({ credit }, single) =>
  COLUMNS.filter(
    ({ name }) =>
      !(single && name === "model") &&
      (credit !== null || (name !== "calls_in_credit" && name !== "breaks_budget")),
  );

/** @param {RouteCost} cost @param {string} name @returns {string} */
export function costWords(cost, name) {
  if (name === "calls_in_credit")
    return cost.calls_in_credit === null ? "no limit by price" : integer(String(cost.calls_in_credit));
  if (name === "breaks_budget") return budgetWords(cost);
  if (name === "seconds_per_answer") return secondsWords(cost.seconds_per_answer);
  return format("blended", /** @type {any} */ (cost)[name]);
}

/** @param {RouteCost} cost */
const budgetWords = ({ breaks_budget, over }) =>
  breaks_budget ? `over by $${format("blended", over)}` : "fits";

/** What rounding would make nothing is said as such. @param {number | null} seconds */
const secondsWords = (seconds) =>
  seconds !== null && seconds > 0 && displayKey("speed", seconds) === 0 ? "< 0.1" : format("speed", seconds);

/** All digits of a figure that a cell shows rounded. @param {RouteCost} cost @param {string} name @returns {string} */
export function exactWords(cost, name) {
  if (name === "breaks_budget") return cost.over ? `over by $${exactNumber(cost.over)}` : "";
  if (name === "seconds_per_answer")
    return cost.seconds_per_answer
      ? `${exactNumber(cleanNumber(cost.seconds_per_answer))} s, an estimate`
      : "";
  if (!name.startsWith("cost_")) return "";
  return `$${exactNumber(/** @type {any} */ (cost)[name])}`;
}

/**
 * @param {Catalog} catalog
 * @param {Plan} plan
 * @param {boolean} single
 */
export function planMarkdown(catalog, plan, single) {
  const columns = planColumns(plan, single);
  const head = columns.map(({ label, unit }) => (unit ? `${label} (${unit})` : label).replace("$", "\\$"));
  const lines = [
    head,
    columns.map(({ numeric }) => (numeric ? "---:" : "---")),
    ...Array.from(plan.rows, (row, at) => {
      const cost = plan.cost(at);
      return columns.map(({ name }) => escapeMarkdown(cellWords(catalog, row, cost, name)));
    }),
  ];
  return `${lines.map((line) => `| ${line.join(" | ")} |`).join("\n")}\n\n${originLine(catalog)}`;
}

/** @param {Catalog} catalog @param {number} row @param {RouteCost} cost @param {string} name */
function cellWords({ routes }, row, cost, name) {
  if (name === "model") return format("text", value(routes, name, row));
  if (name !== "provider") return costWords(cost, name);
  const labels = priceLabels(routes, row).map((label) => `(${LABELS[label].words})`);
  return [format("text", value(routes, name, row)), ...labels].join(" ");
}

/** What a file holds: the table's columns, and what the table says in words. */
const FILE = [...COLUMNS.map(({ name }) => name), "over", "reason"];

/**
 * All routes by the names of Python's frame: exact values, nothing where a value is not known, and why it is not.
 * @param {Catalog} catalog
 * @param {Plan} plan
 */
export function planCsv({ routes }, plan) {
  /** @param {number} row @param {object} known */
  const line = (row, known) => {
    const cells = new Map(Object.entries(known));
    return FILE.map((name) => csvCell(cells.has(name) ? text(cells.get(name)) : value(routes, name, row)));
  };
  const lines = [
    FILE,
    ...Array.from(plan.rows, (row, at) => line(row, plan.cost(at))),
    ...Array.from(plan.dropped, (row) => line(row, { reason: plan.reasons(row).join("; ") })),
  ];
  return lines.map((cells) => `${cells.join(",")}\r\n`).join("");
}

/** @param {unknown} cell */
const text = (cell) => (cell === null ? null : String(cell));
