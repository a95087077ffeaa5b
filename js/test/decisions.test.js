// The front of many routes against comparing them two by two, and a choice against looking at one row at a time. The
// golden cases and the random catalogues of tests/unit/test_two_languages.py hold the words; these hold the size.

import assert from "node:assert/strict";
import { test } from "node:test";
import { choose } from "../src/lib/choose.js";
import { blendedPrice } from "../src/lib/columns.js";
import { pareto } from "../src/lib/pareto.js";
import { allRows, fromRows } from "./from-rows.js";

const SIZE = 3000;

/** @param {number} seed */
function makeRandom(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/**
 * @param {number} seed
 * @param {number} steps  few steps make many ties
 */
function someRoutes(seed, steps) {
  const random = makeRandom(seed);
  const step = () => 1 + Math.floor(random() * steps);
  return Array.from({ length: SIZE }, (_, i) => ({
    provider: `p${i}`,
    status: i % 50 === 7 ? "error" : "live",
    price_input: i % 40 === 3 ? null : step(),
    price_output: step(),
    throughput: i % 30 === 1 ? null : step(),
    context_length: step(),
    first_token_latency_ms: step(),
  }));
}

/** @type {[string, readonly string[], number][]} */
const CASES = [
  ["two axes, few ties", ["price_blended", "throughput"], 900],
  ["two axes, many ties", ["price_output", "context_length"], 5],
  ["three axes, few ties", ["price_input", "throughput", "first_token_latency_ms"], 900],
  ["four axes, many ties", ["price_input", "price_output", "throughput", "context_length"], 6],
];

for (const [name, axes, steps] of CASES) {
  test(`the front of ${SIZE} routes is that of comparing two by two: ${name}`, () => {
    const routes = someRoutes(7, steps);
    const catalog = fromRows([{ id: "org/name", routes }]);
    const points = routes.map((route) => pointOf(route, axes));
    const known = [...points.keys()].filter((row) => points[row] !== null);
    const isFront = known.filter((row) => !known.some((other) => beats(points[other], points[row])));
    const found = pareto(catalog, allRows(catalog.routes), { axes });
    assert.deepEqual([...found.front].sort(ascending), isFront);
    assert.deepEqual([...found.front, ...found.dominated, ...found.not_comparable].sort(ascending), [
      ...points.keys(),
    ]);
    for (const row of found.dominated.slice(0, 200)) {
      assert.deepEqual(
        found.by(row),
        [...found.front].filter((other) => beats(points[other], points[row])),
      );
      assert.ok(found.by(row).length > 0);
    }
    for (const row of found.not_comparable) assert.ok(found.reasons(row).length > 0);
  });
}

test("everything on the front: no point beats another", () => {
  const routes = Array.from({ length: SIZE }, (_, i) => ({
    provider: `p${i}`,
    status: "live",
    price_output: 1 + ((i * 7) % SIZE) / SIZE,
    throughput: 1 + ((i * 7) % SIZE),
  }));
  const catalog = fromRows([{ id: "org/name", routes }]);
  const found = pareto(catalog, allRows(catalog.routes), { axes: ["price_output", "throughput"] });
  assert.equal(found.front.length, SIZE);
  const prices = Array.from(found.front, (row) => routes[row].price_output);
  assert.deepEqual(prices, prices.toSorted(ascending));
});

test("the cheapest of many routes, and what was dropped", () => {
  const routes = someRoutes(11, 900);
  const catalog = fromRows([{ id: "org/name", routes }]);
  const choice = choose(catalog, allRows(catalog.routes), { require: { min_throughput: 450 } });
  /** @param {any} route */
  const isKept = ({ status, throughput, price_input }) =>
    status === "live" && throughput !== null && throughput >= 450 && price_input !== null;
  const kept = [...routes.keys()].filter((row) => isKept(routes[row]));
  assert.deepEqual([...choice.kept], kept);
  assert.equal(choice.dropped.length, SIZE - kept.length);
  const prices = kept.map((row) => blendedPrice(routes[row].price_input, routes[row].price_output, [3, 1]));
  assert.equal(choice.figure, Math.min(.../** @type {number[]} */ (prices)));
  assert.ok(kept.length > SIZE / 4);
});

/** @param {number} a @param {number} b */
const ascending = (a, b) => a - b;

/** @param {any} route @param {readonly string[]} axes */
function pointOf(route, axes) {
  const point = axes.map((name) => {
    const figure =
      name === "price_blended" ? blendedPrice(route.price_input, route.price_output, [3, 1]) : route[name];
    if (figure === null) return null;
    return name === "throughput" || name === "context_length" ? -figure : figure;
  });
  return route.status !== "live" || point.includes(null) ? null : point;
}

/** @param {any} a @param {any} b */
function beats(a, b) {
  const noWorse = a.every((/** @type {number} */ x, /** @type {number} */ i) => x <= b[i]);
  return noWorse && a.some((/** @type {number} */ x, /** @type {number} */ i) => x < b[i]);
}
