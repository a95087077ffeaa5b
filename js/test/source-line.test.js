// The line under every widget: which data this is, how old, and whether that is old.

import assert from "node:assert/strict";
import { test } from "node:test";
import { sourceWords } from "../src/ui/source-line.js";
import { fromRows } from "./from-rows.js";

const NOW = new Date("2026-11-23T12:00:00Z");
const STILL = /** @type {const} */ ({ phase: "still", message: "", can_refresh: true });

/** @param {string} source @param {string | null} retrieved_at @param {boolean} [dated_rows] */
const words = (source, retrieved_at, dated_rows = false) =>
  sourceWords(
    { ...fromRows([{ id: "o/m", routes: [{ provider: "a" }] }]), source, retrieved_at, dated_rows },
    STILL,
    NOW,
  );

test("live data says its age, and is called stale after a day", () => {
  assert.equal(words("router", "2026-11-23T11:59:40Z").text, "just now · 1 model · 1 route");
  assert.equal(words("router", "2026-11-23T11:58:00Z").text, "2 minutes ago · 1 model · 1 route");
  assert.equal(words("router", "2026-11-23T11:00:00Z").text, "1 hour ago · 1 model · 1 route");
  assert.deepEqual(words("router", "2026-11-22T12:30:00Z").tag, "router");
  assert.deepEqual(words("router", "2026-11-22T11:59:00Z"), {
    tag: "router, stale",
    warn: true,
    text: "24 hours ago · 1 model · 1 route",
  });
  assert.equal(words("router", "2026-11-20T12:00:00Z").text, "3 days ago · 1 model · 1 route");
});

test("a sample says its day, a record of many days that it is one, and an unknown time that it is unknown", () => {
  assert.equal(words("sample", "2026-10-10").text, "catalogue of 2026-10-10 · 1 model · 1 route");
  assert.equal(words("tasks", "2026-08-21", true).text, "as last seen, up to 2026-08-21 · 1 model · 1 route");
  assert.match(words("mine", null).text, /at an unknown time/);
});

test("what is of a past day is marked, a snapshot of one's own is not", () => {
  assert.deepEqual(
    ["sample", "documented", "tasks", "mine", "router"].map(
      (source) => words(source, "2026-11-23T11:00:00Z").warn,
    ),
    [true, true, true, false, false],
  );
});
