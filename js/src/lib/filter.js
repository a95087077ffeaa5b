// Filters: "or" within one key, "and" across keys, and an unknown value satisfies nothing.
// Each filter is decided once per distinct value; rows only look their code up. The result for a row is a set of
// bits that says which filters it fails, because a facet counts what would match without its own selection.

import { blendedPrices, columnOf, isNumber, MODEL_COLUMNS, modelColumn, ROUTE_COLUMNS } from "./columns.js";

/** @typedef {import("./columns.js").ColumnSpec} ColumnSpec */
/** @typedef {import("./columns.js").Mix} Mix */
/** @typedef {import("./frame.js").Catalog} Catalog */
/** @typedef {import("./frame.js").Frame} Frame */
/** @typedef {import("./frame.js").Value} Value */
/** @typedef {string | number | boolean} Wanted */
/** @typedef {Readonly<Record<string, unknown>>} Filters  as the trait holds them: {provider: ["novita"], priced: true} */
/** @typedef {Record<string, Wanted | readonly Wanted[]>} NormalFilters */
/** @typedef {{ spec: ColumnSpec, bound: "min" | "max" | null }} FilterKey */

/** The bit of each facet; every other filter shares the bit OTHER. */
export const OTHER = 1;
export const ROUTE_BITS = Object.freeze({
  provider: 2,
  task: 4,
  supports_tools: 8,
  supports_structured_output: 16,
  priced: 32,
  min_context_length: 64,
});
export const MODEL_BITS = Object.freeze({ input_modalities: 2, output_modalities: 4 });

/** @type {ColumnSpec} */
const PRICED = {
  name: "priced",
  label: "Priced",
  unit: "",
  kind: "bool",
  first: "desc",
  help: "Whether both prices are known.",
};

/**
 * The canonical form: empty selections and keys unknown here left out, texts always as lists, a single truth value or
 * number by itself. Python has refused what is wrong before it gets here.
 * @param {Filters} filters
 * @returns {NormalFilters}
 */
export function normalFilters(filters) {
  /** @type {NormalFilters} */
  const normal = {};
  for (const [key, given] of Object.entries(filters)) {
    const known = filterKey(key);
    if (known === null || given === null || given === undefined) continue;
    const list = listOf(/** @type {Wanted | readonly Wanted[]} */ (given));
    const wanted = [...new Set(list.map((one) => textInText(known.spec, one)))];
    if (wanted.length === 0) continue;
    if (known.bound !== null) normal[key] = wanted[0];
    else if (known.spec.kind === "bool") normal[key] = wanted.length === 1 ? wanted[0] : [true, false];
    else normal[key] = isNumber(known.spec.kind) && wanted.length === 1 ? wanted[0] : wanted;
  }
  return normal;
}

/**
 * Whether any filter asks something of a route (and not of its model).
 * @param {Filters} filters
 * @returns {boolean}
 */
export function hasRouteFilters(filters) {
  return Object.keys(normalFilters(filters)).some(isRouteKey);
}

/**
 * For each route the bits of the route filters it fails.
 * @param {Frame} routes
 * @param {Filters} filters
 * @param {Mix} mix
 * @returns {Uint8Array}
 */
export function failedByRoutes(routes, filters, mix) {
  const failed = new Uint8Array(routes.length);
  for (const [key, wanted] of Object.entries(normalFilters(filters))) {
    if (!isRouteKey(key)) continue;
    const bit = /** @type {Record<string, number>} */ (ROUTE_BITS)[key] ?? OTHER;
    if (key === "priced") failPriced(routes, listOf(wanted), bit, failed);
    else if (columnName(key) === "price_blended") failBlended(routes, key, wanted, mix, bit, failed);
    else failCells(columnOf(routes, columnName(key)), key, wanted, bit, failed);
  }
  return failed;
}

/**
 * For each model the bits of the model filters it fails.
 * @param {Catalog} catalog
 * @param {Filters} filters
 * @returns {Uint8Array}
 */
export function failedByModels(catalog, filters) {
  const failed = new Uint8Array(catalog.models.length);
  for (const [key, wanted] of Object.entries(normalFilters(filters))) {
    if (isRouteKey(key)) continue;
    const bit = /** @type {Record<string, number>} */ (MODEL_BITS)[key] ?? OTHER;
    failCells(modelColumn(catalog, columnName(key)), key, wanted, bit, failed);
  }
  return failed;
}

/**
 * Those of the given routes that meet all route filters and whose model meets all model filters.
 * @param {Catalog} catalog
 * @param {Uint32Array} rows
 * @param {Filters} filters
 * @param {Mix} mix
 * @returns {Uint32Array}
 */
