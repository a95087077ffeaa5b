// What the table says beyond its cells: notes, hidden rows, route ids, copies, and which rows are drawn.

import assert from "node:assert/strict";
import { test } from "node:test";
import { dropped, hiddenUnpublished } from "../src/lib/dropped.js";
import { toCsv, toMarkdown } from "../src/lib/export.js";
import { routeOffsets } from "../src/lib/frame.js";
import { matchModels } from "../src/lib/models.js";
import { speedDays, unpublished } from "../src/lib/notes.js";
import { routeId, routeRow } from "../src/lib/route-id.js";
import { scrollTo, visible } from "../src/lib/window.js";
import { decode } from "../src/lib/wire.js";
import { fromRows } from "./from-rows.js";

const catalog = fromRows([
  {
    id: "o/m",
    routes: [
      {
        provider: "a",
        status: "live",
        price_input: 1,
        price_output: 2,
        context_length: 1000,
        retrieved_at: "2026-10-10",
      },
      {
        provider: "b",
        status: "live",
        context_length: 2000,
        throughput: 9,
        retrieved_at: "2026-10-10",
        metrics_retrieved_at: "2026-08-29",
      },
      { provider: "c", status: "error", price_input: 3, retrieved_at: "2026-10-10" },
    ],
  },
  {
    id: "o/two",
    routes: [
      { provider: "a", task: "x" },
      { provider: "a", task: "y" },
      { provider: "b", task: "x" },
    ],
  },
]);
const rows = (/** @type {number[]} */ ...list) => Uint32Array.from(list);

test("notes say what is not published and when the speed was read", () => {
  assert.deepEqual(unpublished(catalog, rows(0, 1, 2)), ["2 of 3 without a price", "2 of 3 without a speed"]);
  assert.deepEqual(unpublished(catalog, rows(0)), ["no speed published"]);
  assert.deepEqual(unpublished(catalog, rows()), []);
  assert.deepEqual(speedDays(catalog, rows(0, 1)), ["speed figures read 2026-08-29, before the rest"]);
  assert.deepEqual(speedDays(catalog, rows(0)), []);
});

test("hidden rows are counted per filter, those without the figure apart", () => {
  const filters = { min_context_length: 1500, priced: true, status: ["live"] };
  assert.deepEqual(dropped(catalog, rows(0, 1, 2), filters, [3, 1]), [
    { key: "min_context_length", hidden: 2, unknown: 1 },
    { key: "priced", hidden: 2, unknown: 2 },
    { key: "status", hidden: 1, unknown: 0 },
  ]);
  assert.deepEqual(dropped(catalog, rows(0), { priced: true }, [3, 1]), []);
});

test("a route's id names the task only where the pair has several, and finds its row again", () => {
  const offsets = routeOffsets(catalog);
  const ids = [0, 1, 2, 3, 4, 5].map((row) => routeId(catalog, row));
  assert.deepEqual(ids, ["o/m:a", "o/m:b", "o/m:c", "o/two:a#x", "o/two:a#y", "o/two:b"]);
  for (const [row, id] of ids.entries()) assert.equal(routeRow(catalog, offsets, id), row);
  for (const id of ["o/m:z", "o/none:a", "o/two:a", "nonsense"])
    assert.equal(routeRow(catalog, offsets, id), -1);
});

test("a provider's name may hold a colon", () => {
  const odd = fromRows([{ id: "o/m", routes: [{ provider: "a:b" }, { provider: "c" }] }]);
  assert.equal(routeRow(odd, routeOffsets(odd), "o/m:a:b"), 0);
});

test("CSV has the contract's names, exact values and nothing for what is not published", () => {
  const columns = ["provider", "price_input", "price_blended", "throughput", "supports_tools"];
  const text = toCsv({ catalog, rows: rows(1, 0), columns, mix: [3, 1] });
  assert.equal(
    text,
    "provider,price_input,price_blended,throughput,supports_tools\r\nb,,,9,\r\na,1,1.25,,\r\n",
  );
  const quoted = fromRows([{ id: 'o/"a",b', routes: [{ provider: "x\ny" }] }]);
  assert.equal(
    toCsv({ catalog: quoted, rows: rows(0), columns: ["model", "provider"], mix: [1, 1] }),
    'model,provider\r\n"o/""a"",b","x\ny"\r\n',
  );
});

