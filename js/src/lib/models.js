// Which models a picker lists, which route stands for each, and in what order: three stages that a widget can keep
// apart, so that typing repeats only the last. Filters and the mix decide the first, the sort the second.

import { columnOf, MODEL_COLUMNS, modelColumn } from "./columns.js";
import { failedByModels, failedByRoutes, hasRouteFilters } from "./filter.js";
import { displayKey } from "./format.js";
import { firstOfEach, orderBy, rankCells } from "./order.js";
import { NO_MATCH } from "./search.js";
import { blendedKeys, liveCodes, rankRoutes } from "./sort.js";

/** @typedef {import("./columns.js").Mix} Mix */
/** @typedef {import("./columns.js").Sort} Sort */
/** @typedef {import("./columns.js").SortKey} SortKey */
/** @typedef {import("./filter.js").Filters} Filters */
/** @typedef {import("./frame.js").Catalog} Catalog */
/** @typedef {import("./frame.js").Frame} Frame */
/** @typedef {import("./order.js").Ranks} Ranks */

/** In place of a route: the model does not match, or it matches and has no route. */
export const NOT_MATCHED = -1;
export const NO_ROUTE = -2;

const OF_MODEL = new Set([
  "model",
  "n_providers",
  "n_routes",
  "created",
  "likes",
  "downloads",
  "trending_score",
  "pipeline_tag",
  "owned_by",
]);
const OF_ROUTE = new Set([
  "price_blended",
  "price_input",
  "price_output",
  "context_length",
  "throughput",
  "first_token_latency_ms",
]);

/**
 * For each model the route that stands for it: the first in the default order among those that match.
 * @param {Catalog} catalog
 * @param {Uint32Array} offsets  as routeOffsets(catalog) gives them
 * @param {Filters} filters
 * @param {Mix} mix
 * @returns {Int32Array}  a row of routes, NOT_MATCHED or NO_ROUTE
 */
export function matchModels(catalog, offsets, filters, mix) {
  const { models, routes } = catalog;
  const failedModels = failedByModels(catalog, filters);
  const failedRoutes = failedByRoutes(routes, filters, mix);
  const onlyLive = hasRouteFilters(filters);
  const isLive = liveCodes(routes);
  const status = columnOf(routes, "status").codes;
  const isBefore = makeDefaultOrder(routes, mix);
  const stand = new Int32Array(models.length).fill(NOT_MATCHED);
  for (let m = 0; m < models.length; m++) {
    if (failedModels[m] !== 0) continue;
    let best = onlyLive ? NOT_MATCHED : NO_ROUTE;
    for (let row = offsets[m]; row < offsets[m + 1]; row++) {
      if (failedRoutes[row] !== 0 || (onlyLive && isLive[status[row]] === 0)) continue;
      if (best < 0 || isBefore(row, best)) best = row;
    }
    stand[m] = best;
  }
  return stand;
}

/**
 * The matching models in order.
 * @param {Catalog} catalog
 * @param {Int32Array} stand  as matchModels gives it
 * @param {Sort} sort  keys by which models cannot be sorted are passed over
 * @param {Mix} mix
 * @returns {Uint32Array}  rows of models
 */
export function orderModels(catalog, stand, sort, mix) {
  const rows = new Uint32Array(stand.length).map((_, m) => m).filter((m) => stand[m] !== NOT_MATCHED);
  const routed = rows.filter((m) => stand[m] >= 0);
  const standing = routed.map((m) => stand[m]);
  const known = sort.filter(([name]) => OF_MODEL.has(name) || OF_ROUTE.has(name));
  /** @type {SortKey[]} */
  const wanted = [...known, ["n_providers", "desc"], ["model", "asc"]];
  const keys = firstOfEach(wanted).map(
    (key) => () =>
      OF_MODEL.has(key[0])
        ? rankModels(catalog, key, rows)
        : spread(rankRoutes(catalog.routes, key[0], standing, key[1], mix), rows, stand),
  );
  return orderBy(rows.length, keys).map((at) => rows[at]);
}

/**
 * The ordered models that a search found, the better ranks first.
 * @param {Uint32Array} order  as orderModels gives it
 * @param {Uint8Array} ranks  as search gives them, one per model
 * @returns {Uint32Array}
 */
export function findModels(order, ranks) {
  const next = new Uint32Array(NO_MATCH + 1);
  for (let i = 0; i < order.length; i++) next[ranks[order[i]]]++;
  let found = 0;
  for (let rank = 0; rank < NO_MATCH; rank++) {
    const count = next[rank];
    next[rank] = found;
    found += count;
  }
  const models = new Uint32Array(found);
  for (let i = 0; i < order.length; i++) {
    const rank = ranks[order[i]];
    if (rank !== NO_MATCH) models[next[rank]++] = order[i];
  }
  return models;
}

/**
 * Whether one route of a model comes before another: live, cheap for the mix, fast, then provider and task.
 * @param {Frame} routes
 * @param {Mix} mix
 * @returns {(a: number, b: number) => boolean}
 */
function makeDefaultOrder(routes, mix) {
  const isLive = liveCodes(routes);
  const status = columnOf(routes, "status").codes;
  const price = blendedKeys(routes, mix).map((key) => (Number.isNaN(key) ? Number.POSITIVE_INFINITY : key));
  const throughput = columnOf(routes, "throughput");
  const speeds = Float64Array.from(
    throughput.values,
    (value) => displayKey("speed", value) ?? Number.NEGATIVE_INFINITY,
  );
  const speed = throughput.codes;
  const [provider, task] = ["provider", "task"].map((name) => {
    const column = columnOf(routes, name);
    const all = { values: column.values, codes: Uint32Array.from(column.values, (_, code) => code) };
    const { ranks } = rankCells(all, "text", all.codes, "asc");
    return { codes: column.codes, ranks };
  });
  return (a, b) => {
    if (isLive[status[a]] !== isLive[status[b]]) return isLive[status[a]] === 1;
    if (price[a] !== price[b]) return price[a] < price[b];
    if (speeds[speed[a]] !== speeds[speed[b]]) return speeds[speed[a]] > speeds[speed[b]];
    const byProvider = provider.ranks[provider.codes[a]] - provider.ranks[provider.codes[b]];
    if (byProvider !== 0) return byProvider < 0;
    const byTask = task.ranks[task.codes[a]] - task.ranks[task.codes[b]];
    return byTask === 0 ? a < b : byTask < 0;
  };
}

/**
 * @param {Catalog} catalog
 * @param {SortKey} key
 * @param {Uint32Array} rows
 */
function rankModels(catalog, [name, direction], rows) {
  const kind = MODEL_COLUMNS.get(name)?.kind ?? "text";
  return rankCells(modelColumn(catalog, name), kind, rows, direction, true);
}

/**
 * Ranks of the standing routes as ranks of all matching models; one without a route is unknown, so last.
 * @param {Ranks} ranked
 * @param {Uint32Array} rows
 * @param {Int32Array} stand
 * @returns {Ranks}
 */
function spread({ ranks, size }, rows, stand) {
  let at = 0;
  return { ranks: rows.map((m) => (stand[m] >= 0 ? ranks[at++] : size - 1)), size };
}
