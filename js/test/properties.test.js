// The fast paths against slow references, on data from a seeded generator: every run sees the same cases.

import assert from "node:assert/strict";
import { test } from "node:test";
import { DEFAULT_MIX } from "../src/lib/columns.js";
import { facets } from "../src/lib/facet.js";
import { displayKey, format } from "../src/lib/format.js";
import { routeOffsets } from "../src/lib/frame.js";
import { findModels, matchModels, NOT_MATCHED, orderModels } from "../src/lib/models.js";
import { nearNames } from "../src/lib/near.js";
import { makeIndex, NO_MATCH, search, terms } from "../src/lib/search.js";
import { sortRoutes } from "../src/lib/sort.js";
import { allRows, fromRows, idsOf } from "./from-rows.js";
import { parse, slowKey, slowMatch, slowNear, slowRank, slowSort } from "./slow.js";

/** @typedef {import("../src/lib/columns.js").Kind} Kind */
/** @typedef {import("../src/lib/columns.js").Mix} Mix */
/** @typedef {import("../src/lib/columns.js").SortKey} SortKey */

/** @type {readonly Kind[]} */
const KINDS = ["price", "blended", "milliseconds", "speed", "tokens", "count"];
const PROVIDERS = ["novita", "Novita", "groq", "hf-inference", "constructor", "Ünï"];
const WORDS = ["llama", "Llama", "3.3", "70B", "qwen", "GPT", "oss", "o", "lla", "été", "a_b"];
/** @type {readonly Mix[]} */
const MIXES = [DEFAULT_MIX, [1, 0], [0, 1], [1, 3]];

/**
 * Marsaglia's xorshift: small, seeded, the same everywhere.
 * @param {number} seed
 */
function makeRandom(seed) {
  let state = seed;
  const next = () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
  return {
    next,
    /** @param {number} n */
    below: (n) => Math.floor(next() * n),
    /** @template T @param {readonly T[]} values @returns {T} */
    pick: (values) => values[Math.floor(next() * values.length)],
  };
}

/** @typedef {ReturnType<typeof makeRandom>} Random */

/** @param {Random} random */
function someId(random) {
  const words = Array.from({ length: 1 + random.below(4) }, () => random.pick(WORDS));
  const name = words.join(random.pick(["-", "", "."]));
  return random.below(8) === 0 ? name : `${random.pick(["meta-llama", "openai", "X", "o3"])}/${name}`;
}

/** @param {Random} random */
function someModels(random) {
  const ids = new Set(Array.from({ length: random.below(12) }, () => someId(random)));
  return [...ids].map((id) => ({
    id,
    likes: random.pick([null, 0, 10, 1000, 1001]),
    routes: Array.from({ length: random.below(5) }, () => ({
      model: id,
      provider: random.pick(PROVIDERS),
      status: random.pick(["live", "live", "live", "error", "staging", "odd", null]),
      task: random.pick([null, "conversational", "text-to-image"]),
      price_input: random.pick([null, 0, 0.1, 0.1049, 1, 1.001, random.next()]),
      price_output: random.pick([null, 0, 0.1, 0.1049, 1, 1.001, random.next()]),
      throughput: random.pick([null, 0, 9.96, 10.2, 80]),
      context_length: random.pick([null, 8192, 131000, 131072]),
      supports_tools: random.pick([null, true, false]),
    })),
  }));
}

/** @param {Random} random @param {(random: Random) => void} check */
function many(random, check) {
  for (let n = 0; n < 300; n++) check(random);
}

/** A number with few digits that often ends in 5, or the number beside it. @param {Random} random */
function nearTie(random) {
  const tie =
    (random.below(10 ** (1 + random.below(9))) * 10 + random.pick([5, 5, random.below(10)])) /
    10 ** random.below(15);
  const step = tie * 2 ** -52;
  return random.pick([tie, tie - step, tie + step]);
}

test("display keys are those of the decimal digits, and the text says the key", () => {
  const random = makeRandom(11);
  for (let n = 0; n < 60_000; n++) {
    const kind = random.pick(KINDS);
    const value = random.below(3) === 0 ? 10 ** (random.next() * 26 - 13) : nearTie(random);
    if (value <= 0) continue;
    const key = displayKey(kind, value);
    assert.equal(key, slowKey(kind, value), `${kind} ${value}`);
    assert.equal(parse(format(kind, value)), key, `${kind} ${value}`);
    assert.equal(displayKey(kind, key), key, `${kind} ${value} twice`);
  }
});

test("numbers that never arrive do not crash", () => {
  for (const kind of KINDS) {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, -1.5, -0, 5e-324, Number.MAX_VALUE]) {
      assert.equal(typeof format(kind, value), "string");
      const key = displayKey(kind, value);
      assert.ok(key === null || Number.isFinite(key));
    }
  }
});