// The same in tests/unit/test_static_view.py.
const EVIL = "<b>|`[x](y)\\(z\\)&$a$~~b~~ https://e.org wWw.e.org a@e.org \u001b[31m\u202e\n#";
const TAME =
  "&lt;b>\\|\\`\\[x\\](y)<span>&#92;</span>(z<span>&#92;</span>)&amp;<span>&#36;</span>a<span>&#36;</span>" +
  "\\~\\~b\\~\\~ https:&#47;/e.org wWw&#46;e.org a&#64;e.org <span>&#92;</span>x1b\\[31m<span>&#92;</span>u202e #";

test("Markdown from the network stays text", () => {
  const evil = fromRows([{ id: "o/m", routes: [{ provider: EVIL }] }]);
  const [, , line] = toMarkdown({ catalog: evil, rows: rows(0), columns: ["provider"], mix: [3, 1] }).split(
    "\n",
  );
  assert.equal(line, `| ${TAME} |`);
  const unseen = fromRows([
    { id: "o/m", routes: [{ provider: "a\u3164\u115f\u1160\uffa0\u2800z" }, { provider: "" }] },
  ]);
  const text = toMarkdown({ catalog: unseen, rows: rows(0, 1), columns: ["provider"], mix: [3, 1] });
  const codes = ["3164", "115f", "1160", "ffa0", "2800"].map((code) => `<span>&#92;</span>u${code}`);
  assert.deepEqual(text.split("\n").slice(2, 4), [`| a${codes.join("")}z |`, "| — |"]);
});

test("only rows in view and a few around them are drawn", () => {
  assert.deepEqual(visible(0, 240, 30, 100_000), { start: 0, end: 14 });
  assert.deepEqual(visible(3000, 240, 30, 100_000), { start: 94, end: 114 });
  assert.deepEqual(visible(30 * 100_000, 240, 30, 100_000), { start: 99_994, end: 100_000 });
  assert.deepEqual(visible(9000, 240, 30, 5), { start: 5, end: 5 });
  assert.deepEqual(visible(0, 240, 30, 0), { start: 0, end: 0 });
  assert.equal(scrollTo(3, 0, 240, 30), 0);
  assert.equal(scrollTo(8, 0, 240, 30), 30);
  assert.equal(scrollTo(2, 300, 240, 30), 60);
});

test("data of another schema is refused in words", () => {
  const header = new TextEncoder().encode('{"schema":2}');
  const bytes = new Uint8Array(4 + header.length);
  new DataView(bytes.buffer).setUint32(0, header.length, true);
  bytes.set(header, 4);
  assert.throws(() => decode(bytes), /schema 2; the page reads 1\)\. Restart the kernel/);
});

test("models hidden for want of a figure are counted, those known to miss it are not", () => {
  const some = fromRows([
    {
      id: "o/silent",
      routes: [
        { provider: "a", status: "live" },
        { provider: "b", status: "live" },
      ],
    },
    {
      id: "o/short",
      routes: [
        { provider: "a", status: "live", context_length: 10 },
        { provider: "b", status: "live" },
      ],
    },
    { id: "o/long", routes: [{ provider: "a", status: "live", context_length: 90 }] },
    { id: "o/none" },
  ]);
  const offsets = routeOffsets(some);
  const hidden = (/** @type {Record<string, unknown>} */ filters) =>
    hiddenUnpublished(some, offsets, matchModels(some, offsets, filters, [3, 1]), filters);
  assert.equal(hidden({ min_context_length: 50 }), 1);
  assert.equal(hidden({ priced: true }), 3);
  assert.equal(hidden({ provider: ["z"] }), 0);
  assert.equal(hidden({}), 0);
});

test("a copied name is no formula in a spreadsheet, a number stays a number", () => {
  const hostile = fromRows([
    {
      id: "@SUM(1)/m",
      routes: [{ provider: "=HYPERLINK(1)", status: "live", price_input: 1, price_output: 2 }],
    },
  ]);
  const columns = ["model", "provider", "price_input"];
  const csv = toCsv({ catalog: hostile, rows: rows(0), columns, mix: [3, 1] });
  assert.match(csv, /\r?\n'@SUM\(1\)\/m,'=HYPERLINK\(1\),1\r?\n?$/);
});
