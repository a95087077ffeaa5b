// What each column is (name, header, unit, kind) and how the one computed column, the blended price, is made.
// The table itself is the Python package's columns.json, so both languages read the same words.

import table from "../../../hfprov_widgets/data/columns.json" with { type: "json" };

/**
 * @typedef {"text" | "status" | "time" | "list" | "bool" | "price" | "blended" | "milliseconds" | "speed"
 *   | "tokens" | "count"} Kind
 */
/** @typedef {"asc" | "desc"} Direction */
/** @typedef {readonly [column: string, direction: Direction]} SortKey */
/** @typedef {readonly SortKey[]} Sort */
/** @typedef {readonly [input: number, output: number]} Mix  parts of input and of output tokens */
/**
 * @typedef {object} ColumnSpec
 * @property {string} name
 * @property {string} label   the header
 * @property {string} unit    "" where there is none
 * @property {Kind} kind
 * @property {Direction} first   the direction of the first click on the header
 * @property {"low" | "high"} [better]   which end deserves a mark, where one does
 * @property {string} help    one sentence, of columns of routes
 * @property {string} [said]  what it is called within a sentence, where that is not the label in small letters
 */

/** Input to output tokens, three to one: the usual convention. @type {Mix} */
export const DEFAULT_MIX = [3, 1];

const DEFAULTS = { unit: "", first: /** @type {const} */ ("asc"), help: "" };

/** @type {ReadonlyMap<string, ColumnSpec>} */
export const ROUTE_COLUMNS = byName(table.route);
/** @type {ReadonlyMap<string, ColumnSpec>} */
export const MODEL_COLUMNS = byName(table.model);

/** Of an unknown task too: the router's list is of chat, and has none. @type {ReadonlySet<unknown>} */
const TOKEN_TASKS = new Set([null, ...table.token_tasks]);

/** What a column of routes is. @param {string} name  of one that there is */
export const columnSpec = (name) => /** @type {ColumnSpec} */ (ROUTE_COLUMNS.get(name));

/** Kinds that stand to the right. */
const NUMBERS = new Set(["price", "blended", "milliseconds", "speed", "tokens", "count"]);

/** @param {string} kind */
export const isNumber = (kind) => NUMBERS.has(kind);

/**
 * USD per 1M tokens for a mix of input and output tokens; null where a price that counts is unknown.
 * @param {number | null} input   USD per 1M input tokens
 * @param {number | null} output  USD per 1M output tokens
 * @param {Mix} mix
 * @returns {number | null}
 */
export function blendedPrice(input, output, [a, b]) {
  if ((input === null && a > 0) || (output === null && b > 0)) return null;
  const price = (a * (input ?? 0) + b * (output ?? 0)) / (a + b);
  return Number.isFinite(price) ? price : null;
}

/**
 * A column of a frame; one in which every cell is unknown where the frame has no such column.
 * @param {import("./frame.js").Frame} frame
 * @param {string} name
 * @returns {import("./frame.js").Column}
 */
export function columnOf(frame, name) {
  return frame.columns[name] ?? { values: [null], codes: new Uint8Array(frame.length) };
}

/**
 * Tells of a row whether it is billed by something else than tokens, such as an image; its price is never ranked
 * against one for tokens.
 * @param {import("./frame.js").Frame} routes
 */
export function otherUnit(routes) {
  const { values, codes } = columnOf(routes, "task");
  const isOther = values.map((task) => !TOKEN_TASKS.has(task));
  return (/** @type {number} */ row) => isOther[codes[row]];
}

/**
 * A column of models. The counts of routes and of providers follow from the routes, so no frame needs to hold them.
 * @param {import("./frame.js").Catalog} catalog
 * @param {string} name
 * @returns {import("./frame.js").Column}
 */
export function modelColumn(catalog, name) {
  const isCount = name === "n_routes" || name === "n_providers";
  if (!isCount || catalog.models.columns[name] !== undefined) return columnOf(catalog.models, name);
  const model = catalog.routes.columns.model.codes;
  const { values, codes: provider } = columnOf(catalog.routes, "provider");
  const seenBy = new Uint32Array(values.length); // the last model that a provider was counted for
  const codes = new Uint32Array(catalog.models.length);
  let most = 0;
  for (let row = 0; row < model.length; row++) {
    if (name === "n_providers" && seenBy[provider[row]] === model[row]) continue;
    seenBy[provider[row]] = model[row];
    most = Math.max(most, ++codes[model[row] - 1]);
  }
  // Code 0 is kept for "unknown", and a count is always known.
  return { values: [null, ...Array.from({ length: most + 1 }, (_, n) => n)], codes: codes.map((n) => n + 1) };
}

/**
 * The blended price of the given routes, NaN where it is unknown.
 * @param {import("./frame.js").Frame} routes
 * @param {Mix} mix
 * @param {Uint32Array | null} [rows]  all routes when null
 * @returns {Float64Array}
 */
export function blendedPrices(routes, mix, rows = null) {
  const input = columnOf(routes, "price_input");
  const output = columnOf(routes, "price_output");
  const inputs = /** @type {readonly (number | null)[]} */ (input.values);
  const outputs = /** @type {readonly (number | null)[]} */ (output.values);
  const prices = new Float64Array(rows === null ? routes.length : rows.length);
  for (let i = 0; i < prices.length; i++) {
    const row = rows === null ? i : rows[i];
    prices[i] = blendedPrice(inputs[input.codes[row]], outputs[output.codes[row]], mix) ?? Number.NaN;
  }
  return prices;
}

/**
 * @param {readonly object[]} specs
 * @returns {ReadonlyMap<string, ColumnSpec>}
 */
function byName(specs) {
  const columns = /** @type {readonly ColumnSpec[]} */ (specs);
  return new Map(columns.map((column) => [column.name, { ...DEFAULTS, ...column }]));
}
