// The pure parts of the planner: costs in order against plain decimal arithmetic, the form's fields, words, the estimate.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { mixOf, plan } from "../src/lib/budget.js";
import { costOrder, exactCost } from "../src/lib/cost-order.js";
import { minus } from "../src/lib/decimal.js";
import { value } from "../src/lib/frame.js";
import { FIELDS, readField } from "../src/lib/plan-fields.js";
import { costWords, exactWords, planColumns, planCsv, planMarkdown } from "../src/lib/plan-words.js";
import { ESTIMATED, estimateTokens } from "../src/lib/tokens.js";
import { typedNumber } from "../src/lib/typed-number.js";
import { counting } from "../src/widgets/asking.js";
import { fakeModel } from "./fake-model.js";
import { allRows, fromRows } from "./from-rows.js";

/** @param {string} name @returns {any} */
const golden = (name) =>
  JSON.parse(readFileSync(new URL(`../../tests/golden/${name}.json`, import.meta.url), "utf8"));

const NEEDS = {
  tokens: /** @type {[number, number]} */ ([600, 300]),
  calls: 20,
  students: 30,
  margin: 0.2,
  credit: 0.1,
  credit_for: /** @type {const} */ ("student"),
};

for (const { name, text, tokens } of golden("tokens").estimate)
  test(`estimate: ${name}`, () => assert.equal(estimateTokens(text), tokens));

for (const { name, cost, words } of golden("planner").cells)
  test(`cells: ${name}`, () => {
    for (const [column, text] of Object.entries(words)) assert.equal(costWords(cost, column), text, column);
  });

test("the estimate says its rule and its error, as Python does", () =>
  assert.equal(ESTIMATED, "estimate: characters / 4, English prose, ±30 %"));