test("search finds and ranks as one id at a time", () => {
  many(makeRandom(22), (random) => {
    const ids = Array.from({ length: random.below(40) }, () => someId(random));
    const query = Array.from({ length: random.below(4) }, () =>
      random.pick([...WORDS, "l", "-", "/", "a", "x"]),
    ).join(" ");
    const words = terms(query);
    const { ranks, count } = search(makeIndex(ids), words);
    const expected = ids.map((id) => slowRank(id, words));
    assert.deepEqual([...ranks], expected, query);
    assert.equal(count, expected.filter((rank) => rank !== NO_MATCH).length);
  });
});

test("near names are those of counting pairs of characters", () => {
  many(makeRandom(33), (random) => {
    const ids = [...new Set(Array.from({ length: random.below(40) }, () => someId(random)))];
    const query = someId(random).slice(random.below(3));
    assert.deepEqual(nearNames(query, ids, 5), slowNear(query, ids, 5), query);
  });
});

test("routes sort as by comparing rows two by two", () => {
  many(makeRandom(44), (random) => {
    const models = someModels(random);
    const catalog = fromRows(models);
    const rows = models.flatMap((model) => model.routes);
    const columns = [
      "status",
      "provider",
      "model",
      "task",
      "price_input",
      "price_output",
      "price_blended",
      "throughput",
    ];
    const sort = Array.from({ length: random.below(3) }, () => {
      const name = random.pick([...columns, "context_length", "supports_tools"]);
      return /** @type {SortKey} */ ([name, random.pick(["asc", "desc"])]);
    });
    const mix = random.pick(MIXES);
    const given = allRows(catalog.routes).filter(() => random.below(4) > 0);
    const before = given.slice();
    const sorted = sortRoutes(catalog, given, sort, mix);
    const expected = slowSort(
      Array.from(given, (row) => rows[row]),
      sort,
      mix,
    );
    assert.deepEqual(
      Array.from(sorted, (row) => rows[row]),
      expected,
      JSON.stringify(sort),
    );
    assert.deepEqual(given, before, "the rows given are left alone");
  });
});

test("models match, stand and are found as one model at a time", () => {
  many(makeRandom(55), (random) => {
    const models = someModels(random);
    const catalog = fromRows(models);
    const wanted = random.pick(PROVIDERS);
    const filters = random.pick([
      {},
      { min_likes: 10 },
      { provider: [wanted] },
      { provider: wanted, supports_tools: true },
    ]);
    const mix = random.pick(MIXES);
    const stand = matchModels(catalog, routeOffsets(catalog), filters, mix);
    const needsRoute = "provider" in filters;
    /** @param {Record<string, any>} r */
    const passes = (r) =>
      r.provider === wanted && (!("supports_tools" in filters) || r.supports_tools === true);
    const expected = slowMatch(
      models,
      (m) => !("min_likes" in filters) || m.likes >= 10,
      needsRoute ? passes : null,
    );
    const matched = models.filter((_, m) => stand[m] !== NOT_MATCHED);
    assert.deepEqual(matched, expected);
    const rows = models.flatMap((model) => model.routes);
    for (const [m, model] of models.entries()) {
      if (stand[m] === NOT_MATCHED) continue;
      const able = needsRoute ? model.routes.filter((r) => passes(r) && r.status === "live") : model.routes;
      assert.equal(rows[stand[m]], slowSort(able, [], mix)[0]);
    }
    const order = orderModels(catalog, stand, [["likes", "desc"]], mix);
    const { ranks } = search(makeIndex(idsOf(catalog)), terms(random.pick(WORDS)));
    const found = findModels(order, ranks);
    const byRank = Array.from(order)
      .filter((m) => ranks[m] !== NO_MATCH)
      .sort((a, b) => ranks[a] - ranks[b]);
    assert.deepEqual([...found], byRank);
  });
});

test("a facet counts what choosing its value would leave", () => {
  many(makeRandom(66), (random) => {
    const catalog = fromRows(someModels(random));
    const offsets = routeOffsets(catalog);
    const own = random.pick(PROVIDERS);
    const others = random.pick([{}, { priced: true }, { min_context_length: 10_000, supports_tools: true }]);
    const { ranks } = search(makeIndex(idsOf(catalog)), terms(random.pick(["", "", ...WORDS])));
    const counts = facets(catalog, offsets, ranks, { ...others, provider: [own] }, DEFAULT_MIX);
    for (const [provider, count] of Object.entries(counts.provider)) {
      const stand = matchModels(catalog, offsets, { ...others, provider }, DEFAULT_MIX);
      assert.equal(
        count,
        stand.filter((row, m) => row !== NOT_MATCHED && ranks[m] !== NO_MATCH).length,
        provider,
      );
    }
    const long = matchModels(
      catalog,
      offsets,
      { ...others, provider: own, min_context_length: 128_000 },
      DEFAULT_MIX,
    );
    const expected = long.filter((row, m) => row !== NOT_MATCHED && ranks[m] !== NO_MATCH).length;
    assert.equal(counts.min_context_length["128000"], expected);
  });
});
