// The pure parts of the chart: scales and their marks, which points are drawn, where names stand, and what is said.

import assert from "node:assert/strict";
import { test } from "node:test";
import { axisOf, powers, steps } from "../src/lib/chart-axis.js";
import { boxOf, placeLabels } from "../src/lib/chart-labels.js";
import { frontInOrder, marksOf, nearest } from "../src/lib/chart-marks.js";
import {
  axisTitle,
  countWords,
  figureWords,
  frontWords,
  otherAxes,
  placeDetails,
  placeWords,
  pointWords,
} from "../src/lib/chart-words.js";
import { columnSpec } from "../src/lib/columns.js";
import { toMarkdown } from "../src/lib/export.js";
import { pareto } from "../src/lib/pareto.js";
import { allRows, fromRows } from "./from-rows.js";

const ROOM = { from: 60, to: 560, spacing: 80 };
const UP = { from: 250, to: 10, spacing: 40 };

/** @param {string} name @param {readonly number[]} figures @param {typeof ROOM} [room] */
const axis = (name, figures, room = ROOM) => axisOf(columnSpec(name), Float64Array.from(figures), room);

/** @param {{ ticks: readonly { text: string }[] }} axis */
const texts = ({ ticks }) => ticks.map(({ text }) => text);

test("better is towards the end of the axis, whichever figures are better", () => {
  const price = axis("price_output", [1, 2, 3]);
  assert.ok(price.place(1) > price.place(2) && price.place(2) > price.place(3));
  assert.ok(price.place(3) > ROOM.from && price.place(1) < ROOM.to);
  const speed = axis("throughput", [20, 40], UP);
  assert.ok(speed.place(40) < speed.place(20)); // px grow downwards
  const latency = axis("first_token_latency_ms", [200, 900], UP);
  assert.ok(latency.place(200) < latency.place(900));
});

test("a spread over ten is drawn on a log scale, ten and less is not", () => {
  assert.equal(axis("price_output", [1, 10]).isLog, false);
  const wide = axis("price_output", [0.1, 1, 10]);
  assert.equal(wide.isLog, true);
  const [a, b, c] = [0.1, 1, 10].map(wide.place);
  assert.ok(Math.abs(a - b - (b - c)) < 1e-6);
  assert.deepEqual(
    texts(wide),
    ["0.10", "0.20", "0.50", "1.00", "2.00", "5.00", "10.00"].filter((t) => texts(wide).includes(t)),
  );
  assert.ok(texts(wide).includes("1.00"));
});

test("zeros on a log scale stand beyond a line of their own", () => {
  const price = axis("price_output", [0, 0.1, 5]);
  assert.equal(price.isLog, true);
  assert.ok(price.zero !== null);
  assert.ok(
    price.place(0) > Number(price.zero) && Number(price.zero) > price.place(0.1),
    "zero is the cheapest",
  );
  assert.ok(price.place(0) < ROOM.to);
  assert.equal(texts(price)[0], "0.00");
  const speed = axis("throughput", [0, 10, 500]);
  assert.ok(speed.place(0) < Number(speed.zero) && Number(speed.zero) < speed.place(10));
  assert.equal(axis("price_output", [0, 1, 5]).zero, null, "a level scale has a place for zero");
  assert.equal(axis("price_output", [0, 0]).isLog, false);
});

test("equal figures stand in the middle, with one mark", () => {
  for (const figures of [[2.5], [2.5, 2.5], [0]]) {
    const price = axis("price_output", figures);
    assert.equal(price.place(figures[0]), (ROOM.from + ROOM.to) / 2);
    assert.equal(price.ticks.length, 1);
    assert.equal(price.ticks[0].at, (ROOM.from + ROOM.to) / 2);
  }
});