export function filterRoutes(catalog, rows, filters, mix) {
  const ofRoutes = failedByRoutes(catalog.routes, filters, mix);
  const ofModels = failedByModels(catalog, filters);
  const model = catalog.routes.columns.model.codes;
  return rows.filter((row) => ofRoutes[row] === 0 && ofModels[model[row] - 1] === 0);
}

/**
 * @param {string} key
 * @returns {FilterKey | null}  null when there is no such filter
 */
export function filterKey(key) {
  if (key === "priced") return { spec: PRICED, bound: null };
  const bound = key.startsWith("min_") ? "min" : key.startsWith("max_") ? "max" : null;
  const name = bound === null ? key : key.slice(4);
  const spec = ROUTE_COLUMNS.get(name) ?? MODEL_COLUMNS.get(name);
  if (spec === undefined || (bound !== null && !isNumber(spec.kind) && spec.kind !== "time")) return null;
  return { spec, bound };
}

/** The column of a known filter. @param {string} key */
function columnName(key) {
  return /** @type {FilterKey} */ (filterKey(key)).spec.name;
}

/** @param {string} key */
export function isRouteKey(key) {
  const known = filterKey(key);
  return known !== null && (key === "priced" || ROUTE_COLUMNS.has(known.spec.name));
}

/**
 * @param {Wanted | readonly Wanted[]} wanted
 * @returns {readonly Wanted[]}
 */
function listOf(wanted) {
  return typeof wanted === "object" ? wanted : [wanted];
}

/**
 * The column "gated" holds false or a word: in columns of text everything is compared as text.
 * @param {ColumnSpec} spec
 * @param {Wanted} one
 */
function textInText(spec, one) {
  return spec.kind === "text" ? String(one) : one;
}

/**
 * @param {import("./frame.js").Column} column
 * @param {string} key
 * @param {Wanted | readonly Wanted[]} wanted
 * @param {number} bit
 * @param {Uint8Array} failed
 */
function failCells(column, key, wanted, bit, failed) {
  const test = makeTest(key, wanted);
  const fails = Uint8Array.from(column.values, (value) => (value !== null && test(value) ? 0 : bit));
  for (let row = 0; row < failed.length; row++) failed[row] |= fails[column.codes[row]];
}

/**
 * @param {Frame} routes
 * @param {readonly Wanted[]} wanted
 * @param {number} bit
 * @param {Uint8Array} failed
 */
function failPriced(routes, wanted, bit, failed) {
  const input = columnOf(routes, "price_input").codes;
  const output = columnOf(routes, "price_output").codes;
  const ifPriced = wanted.includes(true) ? 0 : bit;
  const ifNot = wanted.includes(false) ? 0 : bit;
  for (let row = 0; row < failed.length; row++) {
    failed[row] |= input[row] !== 0 && output[row] !== 0 ? ifPriced : ifNot;
  }
}

/**
 * @param {Frame} routes
 * @param {string} key
 * @param {Wanted | readonly Wanted[]} wanted
 * @param {Mix} mix
 * @param {number} bit
 * @param {Uint8Array} failed
 */
function failBlended(routes, key, wanted, mix, bit, failed) {
  const test = makeTest(key, wanted);
  const prices = blendedPrices(routes, mix);
  for (let row = 0; row < failed.length; row++) {
    if (Number.isNaN(prices[row]) || !test(prices[row])) failed[row] |= bit;
  }
}

/**
 * A test of one known value. Times are texts; a bound on them is compared with as many characters as it has, so that
 * max_created "2025-01" takes in all of January.
 * @param {string} key
 * @param {Wanted | readonly Wanted[]} wanted
 * @returns {(value: Exclude<Value, null>) => boolean}
 */
function makeTest(key, wanted) {
  const { spec, bound } = /** @type {FilterKey} */ (filterKey(key));
  if (bound !== null) {
    const limit = /** @type {string | number} */ (listOf(wanted)[0]);
    const isWithin = bound === "min" ? atLeast : atMost;
    if (typeof limit === "number") return (value) => typeof value === "number" && isWithin(value, limit);
    return (value) => typeof value === "string" && isWithin(value.slice(0, limit.length), limit);
  }
  const set = new Set(listOf(wanted));
  if (spec.kind === "text") return (value) => set.has(String(value));
  return (value) =>
    typeof value === "object" ? value.some((part) => set.has(part)) : set.has(/** @type {Wanted} */ (value));
}

/**
 * @param {string | number} value
 * @param {string | number} limit
 */
function atLeast(value, limit) {
  return value >= limit;
}

/**
 * @param {string | number} value
 * @param {string | number} limit
 */
function atMost(value, limit) {
  return value <= limit;
}
