// Whether Python hears the page: when that is asked, how long an answer may take, and that hosts differ.

import assert from "node:assert/strict";
import { afterEach, beforeEach, mock, test } from "node:test";
import { shared } from "../src/widgets/afm.js";
import { hearing } from "../src/widgets/hearing.js";
import { answeringModel, fakeModel } from "./fake-model.js";

const forever = () => new AbortController().signal;

beforeEach(() => mock.timers.enable({ apis: ["setTimeout"] }));
afterEach(() => mock.timers.reset());

test("a view asks when it is mounted and after each change it saves", () => {
  const model = answeringModel({ value: null });
  const python = hearing(model, forever());
  const traits = shared(model, ["value"], forever(), { saved: python.ask });
  assert.equal(model.asked.length, 1);
  traits.value.value = "x";
  assert.equal(model.asked.length, 2);
  model.arrive("value", "from python");
  assert.equal(model.asked.length, 2);
});

test("an answer within three seconds keeps it quiet, and a late one makes it so again", () => {
  const model = answeringModel();
  const { silent, ask } = hearing(model, forever());
  mock.timers.tick(2999);
  model.answer(model.asked[0]);
  mock.timers.tick(60_000);
  assert.deepEqual([silent.value, model.asked.length], [false, 1]);
  ask();
  mock.timers.tick(2999);
  assert.equal(silent.value, false);
  mock.timers.tick(1);
  assert.equal(silent.value, true);
  mock.timers.tick(60_000);
  model.answer(model.asked[1]);
  assert.equal(silent.value, false);
});

test("asking again does not give an absent Python more time, an answer to the older question does", () => {
  const model = answeringModel();
  const { silent, ask } = hearing(model, forever());
  mock.timers.tick(2000);
  ask();
  mock.timers.tick(1000);
  assert.equal(silent.value, true);
  model.answer(model.asked[0]);
  assert.equal(silent.value, false);
  mock.timers.tick(3000);
  assert.equal(silent.value, true, "the newer question is still open");
});

test("two views of a model are answered each for itself", () => {
  const model = answeringModel();
  const [first, second] = [hearing(model, forever()), hearing(model, forever())];
  assert.equal(new Set(model.asked).size, 2);
  model.answer(model.asked[0]);
  mock.timers.tick(3000);
  assert.deepEqual([first.silent.value, second.silent.value], [false, true]);
  model.tell("msg:custom", { kind: "of another kind", number: model.asked[1] });
  model.tell("msg:custom", "no object");
  model.tell("msg:custom", { kind: "answer" });
  model.tell("msg:custom", null);
  assert.equal(second.silent.value, true);
});

test("the answer to a view with lower numbers does not count", (context) => {
  const numbers = [0.5, 0.1];
  context.mock.method(Math, "random", () => numbers.shift());
  const model = answeringModel();
  const [high, low] = [hearing(model, forever()), hearing(model, forever())];
  assert.ok(model.asked[1] < model.asked[0]);
  mock.timers.tick(2000);
  model.answer(model.asked[1]);
  mock.timers.tick(1000);
  assert.deepEqual([high.silent.value, low.silent.value], [true, false]);
});

test("two questions, both answered, leave nothing that waits", () => {
  const model = answeringModel();
  const { silent, ask } = hearing(model, forever());
  ask();
  model.answer(model.asked[0]);
  model.answer(model.asked[1]);
  mock.timers.tick(3000);
  assert.equal(silent.value, false);
});

test("a page without Python is not asked and never says that Python is silent", () => {
  const model = fakeModel({});
  const { silent, ask } = hearing(model, forever());
  ask();
  mock.timers.tick(60_000);
  assert.deepEqual([silent.value, model.count()], [false, 0]);
});

test("a closed channel, whether it throws or rejects, is a question without an answer", (context) => {
  context.mock.method(console, "warn", () => {});
  for (const send of [
    () => {
      throw new Error("comm is disposed");
    },
    () => Promise.reject(new Error("not connected")),
  ]) {
    const model = { ...answeringModel({ value: null }), send };
    const python = hearing(model, forever());
    const broken = {
      ...model,
      save_changes: () => {
        throw new Error("comm is disposed");
      },
    };
    shared(broken, ["value"], forever(), { saved: python.ask }).value.value = "chosen all the same";
    assert.equal(model.get("value"), "chosen all the same");
    mock.timers.tick(3000);
    assert.equal(python.silent.value, true);
  }
});

test("a view that is gone listens to nothing, asks nothing and waits for nothing", () => {
  const model = answeringModel();
  const view = new AbortController();
  const { silent, ask } = hearing(model, view.signal);
  view.abort();
  ask();
  mock.timers.tick(3000);
  assert.deepEqual([silent.value, model.asked.length, model.count()], [false, 1, 0]);
});
