// Traits as signals over a fake model: two views, echoes, typing, and that a view leaves nothing behind.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { received, shared, widget } from "../src/widgets/afm.js";

/** A host's model: `set` tells all listeners, as a host does; `arrive` is what the kernel sends. */
function fakeModel(/** @type {Record<string, unknown>} */ state) {
  /** @type {Map<string, Set<() => void>>} */
  const listeners = new Map();
  const set = (/** @type {string} */ name, /** @type {unknown} */ value) => {
    if (state[name] === value) return;
    state[name] = value;
    for (const callback of [...(listeners.get(`change:${name}`) ?? [])]) callback();
  };
  return {
    saves: 0,
    get: (/** @type {string} */ name) => state[name],
    set,
    arrive: set,
    on: (/** @type {string} */ event, /** @type {() => void} */ callback) => {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(callback));
    },
    off: (/** @type {string} */ event, /** @type {() => void} */ callback) => {
      listeners.get(event)?.delete(callback);
    },
    save_changes() {
      this.saves++;
    },
    count: () => [...listeners.values()].reduce((sum, set) => sum + set.size, 0),
  };
}

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
  const { query } = shared(model, ["query"], new AbortController().signal, new Set(["query"]));
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

test("two views of one model follow each other at once", () => {
  const model = fakeModel({ query: "" });
  const end = new AbortController().signal;
  const first = shared(model, ["query"], end);
  const second = shared(model, ["query"], end);
  first.query.value = "a";
  assert.equal(second.query.value, "a");
  assert.equal(model.saves, 1);
});

test("a view leaves no listener, whether the host aborts or calls the returned function", () => {
  for (const older of [false, true]) {
    const model = fakeModel({ value: 1, data: 2 });
    const view = new AbortController();
    const front = widget((_, __, end) => {
      shared(model, ["value"], end);
      received(model, "data", end);
    });
    const el = /** @type {HTMLElement} */ (/** @type {unknown} */ ({}));
    const end = front.render(older ? { model, el } : { model, el, signal: view.signal });
    assert.equal(model.count(), 2);
    if (older) end();
    else view.abort();
    assert.equal(model.count(), 0);
  }
});

test("what was typed last is saved when the view goes away", () => {
  const model = fakeModel({ query: "" });
  const view = new AbortController();
  shared(model, ["query"], view.signal, new Set(["query"])).query.value = "unsaved";
  view.abort();
  assert.equal(model.saves, 1);
});