test("a mark says the very figure it stands at", () => {
  // Steps of 0.2 tokens/s would all be shown as whole numbers.
  assert.deepEqual(texts(axis("throughput", [24.1, 24.9])), ["24", "25"]);
  const close = axis("price_blended", [0.201, 0.204]);
  assert.ok(new Set(texts(close)).size === texts(close).length);
  assert.deepEqual(texts(axis("context_length", [8192, 32768])).includes("20k"), true);
});

test("marks do not crowd", () => {
  for (const name of ["price_output", "throughput", "context_length", "first_token_latency_ms"]) {
    for (const figures of [
      [0.001, 900],
      [1e-4, 1e3],
      [1, 1.5],
      [3, 31],
      [0, 4, 4000],
      [1, 1e9],
    ]) {
      for (const room of [ROOM, UP, { from: 66, to: 180, spacing: 84 }]) {
        const at = axis(name, figures, room)
          .ticks.map((tick) => tick.at)
          .sort((a, b) => a - b);
        const gaps = at.slice(1).map((px, i) => px - at[i]);
        assert.ok(
          gaps.every((gap) => gap > 14),
          `${name} ${figures} ${gaps}`,
        );
        assert.ok(
          at.length >= 1 &&
            at.every((px) => px > Math.min(room.from, room.to) - 1 && px < Math.max(room.from, room.to) + 1),
        );
      }
    }
  }
});

test("steps of 1, 2 and 5, without float noise", () => {
  assert.deepEqual(steps(0, 1, 5), [0, 0.2, 0.4, 0.6, 0.8, 1]);
  assert.deepEqual(steps(2.05, 2.4, 4), [2.1, 2.2, 2.3, 2.4]);
  assert.deepEqual(
    powers(0.3, 40, () => true),
    [0.5, 1, 2, 5, 10, 20],
  );
  assert.deepEqual(
    powers(0.3, 40, (all) => all.length < 6),
    [0.3, 1, 3, 10, 30],
  );
  assert.deepEqual(
    powers(1, 1e8, (all) => all.length < 4),
    [1, 1e3, 1e6],
  );
});

const PLACE = {
  x: (/** @type {number} */ f) => f,
  y: (/** @type {number} */ f) => f,
  width: 100,
  height: 100,
};

/** @param {readonly (readonly number[])[]} spots @param {number} nFront */
const pointsAt = (spots, nFront) => ({
  rows: Uint32Array.from(spots.keys()),
  x: Float64Array.from(spots, ([x]) => x),
  y: Float64Array.from(spots, ([, y]) => y),
  nFront,
});

test("routes with the same figures are one mark", () => {
  const marks = marksOf(
    pointsAt(
      [
        [9, 9],
        [9, 9],
        [1, 2],
        [1, 2],
        [3, 1],
      ],
      2,
    ),
    PLACE,
  );
  assert.deepEqual(
    marks.map(({ rows, isFront }) => [rows, isFront]),
    [
      [[2, 3], false],
      [[4], false],
      [[0, 1], true],
    ],
  );
});

test("of very many points all of the front is drawn, and the others from all over", () => {
  const spots = [[100, 100], ...Array.from({ length: 5000 }, (_, n) => [n % 100, Math.floor(n / 50)])];
  const points = pointsAt(spots, 1);
  const marks = marksOf(points, PLACE, -1, 200);
  assert.ok(marks.length <= 200 && marks.length > 150, String(marks.length));
  assert.deepEqual(marks.at(-1)?.rows, [0]);
  for (const [left, top] of [
    [0, 0],
    [50, 0],
    [0, 50],
    [50, 50],
  ])
    assert.ok(marks.some(({ x, y }) => x >= left && x < left + 50 && y >= top && y < top + 50));
  const left = points.rows.filter((row) => !marks.some(({ rows }) => rows.includes(row)));
  assert.ok(left.length > 0);
  const withWanted = marksOf(points, PLACE, left[7], 200);
  assert.ok(
    withWanted.some(({ rows }) => rows.includes(left[7])),
    "the chosen one is drawn in any case",
  );
  assert.equal(withWanted.length, marks.length);
});

