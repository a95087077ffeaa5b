// Traits as signals over a fake model: two views, echoes, typing, and that a view leaves nothing behind.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { shared, widget } from "../src/widgets/afm.js";
import { answeringModel, fakeModel } from "./fake-model.js";

test("writing a trait saves once, and an echo saves nothing", () => {
  const model = fakeModel({ value: null, sort: [["a", "asc"]] });
  const traits = shared(model, ["value", "sort"], new AbortController().signal);
  traits.value.value = "x";
  assert.deepEqual([model.get("value"), model.saves], ["x", 1]);
  model.arrive("sort", [["a", "asc"]]);
  assert.equal(model.saves, 1);
  model.arrive("sort", [["b", "desc"]]);
  assert.deepEqual([traits.sort.value, model.saves], [[["b", "desc"]], 1]);
});

test("typing is saved when it rests, and an echo of the first letters undoes none of the rest", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const model = fakeModel({ query: "" });
  const { query } = shared(model, ["query"], new AbortController().signal, {
    typed: new Set(["query"]),
  });
  query.value = "l";
  mock.timers.tick(199);
  assert.equal(model.saves, 0);
  mock.timers.tick(1);
  assert.equal(model.saves, 1);
  query.value = "ll";
  model.arrive("query", "l");
  assert.deepEqual([query.value, model.get("query")], ["ll", "ll"]);
  mock.timers.tick(200);
  assert.equal(model.saves, 2);
  model.arrive("query", "from python");
  assert.equal(query.value, "from python");
  mock.timers.reset();
});

test("what is typed is saved once when another change goes before it rests", () => {
  mock.timers.enable({ apis: ["setTimeout"] });
  const model = fakeModel({ query: "", value: null });
  const traits = shared(model, ["query", "value"], new AbortController().signal, {
    typed: new Set(["query"]),
  });
  traits.query.value = "l";
  traits.value.value = "x";
  mock.timers.tick(1000);
  assert.equal(model.saves, 1);
  mock.timers.reset();
});

test("two views of one model follow each other at once", () => {
  const model = fakeModel({ query: "" });
  const end = new AbortController().signal;
  const first = shared(model, ["query"], end);
  const second = shared(model, ["query"], end);
  first.query.value = "a";
  assert.equal(second.query.value, "a");
  assert.equal(model.saves, 1);
});

const ALWAYS = { _catalog: 1, _freshness: 2, _fault: "", _refresh: 0 };
const nowhere = () => /** @type {HTMLElement} */ (/** @type {unknown} */ ({ hasChildNodes: () => true }));

test("a view leaves no listener, whether the host aborts or calls the returned function", () => {
  for (const older of [false, true]) {
    const model = answeringModel({ ...ALWAYS, value: 1, multiple: false });
    const view = new AbortController();
    const front = widget({ kind: "picker", shared: ["value"], received: ["multiple"], mount: () => {} });
    const el = nowhere();
    const end = front.render(older ? { model, el } : { model, el, signal: view.signal });
    assert.equal(model.count(), 7, "one for each trait, and one for answers");
    if (older) end();
    else view.abort();
    assert.equal(model.count(), 0);
  }
});

test("a mount gets every trait as a signal, and whether Python is silent", () => {
  /** @type {Record<string, unknown>} */
  const seen = {};
  const mount = (/** @type {unknown} */ _, /** @type {Record<string, { value: unknown }>} */ traits) => {
    for (const [name, trait] of Object.entries(traits)) seen[name] = trait.value;
  };
  const model = fakeModel({ ...ALWAYS, value: "x" });
  widget({ kind: "table", shared: ["value"], mount }).render({ model, el: nowhere() });
  assert.deepEqual(seen, { ...ALWAYS, value: "x", _silent: false });
});

test("what was typed last is saved when the view goes away", () => {
  const model = fakeModel({ query: "" });
  const view = new AbortController();
  shared(model, ["query"], view.signal, { typed: new Set(["query"]) }).query.value = "unsaved";
  view.abort();
  assert.equal(model.saves, 1);
});

test("Python's None is null to the page, also where it arrives as undefined", () => {
  const model = fakeModel({ ...ALWAYS, value: undefined });
  /** @type {Record<string, { value: unknown }>} */
  let traits = {};
  const mount = (/** @type {unknown} */ _, /** @type {any} */ given) => {
    traits = given;
  };
  widget({ kind: "table", shared: ["value"], mount }).render({ model, el: nowhere() });
  assert.deepEqual([traits.value.value, model.saves], [null, 0], "nobody has changed anything");
  traits.value.value = "x";
  model.arrive("value", undefined);
  assert.deepEqual([traits.value.value, model.saves], [null, 1]);
});

test("a fault of an earlier change is not shown again, in a saved copy days later", () => {
  const model = fakeModel({ value: null, _refresh: 0, _catalog: null, _freshness: {}, _fault: "of old" });
  /** @type {any} */
  let traits;
  const front = widget({ kind: "table", shared: ["value"], mount: (_, given) => (traits = given) });
  front.render({ model, el: /** @type {any} */ ({}) });
  assert.equal(traits._fault.value, "");
  model.arrive("_fault", "of now");
  assert.equal(traits._fault.value, "of now");
});
