// The bytes of a catalogue, as hfprov_widgets/wire.py writes them, read into frames.

import { makeCodes } from "./frame.js";

/** @typedef {import("./frame.js").Catalog} Catalog */
/** @typedef {import("./frame.js").Codes} Codes */
/** @typedef {import("./frame.js").Column} Column */
/** @typedef {import("./frame.js").Value} Value */
/** @typedef {{ values?: Value[], offset?: number, width?: 1 | 2 | 4 }} WireColumn */
/** @typedef {{ length: number, columns: Record<string, WireColumn> }} WireFrame */
/** @typedef {DataView | Uint8Array} Bytes   hosts differ in the view they give; both may be a part of a larger buffer */

/** The number of the whole protocol between the page and Python, not of these bytes alone. */
export const SCHEMA = 1;
const AGAIN = "Restart the kernel, load the page anew and run the cell again.";

/** Bytes that cannot be read; the message is for the user. */
class UnreadableError extends Error {}

/**
 * @param {Bytes} view
 * @returns {Catalog}
 */
export function decode(view) {
  const { header, body } = openWire(view);
  if (header.schema !== SCHEMA) throw new UnreadableError(otherVersion(header.schema));
  const models = frame(header.models, body);
  const routes = frame(header.routes, body, models.columns.model.values);
  const { source, retrieved_at, dated_rows } = header;
  return { models, routes, source, retrieved_at, dated_rows };
}

/**
 * The catalogue, or why it cannot be read; neither while nothing has come yet.
 * @param {Bytes | null} bytes
 * @returns {Reading}
 */
export function readCatalog(bytes) {
  if (!bytes?.byteLength) return { catalog: null, error: "" };
  const known = readings.get(bytes);
  if (known) return known;
  const reading = firstReading(bytes);
  readings.set(bytes, reading);
  return reading;
}

/** @typedef {{ catalog: Catalog | null, error: string }} Reading */

/** Two views of a widget, and the parts of the explorer, are given the same bytes: they are read once. @type {WeakMap<Bytes, Reading>} */
const readings = new WeakMap();

/** @param {Bytes} bytes @returns {Reading} */
function firstReading(bytes) {
  try {
    return { catalog: decode(bytes), error: "" };
  } catch (error) {
    if (error instanceof UnreadableError) return { catalog: null, error: error.message };
    return { catalog: null, error: `Its data is not in the form that this page reads (${error}). ${AGAIN}` };
  }
}

/**
 * The header, of whatever schema, and the bytes after it.
 * @param {Bytes} view
 * @returns {{ header: any, body: Uint8Array<ArrayBuffer> }}
 */
export function openWire(view) {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const size = bytes.length < 4 ? 0 : new DataView(view.buffer, view.byteOffset, 4).getUint32(0, true);
  if (size === 0 || 4 + size > bytes.length)
    throw new UnreadableError(`Its data is cut off, or is no catalogue. ${AGAIN}`);
  const header = parsed(bytes.subarray(4, 4 + size));
  if (typeof header !== "object" || header === null || Array.isArray(header))
    throw new UnreadableError(`Its data is no catalogue. ${AGAIN}`);
  // A copy: typed arrays must start at a multiple of their width.
  return { header, body: new Uint8Array(bytes.subarray(4 + size)) };
}

/** @param {Uint8Array} text */
function parsed(text) {
  try {
    return JSON.parse(new TextDecoder().decode(text));
  } catch {
    return null;
  }
}

/** @param {unknown} schema */
function otherVersion(schema) {
  const which = typeof schema !== "number" ? "another" : schema > SCHEMA ? "a newer" : "an older";
  const said = typeof schema === "number" ? String(schema) : "none that is known";
  return `Its data is of ${which} version of hfprov_widgets than this page (schema ${said}; the page reads ${SCHEMA}). ${AGAIN}`;
}

/**
 * @param {WireFrame} wire
 * @param {Uint8Array<ArrayBuffer>} body
 * @param {readonly Value[]} [modelIds]  the dictionary that the routes' column `model` shares
 */
function frame(wire, body, modelIds) {
  /** @type {Record<string, Column>} */
  const columns = {};
  for (const [name, column] of Object.entries(wire.columns)) {
    const values = column.values ?? modelIds ?? [null];
    columns[name] = { values, codes: codes(column, wire.length, body) };
  }
  return { length: wire.length, columns };
}

/**
 * @param {WireColumn} column
 * @param {number} length
 * @param {Uint8Array<ArrayBuffer>} body
 * @returns {Codes}
 */
function codes({ offset, width }, length, body) {
  if (offset === undefined) return ascending(length);
  const Kind = width === 4 ? Uint32Array : width === 2 ? Uint16Array : Uint8Array;
  if (offset + length * Kind.BYTES_PER_ELEMENT > body.length)
    throw new UnreadableError(`Its data is cut off. ${AGAIN}`);
  return new Kind(body.buffer, body.byteOffset + offset, length);
}

/**
 * The column of the models' own ids: row 0 has code 1, and so on.
 * @param {number} length
 */
function ascending(length) {
  const codes = makeCodes(length + 1, length);
  for (let row = 0; row < length; row++) codes[row] = row + 1;
  return codes;
}
