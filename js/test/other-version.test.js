// Bytes that this page cannot read: it says which, and tells what can still be told, whatever the header holds.

import assert from "node:assert/strict";
import { test } from "node:test";
import { salvage } from "../src/lib/salvage.js";
import { readCatalog } from "../src/lib/wire.js";

/** @param {unknown} header @param {number[]} [body] */
function bytes(header, body = []) {
  const text = new TextEncoder().encode(typeof header === "string" ? header : JSON.stringify(header));
  const all = new Uint8Array(3 + 4 + text.length + body.length); // hosts give a view into a larger buffer
  const view = new DataView(all.buffer, 3);
  view.setUint32(0, text.length, true);
  all.set(text, 7);
  all.set(body, 7 + text.length);
  return view;
}

const IDS = [null, "a/one", "b/two", "c/three"];
const HEADER = {
  schema: 1,
  source: "router",
  retrieved_at: "2026-11-20T08:00:00Z",
  dated_rows: false,
  models: {
    length: 3,
    columns: { model: { values: IDS }, likes: { values: [null, 12345], offset: 0, width: 1 } },
  },
  routes: {
    length: 4,
    columns: {
      model: { offset: 4, width: 1 },
      provider: { values: [null, "groq", "<b>x</b>"], offset: 8, width: 1 },
      price_output: { values: [null, 0.4, 2], offset: 12, width: 1 },
      invented: { values: [null, "later"], offset: 12, width: 1 },
    },
  },
};
const BODY = [1, 0, 1, 0, 1, 1, 2, 3, 1, 2, 1, 1, 1, 0, 2, 1];

test("another schema is named, with its direction and what to do", () => {
  const said = (/** @type {unknown} */ schema) => readCatalog(bytes({ ...HEADER, schema }, BODY)).error;
  assert.match(
    said(2),
    /a newer version of hfprov_widgets than this page \(schema 2; the page reads 1\)\. Restart/,
  );
  assert.match(said(0), /an older version/);
  for (const schema of [undefined, "one", null, {}])
    assert.match(said(schema), /another version .*none that is known/);
  assert.equal(readCatalog(bytes(HEADER, BODY)).error, "");
});

test("bytes that are no catalogue are named too", () => {
  const garbage = [
    new DataView(Uint8Array.from([1, 2, 3]).buffer),
    new DataView(Uint8Array.from([200, 200, 200, 200, 7]).buffer),
    bytes("{"),
    bytes("null"),
    bytes("[1]"),
    bytes({ schema: 1 }),
    bytes({ ...HEADER, models: { length: 3, columns: null } }, BODY),
    bytes(HEADER, BODY.slice(0, -2)),
  ];
  for (const view of garbage) {
    const { catalog, error } = readCatalog(view);
    assert.equal(catalog, null);
    assert.match(error, /(cut off|no catalogue|not in the form).*Restart the kernel/);
  }
  assert.deepEqual(readCatalog(null), { catalog: null, error: "" });
});

test("the columns with known names are told, as the widget would write them", () => {
  const rescued = salvage(bytes(HEADER, BODY), "routes", null);
  assert.deepEqual(rescued, {
    columns: [
      { label: "Model", unit: "", numeric: false },
      { label: "Provider", unit: "", numeric: false },
      { label: "Output", unit: "$ / 1M tokens", numeric: true },
    ],
    rows: [
      ["a/one", "groq", "0.40"],
      ["a/one", "<b>x</b>", "—"],
      ["b/two", "groq", "2.00"],
      ["c/three", "groq", "0.40"],
    ],
    more: 0,
    source: "router",
    when: "2026-11-20",
  });
  assert.deepEqual(salvage(bytes(HEADER, BODY), "models", undefined)?.rows, [
    ["a/one", "12.3k"],
    ["b/two", "—"],
    ["c/three", "12.3k"],
  ]);
});

test("of another version no figure is told whose unit may be another one", () => {
  const rescued = salvage(bytes({ ...HEADER, schema: 9 }, BODY), "routes", null);
  assert.deepEqual(
    rescued?.columns.map(({ label }) => label),
    ["Model", "Provider"],
  );
  assert.deepEqual(rescued?.rows[0], ["a/one", "groq"]);
});