/** Marsaglia's xorshift. @param {number} seed */
function makeRandom(seed) {
  let state = seed;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

test("costs come in the order of plain decimal arithmetic, ties in the order given", () => {
  const random = makeRandom(20261124);
  const below = (/** @type {number} */ n) => Math.floor(random() * n);
  /** Few figures make ties and near ties; many figures leave the fast path. @type {(() => number)[]} */
  const kinds = [
    () => below(30) / 100,
    () => below(3000) / 1000,
    () => Number((random() * 3).toPrecision(12)),
    () => (29_970 + below(30)) / 1000, // with the largest token counts: more units than a float holds
    () => [0, 0.1, 0.2, 0.3, 0.30000000000000004, 1000, 0.0001, 999.999999999][below(8)],
  ];
  /** @type {[number, number][]} */
  const calls = [
    [600, 300],
    [1, 0],
    [0, 7],
    [1e12, 1e12],
    [1e12, 999_999_999_999],
    [999_999_999_999, 3],
    [2, 1],
  ];
  let ties = 0;
  for (let round = 0; round < 300; round++) {
    const kind = kinds[round % 6] ?? (() => kinds[below(5)]());
    const prices = [0, 1].map(() => Float64Array.from({ length: 40 }, kind));
    const order = costOrder([prices[0], prices[1]]);
    for (const tokens of calls) {
      const slow = Array.from({ length: 40 }, (_, at) => at).sort((a, b) => {
        const [x, y] = [a, b].map((at) => exactCost([prices[0][at], prices[1][at]], tokens));
        const { units } = minus(x, y);
        if (units === 0n) ties++;
        return units === 0n ? a - b : units < 0n ? -1 : 1;
      });
      assert.deepEqual(Array.from(order(tokens)), slow, JSON.stringify({ round, tokens }));
    }
  }
  assert.ok(ties > 1000);
});

const ROUTES = [
  {
    provider: "cheap",
    status: "live",
    price_input: 0.04,
    price_output: 0.12,
    throughput: 100,
    first_token_latency_ms: 400,
  },
  { provider: "dear", status: "live", price_input: 1.69, price_output: 3.38 },
  { provider: "gift", status: "live", price_input: 0, price_output: 0, is_free: true },
  { provider: "mute", status: "live" },
  { provider: "odd", status: "live", price_input: 2e-7, price_output: 2e-7 },
];
const CATALOG = fromRows([{ id: "org/a", routes: ROUTES }]);
const ROWS = allRows(CATALOG.routes);

test("how many tokens there are matters to the sieve only where a filter needs it", () => {
  assert.equal(mixOf([600, 300], { provider: ["x"] }), mixOf([5, 7], {}));
  assert.deepEqual(
    [mixOf([600, 0], {}), mixOf([0, 3], {})],
    [
      [1, 0],
      [0, 1],
    ],
  );
  assert.deepEqual(mixOf([600, 300], { max_price_blended: 1 }), [600, 300]);
});

test("where two cost the same, the faster comes first, then the earlier first token, then the name", () => {
  /** @param {string} provider @param {object} [facts] */
  const route = (provider, facts = {}) => ({
    provider,
    status: "live",
    price_input: 1,
    price_output: 2,
    ...facts,
  });
  const catalog = fromRows([
    {
      id: "org/b",
      routes: [route("z"), route("y"), route("late", { throughput: 9, first_token_latency_ms: 2 })],
    },
    { id: "org/a", routes: [route("y"), route("early", { throughput: 9, first_token_latency_ms: 1 })] },
    { id: "org/c", routes: [route("fast", { throughput: 10 })] },
  ]);
  const { rows } = plan(catalog, allRows(catalog.routes), NEEDS);
  assert.deepEqual(
    Array.from(
      rows,
      (row) => `${value(catalog.routes, "model", row)}:${value(catalog.routes, "provider", row)}`,
    ),
    ["org/c:fast", "org/a:early", "org/b:late", "org/a:y", "org/b:y", "org/b:z"],
  );
});

test("without a credit nothing is said of a budget, and several models are named", () => {
  const names = (/** @type {number | null} */ credit, /** @type {boolean} */ single) =>
    planColumns(plan(CATALOG, ROWS, { ...NEEDS, credit }), single).map(({ name }) => name);
  const costs = ["cost_per_call", "cost_per_student", "cost_class"];
  assert.deepEqual(names(null, true), ["provider", ...costs, "seconds_per_answer"]);
  assert.deepEqual(names(1, false), [
    "model",
    "provider",
    ...costs,
    "calls_in_credit",
    "breaks_budget",
    "seconds_per_answer",
  ]);
});

test("exact figures stand in the title", () => {
  const found = plan(CATALOG, ROWS, { ...NEEDS, credit: 0.03 });
  const dear = found.cost(2);
  assert.equal(exactWords(dear, "cost_per_call"), "$0.002028");
  assert.equal(exactWords(dear, "breaks_budget"), "over by $0.018672");
  assert.equal(exactWords(found.cost(1), "seconds_per_answer"), "3.4 s, an estimate");
  assert.equal(exactWords(found.cost(1), "breaks_budget"), "");
});

test("Markdown is what is shown, CSV is exact and has the reasons", () => {
  const found = plan(CATALOG, ROWS, NEEDS);
  assert.equal(
    planMarkdown(CATALOG, found, true),
    `| Provider | Call (\\$) | Student (\\$) | Class (\\$) | Credit buys (calls) | Budget | Answer (s, estimate) |
| --- | ---: | ---: | ---: | ---: | --- | ---: |
| gift (promo) | 0.00 | 0.00 | 0.00 | no limit by price | fits | — |
| cheap | 0.0000600 | 0.00144 | 0.0432 | 1,666 | fits | 3.4 |
| dear | 0.00203 | 0.0487 | 1.46 | 49 | fits | — |

Source: test, time unknown. — means not published.
`,
  );
  const lines = planCsv(CATALOG, found).split("\r\n");
  assert.equal(
    lines[0],
    "model,provider,cost_per_call,cost_per_student,cost_class,calls_in_credit,breaks_budget,seconds_per_answer,over,reason",
  );
  assert.equal(lines[2], "org/a,cheap,0.00006,0.00144,0.0432,1666,false,3.4,0,");
  assert.equal(lines[4], "org/a,mute,,,,,,,,no price published");
  assert.match(lines[5], /^org\/a,odd,,,,,,,,price in doubt/);
});

test("a field takes what makes sense, and says why it does not take the rest", () => {
  const read = (/** @type {any} */ name, /** @type {string} */ text) => readField(name, NEEDS, text);
  assert.deepEqual(read("input", "1000").needs?.tokens, [1000, 300]);
  assert.deepEqual(read("output", "0").needs?.tokens, [600, 0]);
  assert.equal(read("margin", "7").needs?.margin, 0.07);
  assert.equal(read("margin", "0").needs?.margin, 0);
  assert.equal(read("margin", "1.1").needs?.margin, 0.011);
  assert.equal(read("credit", "").needs?.credit, null);
  assert.equal(read("credit", "0").needs?.credit, 0);
  /** @type {[string, string, RegExp][]} */
  const refused = [
    ["input", "-1", /^Tokens is two whole numbers, .* not negative and not both zero\.$/],
    ["input", "1.5", /^Tokens is two whole numbers/],
    ["output", "10000000000000", /^Tokens goes up to 1,000,000,000,000\.$/],
    ["calls", "0", /^Calls is a whole number from 1 to/],
    ["students", "", /^Students is a whole number from 1 to/],
    ["students", "no number", /^Students is a whole number/],
    ["margin", "-5", /^To spare is a number from 0 to 10,000 %\.$/],
    ["margin", "", /^To spare is a number/],
    ["margin", "10001", /^To spare is a number/],
    ["credit", "-1", /^Credit is USD, a number from 0 to 100,000,000, or empty for no budget\.$/],
  ];
  for (const [name, text, why] of refused) {
    assert.equal(read(name, text).needs, null, `${name} ${text}`);
    assert.match(read(name, text).why, why);
  }
  const both = readField("output", { ...NEEDS, tokens: [0, 300] }, "0");
  assert.match(both.why, /not both zero/);
});

test("a field shows a number as a number field takes it", () => {
  const shown = (/** @type {object} */ change) =>
    Object.values(FIELDS).map(({ text }) => text({ ...NEEDS, ...change }));
  assert.deepEqual(shown({}), ["600", "300", "20", "30", "20", "0.1"]);
  assert.deepEqual(shown({ margin: 0.07, credit: null, calls: 1e12 }), [
    "600",
    "300",
    "1000000000000",
    "30",
    "7",
    "",
  ]);
  assert.deepEqual(shown({ margin: 0, credit: 1e-7 }).slice(4), ["0", "0.0000001"]);
});

test("a text goes to Python once, and each question hears its own answer", async () => {
  const end = new AbortController();
  /** @type {any[]} */
  const sent = [];
  const model = { ...fakeModel({}), send: (/** @type {any} */ message) => sent.push(message) };
  const count = counting(model, end.signal);
  const first = count?.("one");
  const second = count?.("two");
  assert.deepEqual(
    sent.map(({ kind, text }) => [kind, text]),
    [
      ["count", "one"],
      ["count", "two"],
    ],
  );
  model.tell("msg:custom", { kind: "counted", number: sent[1].number, tokens: 2, how: "counted" });
  model.tell("msg:custom", { kind: "counted", number: sent[0].number, error: "no" });
  assert.equal((await second)?.tokens, 2);
  assert.equal((await first)?.error, "no");
  count?.("three");
  end.abort();
  assert.equal(model.count(), 0);
});

test("a page without Python cannot count, and a closed channel is an answer", async () => {
  const forever = new AbortController().signal;
  assert.equal(counting(fakeModel({}), forever), null);
  const closed = { ...fakeModel({}), send: () => Promise.reject(new Error("closed")) };
  assert.match((await counting(closed, forever)?.("text"))?.error ?? "", /did not reach Python/);
});

test("a typed number is what is meant, or none", () => {
  const decimals = {
    "0,10": 0.1,
    "0.10": 0.1,
    " 5 ": 5,
    ".5": 0.5,
    "1.": 1,
    1000: 1000,
    0.125: 0.125,
    1.125: 1.125,
    "-5": -5,
    "0,125": 0.125,
  };
  for (const [text, number] of Object.entries(decimals)) assert.equal(typedNumber(text, false), number, text);
  for (const text of [
    "1,000",
    "12,500",
    "1e3",
    "abc",
    "1.2.3",
    "1 000",
    "$5",
    "١",
    "Infinity",
    "0x10",
    ",",
    ".",
  ])
    assert.ok(Number.isNaN(typedNumber(text, false)), text);
  for (const text of ["1,000", "1.000", "0,1", "2.5", "1e3", "1.", "1 000"])
    assert.ok(Number.isNaN(typedNumber(text, true)), text);
  assert.equal(typedNumber("600", true), 600);
  assert.equal(typedNumber("  ", true), null);
});

test("a number of thousands with a separator is refused, with what to write", () => {
  const needs = {
    tokens: /** @type {const} */ ([600, 300]),
    calls: 20,
    students: 30,
    margin: 0.2,
    credit: null,
    credit_for: /** @type {const} */ ("student"),
  };
  for (const text of ["1,000", "1.000"])
    assert.match(readField("input", needs, text).why, /without a separator: 1000/);
  assert.equal(readField("credit", needs, "0,10").needs?.credit, 0.1);
  assert.equal(readField("margin", needs, "12,5").needs?.margin, 0.125);
  assert.match(readField("margin", needs, "-5").why, /from 0 to/);
});
