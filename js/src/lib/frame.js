// What the widgets compute on: two frames of dictionary-coded columns, as they come over the wire.
// A column is its distinct values and one small integer per row; code 0 is always "unknown" (null).
// So sorting, filtering and counting look at each distinct value once and at rows only as integers.

/** @typedef {string | number | boolean | readonly string[] | null} Value */
/** @typedef {Uint8Array | Uint16Array | Uint32Array} Codes */
/** @typedef {{ values: readonly Value[], codes: Codes }} Column  values[0] is null */
/** @typedef {{ length: number, columns: Record<string, Column> }} Frame */

/**
 * A catalogue. The rows of `routes` are grouped by model, in the order of `models`; the column `model` of both
 * frames shares one dictionary, and the code of a model is its row in `models` plus one.
 * @typedef {object} Catalog
 * @property {Frame} models
 * @property {Frame} routes
 * @property {string} source     "router", "sample", …
 * @property {string | null} retrieved_at   ISO date or UTC time
 * @property {boolean} dated_rows   rows were read on different days, so each must show its own
 */

/**
 * @param {Frame} frame
 * @param {string} name
 * @param {number} row
 * @returns {Value}
 */
export function value(frame, name, row) {
  const column = frame.columns[name];
  return column === undefined ? null : (column.values[column.codes[row]] ?? null);
}

/**
 * A column of codes wide enough for its dictionary.
 * @param {number} size  number of distinct values, null included
 * @param {number} length
 * @returns {Codes}
 */
export function makeCodes(size, length) {
  if (size <= 0x100) return new Uint8Array(length);
  return size <= 0x10000 ? new Uint16Array(length) : new Uint32Array(length);
}

/**
 * @param {readonly Value[]} cells
 * @returns {Column}
 */
export function encode(cells) {
  /** @type {Map<string, number>} */
  const seen = new Map();
  /** @type {Value[]} */
  const values = [null];
  const wide = cells.map((cell) => {
    if (cell === null || cell === undefined) return 0;
    const key = `${typeof cell}${JSON.stringify(cell)}`;
    const known = seen.get(key);
    if (known !== undefined) return known;
    seen.set(key, values.length);
    return values.push(cell) - 1;
  });
  const codes = makeCodes(values.length, wide.length);
  codes.set(wide);
  return { values, codes };
}

/**
 * The first row of each model's routes, and one past the last: the routes of model m are offsets[m] … offsets[m + 1].
 * @param {Catalog} catalog
 * @returns {Uint32Array}
 */
export function routeOffsets(catalog) {
  const offsets = new Uint32Array(catalog.models.length + 1);
  const codes = catalog.routes.columns.model.codes;
  for (let row = 0; row < codes.length; row++) offsets[codes[row]]++;
  for (let m = 0; m < catalog.models.length; m++) offsets[m + 1] += offsets[m];
  return offsets;
}