/** One route of which this is known. @param {Record<string, unknown>} cells @param {object} [more] */
function told(cells, more) {
  const columns = Object.entries(cells).map(([name, cell]) => [
    name,
    { values: [null, cell], offset: 0, width: 1 },
  ]);
  const models = { length: 1, columns: { model: { values: [null, "a/one"] } } };
  const routes = { length: 1, columns: Object.fromEntries(columns) };
  const rescued = salvage(bytes({ ...HEADER, models, routes, ...more }, [1]), "routes", null);
  return Object.fromEntries(rescued?.columns.map(({ label }, at) => [label, rescued.rows[0][at]]) ?? []);
}

test("a price is told with what has to be said of it", () => {
  const provider = "groq";
  assert.equal(told({ provider, price_input: 0, price_output: 0 }).Provider, "groq (listed at zero)");
  assert.equal(told({ provider, price_input: 0, price_output: 0, is_free: true }).Provider, "groq (promo)");
  assert.equal(told({ provider, price_output: 5000 }).Provider, "groq (suspect price)");
});

test("a status of a past day, or of an unknown one, is not told as of now", () => {
  const route = { provider: "groq", status: "live" };
  assert.equal(told(route).Status, "live");
  for (const dated_rows of [true, undefined]) assert.equal(told(route, { dated_rows }).Status, undefined);
});

test("what is nested in a cell is left out, and a column without codes is no longer than its values", () => {
  assert.equal(told({ provider: ["text", { odd: 1 }, ["deep"]] }).Provider, "text");
  const models = { length: 1e9, columns: { model: { values: IDS } } };
  assert.equal(salvage(bytes({ ...HEADER, models }), "models", null), null);
});

test("a table of one model tells of that one, and of twenty rows at most", () => {
  assert.equal(salvage(bytes(HEADER, BODY), "routes", "a/one")?.rows.length, 2);
  assert.equal(salvage(bytes(HEADER, BODY), "routes", ["a/one", "c/three"])?.rows.length, 3);
  const values = [null, ...Array.from({ length: 50 }, (_, n) => `o/m${n}`)];
  const many = { ...HEADER, models: { length: 50, columns: { model: { values } } } };
  const rescued = salvage(bytes(many), "models", null);
  assert.deepEqual([rescued?.rows.length, rescued?.more], [20, 30]);
});

test("what is cut off or odd in the header costs its column, not the rest", () => {
  const columns = {
    ...HEADER.routes.columns,
    status: { values: [null, "live"], offset: 4000, width: 1 },
    task: { values: "no list", offset: 0, width: 1 },
    throughput: { values: [null, { odd: true }], offset: 8, width: 1 },
    first_token_latency_ms: { values: [null, 3], offset: 0, width: 3 },
    context_length: { values: [null, 3], offset: -4, width: 1 },
    supports_tools: null,
  };
  const rescued = salvage(bytes({ ...HEADER, routes: { length: 4, columns } }, BODY), "routes", null);
  assert.deepEqual(
    rescued?.columns.map(({ label }) => label),
    ["Model", "Provider", "Output", "Speed"],
  );
  assert.deepEqual(rescued?.rows[0], ["a/one", "groq", "0.40", "—"]);
  const nameless = salvage(bytes({ ...HEADER, source: 3, retrieved_at: [] }, BODY), "routes", null);
  assert.deepEqual([nameless?.source, nameless?.when], ["an unknown source", "an unknown day"]);
});

test("where nothing can be told nothing is", () => {
  assert.equal(salvage(bytes(HEADER, BODY), "routes", "z/none"), null);
  for (const length of [-1, 1e12, "4", null, undefined])
    assert.equal(
      salvage(bytes({ ...HEADER, routes: { ...HEADER.routes, length } }, BODY), "routes", null),
      null,
    );
  for (const view of [
    null,
    undefined,
    bytes("{"),
    bytes({}),
    bytes({ routes: 3 }),
    bytes({ routes: { length: 2 } }),
  ])
    assert.equal(salvage(view, "routes", null), null);
  assert.equal(salvage(bytes({ ...HEADER, routes: { length: 4, columns: {} } }, BODY), "routes", null), null);
});
