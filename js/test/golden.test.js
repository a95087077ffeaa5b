// The golden cases in JavaScript. tests/unit/test_golden.py runs the same files.

import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { best } from "../src/lib/best.js";
import { refusal } from "../src/lib/budget.js";
import { blendedPrice, DEFAULT_MIX } from "../src/lib/columns.js";
import { facets } from "../src/lib/facet.js";
import { filterRoutes, normalFilters } from "../src/lib/filter.js";
import { displayKey, format, isSuspectPrice } from "../src/lib/format.js";
import { routeOffsets } from "../src/lib/frame.js";
import { findModels, matchModels, NO_ROUTE, NOT_MATCHED, orderModels } from "../src/lib/models.js";
import { nearNames } from "../src/lib/near.js";
import { policies } from "../src/lib/policy.js";
import { makeIndex, marks, NO_MATCH, search, terms } from "../src/lib/search.js";
import { sortRoutes } from "../src/lib/sort.js";
import { compareText } from "../src/lib/text.js";
import { choiceAnswer, frontAnswer, planAnswer, planNeeds } from "./decisions.js";
import { allRows, fromRows, idsOf, routeNames } from "./from-rows.js";

/** @param {string} name @returns {any} */
const read = (name) =>
  JSON.parse(readFileSync(new URL(`../../tests/golden/${name}.json`, import.meta.url), "utf8"));

/** @type {Record<string, import("./from-rows.js").Catalog>} */
const catalogs = Object.fromEntries(
  Object.entries(read("catalogs")).map(([name, rows]) => [name, fromRows(/** @type {any} */ (rows))]),
);

/**
 * @param {string} file
 * @param {string} section
 * @param {(given: any) => void} check
 */
function cases(file, section, check) {
  const found = read(file)[section];
  assert.ok(found.length > 0);
  for (const given of found) test(`${file}: ${section}: ${given.name}`, () => check(given));
}

/** @param {any} given */
function pick({ catalog: name, query = "", filters = {}, sort = [], mix = DEFAULT_MIX }) {
  const catalog = catalogs[name];
  const ids = idsOf(catalog);
  const stand = matchModels(catalog, routeOffsets(catalog), filters, mix);
  const { ranks } = search(makeIndex(ids), terms(query));
  const models = findModels(orderModels(catalog, stand, sort, mix), ranks);
  return { ids, stand, models, ranks, names: routeNames(catalog) };
}

cases("format", "format", ({ kind, value, text, key }) => {
  assert.equal(format(kind, value), text);
  assert.equal(displayKey(kind, value), key);
});

cases("format", "suspect", ({ price, suspect }) => assert.equal(isSuspectPrice(price), suspect));

cases("format", "blended", ({ input, output, mix, price }) =>
  assert.equal(blendedPrice(input, output, mix), price),
);

cases("text_order", "text_order", ({ order }) => {
  assert.deepEqual(order.toReversed().sort(compareText), order);
  const catalog = fromRows(order.toReversed().map((/** @type {string} */ id) => ({ id })));
  const stand = new Int32Array(order.length).fill(NO_ROUTE);
  const sorted = orderModels(catalog, stand, [["model", "asc"]], DEFAULT_MIX);
  assert.deepEqual(
    Array.from(sorted, (m) => idsOf(catalog)[m]),
    order,
  );
});

cases("search", "terms", ({ query, terms: words }) => assert.deepEqual(terms(query), words));

cases("search", "search", ({ ids, query, ranks }) => {
  const found = search(makeIndex(ids), terms(query));
  const given = Array.from(found.ranks, (rank) => (rank === NO_MATCH ? null : rank));
  assert.deepEqual(given, ranks);
  assert.equal(found.count, ranks.filter((/** @type {number | null} */ rank) => rank !== null).length);
});

cases("search", "marks", ({ id, query, marks: parts }) => assert.deepEqual(marks(id, terms(query)), parts));

cases("near", "near", ({ query, ids, limit = 5, near }) =>
  assert.deepEqual(nearNames(query, ids, limit), near),
);

cases("filters", "normal", ({ filters, normal }) => {
  assert.deepEqual(normalFilters(filters), normal);
  assert.deepEqual(normalFilters(normal), normal);
});

cases("filters", "routes", ({ catalog: name, filters, mix = DEFAULT_MIX, kept }) => {
  const catalog = catalogs[name];
  const rows = filterRoutes(catalog, allRows(catalog.routes), filters, mix);
  assert.deepEqual(
    Array.from(rows, (row) => routeNames(catalog)[row]),
    kept,
  );
});

cases("filters", "models", (given) => {
  const { ids, stand, names } = pick(given);
  const found = ids
    .map((id, m) => /** @type {const} */ ([id, stand[m]]))
    .filter(([, row]) => row !== NOT_MATCHED)
    .map(([id, row]) => [id, row === NO_ROUTE ? null : names[row]]);
  assert.deepEqual(Object.fromEntries(found), given.stand);
});

cases("sort_routes", "sort_routes", ({ catalog: name, sort, mix = DEFAULT_MIX, order }) => {
  const catalog = catalogs[name];
  const rows = allRows(catalog.routes);
  for (const given of [rows, rows.toReversed()]) {
    const sorted = sortRoutes(catalog, given, sort, mix);
    assert.deepEqual(
      Array.from(sorted, (row) => routeNames(catalog)[row]),
      order,
    );
  }
});

cases("sort_models", "sort_models", (given) => {
  const { ids, models } = pick(given);
  assert.deepEqual(
    Array.from(models, (m) => ids[m]),
    given.order,
  );
});

cases("facets", "facets", (given) => {
  const { catalog: name, filters, mix = DEFAULT_MIX, counts } = given;
  const catalog = catalogs[name];
  const found = facets(catalog, routeOffsets(catalog), pick({ ...given, filters: {} }).ranks, filters, mix);
  for (const [facet, values] of Object.entries(counts)) {
    const shown = /** @type {any} */ (found)[facet];
    assert.deepEqual({ ...shown }, values, facet);
    if (facet !== "min_context_length")
      assert.deepEqual(Object.keys(shown).sort(compareText), Object.keys(shown));
  }
});

cases("best", "best", ({ catalog: name, mix = DEFAULT_MIX, best: expected }) => {
  const catalog = catalogs[name];
  const found = Object.entries(best(catalog, allRows(catalog.routes), mix));
  const named = found.map(([column, rows]) => [column, [...rows].map((row) => routeNames(catalog)[row])]);
  assert.deepEqual(Object.fromEntries(named), expected);
});

cases("policy", "policy", ({ catalog: name, cheapest, fastest }) => {
  const catalog = catalogs[name];
  assert.deepEqual(policies(catalog, allRows(catalog.routes)), { cheapest, fastest });
});

cases("choose", "choose", (given) =>
  assert.deepEqual(choiceAnswer(catalogs[given.catalog], given), given.answer),
);

cases("pareto", "pareto", (given) =>
  assert.deepEqual(frontAnswer(catalogs[given.catalog], given), given.answer),
);

cases("budget", "plan", (given) =>
  assert.deepEqual(planAnswer(catalogs[given.catalog], given), given.answer),
);

cases("budget", "refused", (given) =>
  assert.equal(refusal(/** @type {any} */ (planNeeds(given))), given.says),
);
