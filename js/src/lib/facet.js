// How many models each choice of a filter would leave: every facet obeys the query and all filters but its own.
// One pass over the routes of the models that the query found; a model counts once per value.

import { columnOf } from "./columns.js";
import { failedByModels, failedByRoutes, hasRouteFilters, MODEL_BITS, ROUTE_BITS } from "./filter.js";
import { NO_MATCH } from "./search.js";
import { liveCodes } from "./sort.js";
import { compareText } from "./text.js";

/** @typedef {import("./columns.js").Mix} Mix */
/** @typedef {import("./filter.js").Filters} Filters */
/** @typedef {import("./frame.js").Catalog} Catalog */
/** @typedef {import("./frame.js").Column} Column */
/**
 * @typedef {"provider" | "task" | "input_modalities" | "output_modalities" | "supports_tools"
 *   | "supports_structured_output" | "priced" | "min_context_length"} FacetKey
 */
/** @typedef {Record<FacetKey, Record<string, number>>} Facets  value as text -> models; all values, in text order */

/** The steps of the facet of context lengths, in tokens. */
export const CONTEXT_STEPS = Object.freeze([32_000, 128_000, 256_000, 1_000_000]);

/**
 * @param {Catalog} catalog
 * @param {Uint32Array} offsets  as routeOffsets(catalog) gives them
 * @param {Uint8Array} ranks  as search gives them, one per model
 * @param {Filters} filters
 * @param {Mix} mix
 * @returns {Facets}
 */
export function facets(catalog, offsets, ranks, filters, mix) {
  const { models, routes } = catalog;
  const failedModels = failedByModels(catalog, filters);
  const failedRoutes = failedByRoutes(routes, filters, mix);
  const needsRoute = hasRouteFilters(filters);
  const isLive = liveCodes(routes);
  const status = columnOf(routes, "status").codes;
  const count = makeRouteCounter(catalog);
  const takes = makeListCounter(columnOf(models, "input_modalities"));
  const gives = makeListCounter(columnOf(models, "output_modalities"));
  for (let m = 0; m < models.length; m++) {
    if (ranks[m] === NO_MATCH) continue;
    let hasRoute = !needsRoute;
    for (let row = offsets[m]; row < offsets[m + 1]; row++) {
      if (isLive[status[row]] === 0) continue;
      if (failedRoutes[row] === 0) hasRoute = true;
      if (failedModels[m] === 0) count.route(row, failedRoutes[row], m);
    }
    if (failedModels[m] === 0) count.endOfModel();
    if (!hasRoute) continue;
    if ((failedModels[m] & ~MODEL_BITS.input_modalities) === 0) takes.add(m);
    if ((failedModels[m] & ~MODEL_BITS.output_modalities) === 0) gives.add(m);
  }
  return { ...count.result(), input_modalities: takes.result(), output_modalities: gives.result() };
}

/**
 * Counts models by what their live routes offer. A route counts for a facet when it fails no filter, or only those of
 * that facet.
 * @param {Catalog} catalog
 */
function makeRouteCounter({ routes }) {
  const tools = makeFlagCounter(columnOf(routes, "supports_tools"));
  const structured = makeFlagCounter(columnOf(routes, "supports_structured_output"));
  const provider = makeValueCounter(columnOf(routes, "provider"));
  const task = makeValueCounter(columnOf(routes, "task"));
  const input = columnOf(routes, "price_input").codes;
  const output = columnOf(routes, "price_output").codes;
  const context = columnOf(routes, "context_length");
  const lengths = Float64Array.from(context.values, (value) => (typeof value === "number" ? value : -1));
  const steps = new Uint32Array(CONTEXT_STEPS.length);
  let priced = 0;
  let isPriced = false;
  let longest = -1;
  return {
    /**
     * @param {number} row
     * @param {number} failed  the bits of the filters it fails
     * @param {number} m  its model
     */
    route(row, failed, m) {
      if ((failed & (failed - 1)) !== 0) return; // fails two or more
      if ((failed & ~ROUTE_BITS.provider) === 0) provider.add(row, m);
      if ((failed & ~ROUTE_BITS.task) === 0) task.add(row, m);
      if ((failed & ~ROUTE_BITS.supports_tools) === 0) tools.add(row, m);
      if ((failed & ~ROUTE_BITS.supports_structured_output) === 0) structured.add(row, m);
      if ((failed & ~ROUTE_BITS.priced) === 0 && input[row] !== 0 && output[row] !== 0) isPriced = true;
      if ((failed & ~ROUTE_BITS.min_context_length) === 0) {
        longest = Math.max(longest, lengths[context.codes[row]]);
      }
    },
    endOfModel() {
      if (isPriced) priced++;
      for (let i = 0; i < steps.length && longest >= CONTEXT_STEPS[i]; i++) steps[i]++;
      isPriced = false;
      longest = -1;
    },
    result() {
      return {
        provider: provider.result(),
        task: task.result(),
        supports_tools: tools.result(),
        supports_structured_output: structured.result(),
        priced: toRecord([["true", priced]]),
        min_context_length: toRecord(CONTEXT_STEPS.map((step, i) => [String(step), steps[i]])),
      };
    },
  };
}

/**
 * Counts the models that have a value, each once. The stamp of a value is the last model counted for it, plus one.
 * @param {Column} column
 */
function makeValueCounter({ values, codes }) {
  const counts = new Uint32Array(values.length);
  const stamps = new Uint32Array(values.length);
  return {
    /**
     * @param {number} row
     * @param {number} m
     */
    add(row, m) {
      const code = codes[row];
      if (stamps[code] === m + 1) return;
      stamps[code] = m + 1;
      counts[code]++;
    },
    result() {
      return inTextOrder(values.slice(1).map((value, i) => [String(value), counts[i + 1]]));
    },
  };
}

/** @param {Column} column */
function makeFlagCounter(column) {
  const { add, result } = makeValueCounter(column);
  return { add, result: () => toRecord([["true", result().true ?? 0]]) };
}

/**
 * Counts models by each entry of a list they hold: models first by distinct list, entries at the end.
 * @param {Column} column
 */
function makeListCounter({ values, codes }) {
  const counts = new Uint32Array(values.length);
  return {
    /** @param {number} m */
    add(m) {
      counts[codes[m]]++;
    },
    result() {
      /** @type {Map<string, number>} */
      const sums = new Map();
      values.forEach((list, code) => {
        if (list === null || typeof list !== "object") return;
        for (const part of new Set(list)) sums.set(part, (sums.get(part) ?? 0) + counts[code]);
      });
      return inTextOrder([...sums]);
    },
  };
}

/** @param {[string, number][]} counts */
function inTextOrder(counts) {
  return toRecord(counts.sort(([a], [b]) => compareText(a, b)));
}

/**
 * A record without a prototype: a provider may be called "constructor".
 * @param {[string, number][]} counts
 * @returns {Record<string, number>}
 */
function toRecord(counts) {
  const record = Object.create(null);
  for (const [value, count] of counts) record[value] = count;
  return record;
}
