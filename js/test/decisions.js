// What a choice, a front and a plan say, as plain values: the form in which both languages' answers are compared.
// tests/unit/decisions.py says the same of Python.

import { plan } from "../src/lib/budget.js";
import { choose } from "../src/lib/choose.js";
import { DEFAULT_MIX } from "../src/lib/columns.js";
import { explainChoice, explainFront } from "../src/lib/explain.js";
import { explainPlan } from "../src/lib/explain-plan.js";
import { pareto } from "../src/lib/pareto.js";
import { routeId } from "../src/lib/route-id.js";
import { allRows, idsOf } from "./from-rows.js";

/** @typedef {import("../src/lib/frame.js").Catalog} Catalog */

/** @param {Catalog} catalog @param {any} given */
export function choiceAnswer(catalog, given) {
  const { data, rows, models, id } = asked(catalog, given);
  const { require, optimize, mix, tokens } = given;
  const choice = choose(data, rows, {
    require: require ?? {},
    optimize: optimize ?? "cost",
    mix: mix ?? DEFAULT_MIX,
    tokens: tokens ?? null,
  });
  return {
    route: id(choice.route),
    runner_up: id(choice.runner_up),
    figure: choice.figure,
    margin: choice.margin,
    margin_percent: choice.margin_percent,
    cost_per_call: choice.cost_per_call,
    kept: Array.from(choice.kept, id).sort(inCodePoints),
    dropped: said(choice.dropped, choice.reasons, id),
    nearest: id(choice.nearest),
    cheapest: choice.policies.cheapest.providers,
    fastest: choice.policies.fastest.providers,
    explain: explainChoice(data, choice, models),
  };
}

/** @param {Catalog} catalog @param {any} given */
export function frontAnswer(catalog, given) {
  const { data, rows, models, id } = asked(catalog, given);
  const { require = {}, axes = ["price_blended", "throughput"], mix = DEFAULT_MIX } = given;
  const front = pareto(data, rows, { axes, require, mix });
  return {
    front: Array.from(front.front, id),
    dominated: Array.from(front.dominated, (row) => [id(row), front.by(row).map(id)]),
    not_comparable: said(front.not_comparable, front.reasons, id),
    explain: explainFront(data, front, models),
  };
}

/** @param {Catalog} catalog @param {any} given */
export function planAnswer(catalog, given) {
  const { data, rows, models, id } = asked(catalog, given);
  const found = plan(data, rows, planNeeds(given), given.require ?? {});
  return {
    rows: Array.from(found.rows, (_, at) => found.cost(at)).map(({ row, calls_in_credit, ...costs }) => ({
      route: id(row),
      calls_in_credit: calls_in_credit === null ? null : String(calls_in_credit),
      ...costs,
    })),
    dropped: said(found.dropped, found.reasons, id),
    explain: explainPlan(data, found, models),
  };
}

/** What is asked, with Python's defaults. @param {any} given */
export function planNeeds({ tokens, calls, students, margin, credit, credit_for }) {
  return {
    tokens: tokens ?? [600, 300],
    calls: calls ?? 20,
    students: students ?? 30,
    margin: margin ?? 0.2,
    credit: credit ?? null,
    credit_for: credit_for ?? "student",
  };
}

/** @param {Catalog} catalog @param {any} given */
function asked(catalog, { model = null, dated = false }) {
  const data = { ...catalog, dated_rows: dated };
  /** @type {string[] | null} */
  const models = typeof model === "string" ? [model] : model;
  const codes = catalog.routes.columns.model.codes;
  const ids = idsOf(catalog);
  const rows = allRows(catalog.routes).filter(
    (row) => models === null || models.includes(ids[codes[row] - 1]),
  );
  /** @param {number} row */
  const id = (row) => (row < 0 ? null : routeId(data, row));
  return { data, rows, models, id };
}

/**
 * @param {Uint32Array} rows
 * @param {(row: number) => string[]} reasons
 * @param {(row: number) => string | null} id
 */
function said(rows, reasons, id) {
  return Array.from(rows, (row) => [id(row), reasons(row)]);
}

/** As Python sorts text. @param {string | null} a @param {string | null} b */
function inCodePoints(a, b) {
  const [x, y] = [Array.from(a ?? ""), Array.from(b ?? "")];
  for (let i = 0; i < Math.min(x.length, y.length); i++) {
    const order = Number(x[i].codePointAt(0)) - Number(y[i].codePointAt(0));
    if (order !== 0) return order;
  }
  return x.length - y.length;
}
