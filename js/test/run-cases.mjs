// Answers the cases in the JSON file named by its argument with the front-end's functions and prints the answers as
// JSON. tests/unit/test_two_languages.py asks Python the same. The test runner starts it without an argument, as it
// starts every file in this folder: then there is nothing to do.

import { readFileSync } from "node:fs";
import { best } from "../src/lib/best.js";
import { facets } from "../src/lib/facet.js";
import { filterRoutes, normalFilters } from "../src/lib/filter.js";
import { displayKey, format } from "../src/lib/format.js";
import { routeOffsets } from "../src/lib/frame.js";
import { findModels, matchModels, orderModels } from "../src/lib/models.js";
import { nearNames } from "../src/lib/near.js";
import { policies } from "../src/lib/policy.js";
import { makeIndex, marks, search, terms } from "../src/lib/search.js";
import { sortRoutes } from "../src/lib/sort.js";
import { choiceAnswer, frontAnswer, planAnswer } from "./decisions.js";
import { allRows, fromRows, idsOf } from "./from-rows.js";

const path = process.argv[2];
if (path !== undefined) {
  const { catalogs, values } = JSON.parse(readFileSync(path, "utf8"));
  const answers = { catalogs: catalogs.map(answer), values: values.map(show) };
  process.stdout.write(JSON.stringify(answers));
}

/** @param {any} given */
function answer({ models, query, filters, sort, model_sort, mix, choose, pareto, plan }) {
  const catalog = fromRows(models);
  const ids = idsOf(catalog);
  const rows = allRows(catalog.routes);
  const offsets = routeOffsets(catalog);
  const words = terms(query);
  const { ranks } = search(makeIndex(ids), words);
  const stand = matchModels(catalog, offsets, filters, mix);
  const found = findModels(orderModels(catalog, stand, model_sort, mix), ranks);
  const marked = Object.entries(best(catalog, rows, mix));
  return {
    normal: normalFilters(filters),
    kept: [...filterRoutes(catalog, rows, filters, mix)],
    sorted: [...sortRoutes(catalog, rows, sort, mix)],
    picked: Array.from(found, (m) => [m, Math.max(stand[m], -1)]),
    facets: facets(catalog, offsets, ranks, filters, mix),
    best: Object.fromEntries(marked.map(([name, winners]) => [name, [...winners]])),
    policies: policies(catalog, rows.slice(offsets[0], offsets[1])),
    near: nearNames(query, ids),
    marks: ids.map((id) => marks(id, words)),
    choose: choiceAnswer(catalog, choose),
    pareto: frontAnswer(catalog, pareto),
    plan: planAnswer(catalog, plan),
  };
}

/** @param {any} given */
function show({ kind, value }) {
  return [format(kind, value), displayKey(kind, value)];
}
