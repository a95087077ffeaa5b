// The golden cases of snippets, which tests/unit/test_snippets.py runs too; and what only the page does with them.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { value } from "../src/lib/frame.js";
import { callWords, notesOf, whyNoCode } from "../src/lib/snippet-notes.js";
import { literal, snippetPieces, snippetText, targetOf } from "../src/lib/snippets.js";
import { allRows, fromRows } from "./from-rows.js";

const golden = JSON.parse(readFileSync(new URL("../../tests/golden/snippets.json", import.meta.url), "utf8"));
const catalog = fromRows(golden.catalog);

/** Names that try to leave the literal they stand in. */
const HOSTILE = [
  "plain/name",
  'o/"+require("x")+"',
  "o/';process.exit();'",
  "o/\\",
  "o/\n\r\t\0\u2028\u2029",
  "o/$HOME`$(id)`",
  "o/</script><!--",
  "é中😀\u202e\ud800",
];

for (const { name, target, text, ...form } of golden.text)
  test(`snippets: text: ${name}`, () => assert.equal(snippetText(target, form), text.join("\n")));

for (const { name, target, client = "openai", variant, why, notes, call } of golden.notes)
  test(`snippets: notes: ${name}`, () => {
    const rows = allRows(catalog.routes).filter(
      (row) =>
        value(catalog.routes, "model", row) === target.model &&
        (target.provider === null || value(catalog.routes, "provider", row) === target.provider),
    );
    assert.equal(whyNoCode(catalog, target, rows), why);
    assert.deepEqual(
      notesOf(catalog, target, rows, { client, variant }).map(({ words, warns }) => [words, warns]),
      notes,
    );
    assert.equal(callWords(catalog, target, rows), call);
  });

for (const { name, id, target } of golden.target)
  test(`snippets: target: ${name}`, () => assert.deepEqual(targetOf(id), target));

for (const id of HOSTILE)
  test(`a literal gives back ${JSON.stringify(id)}, and is ASCII`, () => {
    const js = literal(id, "javascript");
    assert.equal(new Function(`return ${js}`)(), id);
    assert.equal(JSON.parse(js), id);
    assert.equal(JSON.parse(literal(id, "sh")), id);
    assert.doesNotMatch(literal(id, "sh"), /'/);
    for (const language of /** @type {const} */ (["python", "javascript", "sh"]))
      assert.match(literal(id, language), /^[ -~]+$/);
  });

test("what names the route stands out, and nothing else", () => {
  const form = { client: "openai", variant: "chat", stream: false };
  const strong = (/** @type {any} */ target, /** @type {string} */ client) =>
    snippetPieces(target, { ...form, client })
      .filter((piece) => piece.strong && piece.text)
      .map(({ text }) => text);
  const pinned = { model: "org/name", provider: "groq", policy: null };
  assert.deepEqual(strong(pinned, "openai"), [":groq"]);
  assert.deepEqual(strong(pinned, "huggingface_hub"), ['"groq"']);
  assert.deepEqual(strong({ ...pinned, provider: null, policy: "cheapest" }, "curl"), [":cheapest"]);
  assert.deepEqual(strong({ ...pinned, provider: null }, "javascript"), []);
});