test("the nearest mark within reach is meant", () => {
  const marks = marksOf(
    pointsAt(
      [
        [10, 10],
        [20, 10],
      ],
      2,
    ),
    PLACE,
  );
  assert.equal(nearest(marks, 12, 10, 24), 0);
  assert.equal(nearest(marks, 18, 12, 24), 1);
  assert.equal(nearest(marks, 60, 60, 24), -1);
  assert.deepEqual(
    frontInOrder(marks.toReversed()).map(({ x }) => x),
    [10, 20],
  );
});

test("names stand on nothing else, inside the frame, or nowhere", () => {
  const frame = { left: 0, top: 0, right: 300, bottom: 200 };
  let seed = 7;
  const random = (/** @type {number} */ below) => {
    seed = (seed * 48271) % 2147483647;
    return seed % below;
  };
  for (let round = 0; round < 50; round++) {
    const wishes = Array.from({ length: 30 }, () => ({
      x: random(300),
      y: random(200),
      text: "x".repeat(3 + random(12)),
    }));
    const placed = placeLabels(wishes, {
      frame,
      marks: wishes,
      lines: [{ left: 0, right: 300, top: 100, bottom: 100 }],
    });
    const boxes = placed.flatMap((label, at) => (label ? [{ ...boxOf(label, wishes[at].text), at }] : []));
    assert.ok(boxes.length > 3 && boxes.length < 30);
    for (const box of boxes) {
      assert.ok(box.left >= 0 && box.right <= 300 && box.top >= 0 && box.bottom <= 200);
      assert.ok(box.bottom <= 100 || box.top >= 100, "on the line");
      for (const other of boxes)
        if (other !== box)
          assert.ok(
            box.right <= other.left ||
              other.right <= box.left ||
              box.bottom <= other.top ||
              other.bottom <= box.top,
          );
      for (const [at, { x, y }] of wishes.entries())
        if (at !== box.at && (x !== wishes[box.at].x || y !== wishes[box.at].y))
          assert.ok(
            x + 6 <= box.left || x - 6 >= box.right || y + 6 <= box.top || y - 6 >= box.bottom,
            "on a mark",
          );
    }
  }
  assert.deepEqual(
    placeLabels([{ x: 10, y: 50, text: "alone" }], { frame, marks: [{ x: 10, y: 50 }], lines: [] }),
    [{ x: 20, y: 44, anchor: "start" }],
  );
  assert.deepEqual(placeLabels([{ x: 5, y: 5, text: "x".repeat(90) }], { frame, marks: [], lines: [] }), [
    null,
  ]);
});

const ROUTES = [
  {
    provider: "cheap",
    status: "live",
    price_input: 1,
    price_output: 1,
    throughput: 10.123456,
    retrieved_at: "2026-10-10",
    metrics_retrieved_at: "2026-08-29",
  },
  { provider: "fast", status: "live", price_input: 3, price_output: 3, throughput: 90 },
  {
    provider: "beaten",
    status: "live",
    price_input: 4,
    price_output: 4,
    throughput: 90,
    context_length: 9000,
  },
  { provider: "silent", status: "live", price_input: 4, price_output: 4, context_length: 8000 },
  { provider: "down", status: "error", price_input: 4, price_output: 4, throughput: 1 },
];

/** @param {readonly Record<string, any>[]} routes @param {string | null} [single] */
function about(routes, single = "o/m") {
  const catalog = fromRows([{ id: "o/m", routes }]);
  return { catalog, front: pareto(catalog, allRows(catalog.routes), {}), single };
}

test("how many can be compared, and why others cannot", () => {
  assert.equal(countWords(about(ROUTES).front), "3 comparable · 2 not");
  assert.equal(countWords(about(ROUTES.slice(0, 4)).front), "3 comparable · 1 not (no speed published)");
  assert.equal(countWords(about(ROUTES.slice(0, 3)).front), "3 comparable");
});

test("what a point is, aloud and in detail", () => {
  const all = about(ROUTES);
  const [cheap] = marksOf(
    { rows: Uint32Array.of(0), x: Float64Array.of(1), y: Float64Array.of(10.123456), nFront: 1 },
    PLACE,
  );
  assert.equal(pointWords(all, cheap), "cheap, $1.00 per 1M tokens, 10 tokens/s, on the front");
  assert.deepEqual(figureWords(all, 0), ["$1.00 per 1M tokens", "10.12 tokens/s, read 2026-08-29"]);
  assert.deepEqual(figureWords(all, 3), ["$4.00 per 1M tokens", "speed not published"]);
  assert.equal(placeDetails(all, 0), "on the front");
  assert.equal(placeDetails(all, 2), "beaten by fast (cheaper, as fast)");
  assert.equal(placeDetails(all, 3), "not comparable: no speed published");
  assert.equal(placeWords({ ...all, single: null }, 2), "beaten by o/m:fast");
  const free = about([{ ...ROUTES[0], price_input: 0, price_output: 0, is_free: true }]);
  assert.equal(figureWords(free, 0)[0], "$0.00 per 1M tokens (promo)");
});

test("what the front means", () => {
  assert.equal(
    frontWords(about(ROUTES)),
    "2 of 3 are on the front: no other is cheaper without being slower, or faster without being dearer.",
  );
  assert.equal(
    frontWords(about(ROUTES.slice(0, 2))),
    "Both are on the front: each is cheaper or faster than the other.",
  );
  assert.equal(
    frontWords(about(ROUTES.slice(1, 3))),
    "fast alone is on the front: the other is neither cheaper nor faster.",
  );
  assert.equal(frontWords(about(ROUTES.slice(0, 1))), "Only one route can be compared.");
  assert.equal(
    frontWords(about([ROUTES[1], { ...ROUTES[1], provider: "twin" }])),
    "Both are on the front: none beats another.",
  );
});

test("titles point to the better end and say the scale", () => {
  assert.equal(axisTitle("price_blended", [3, 1], false), "cheaper → $ / 1M tokens, 3 : 1 mix");
  assert.equal(axisTitle("price_output", [3, 1], true), "cheaper → $ / 1M output tokens, log scale");
  assert.equal(axisTitle("throughput", [3, 1], false), "faster → tokens / s");
  assert.equal(axisTitle("first_token_latency_ms", [3, 1], false), "sooner → ms");
  assert.equal(axisTitle("context_length", [3, 1], false), "longer context → tokens");
});

test("other axes are offered where these say nothing", () => {
  const { catalog, front } = about(ROUTES.slice(3, 4));
  assert.equal(front.front.length, 0);
  assert.deepEqual(otherAxes(catalog, allRows(catalog.routes), front), [
    { axis: "y", name: "context_length", count: 1 },
  ]);
});

test("the copied table has a column of places", () => {
  const { catalog } = about(ROUTES);
  const last = { head: "Place", cells: ["on the front", "beaten by a|b"] };
  const text = toMarkdown({
    catalog,
    rows: Uint32Array.of(0, 1),
    columns: ["provider", "throughput"],
    mix: [3, 1],
    last,
  });
  assert.deepEqual(text.split("\n").slice(0, 4), [
    "| Provider | Speed (tokens / s) | Place |",
    "| --- | ---: | --- |",
    "| cheap | 10 | on the front |",
    "| fast | 90 | beaten by a\\|b |",
  ]);
});

test("a spread of ten times is drawn evenly, one over it on a log scale", () => {
  const isLog = (/** @type {number} */ most) =>
    axisOf(columnSpec("price_output"), Float64Array.of(1, most), ROOM).isLog;
  assert.deepEqual([isLog(10), isLog(10.01)], [false, true]);
});
