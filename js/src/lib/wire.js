// The bytes of a catalogue, as hfprov_widgets/wire.py writes them, read into frames.

import { makeCodes } from "./frame.js";

/** @typedef {import("./frame.js").Catalog} Catalog */
/** @typedef {import("./frame.js").Codes} Codes */
/** @typedef {import("./frame.js").Column} Column */
/** @typedef {import("./frame.js").Value} Value */
/** @typedef {{ values?: Value[], offset?: number, width?: 1 | 2 | 4 }} WireColumn */
/** @typedef {{ length: number, columns: Record<string, WireColumn> }} WireFrame */

const SCHEMA = 1;

/**
 * @param {DataView | Uint8Array} view  hosts differ in the view they give; both may be a part of a larger buffer
 * @returns {Catalog}
 */
export function decode(view) {
  const bytes = new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
  const size = new DataView(view.buffer, view.byteOffset, 4).getUint32(0, true);
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(4, 4 + size)));
  if (header.schema !== SCHEMA) {
    throw new Error(
      `The data has schema ${header.schema} and this page reads ${SCHEMA}. Restart the kernel and run the cell again.`,
    );
  }
  const body = new Uint8Array(bytes.subarray(4 + size)); // a copy: typed arrays must start at a multiple of their width
  const models = frame(header.models, body);
  const routes = frame(header.routes, body, models.columns.model.values);
  const { source, retrieved_at, dated_rows } = header;
  return { models, routes, source, retrieved_at, dated_rows };
}

/**
 * The catalogue, or why it cannot be read; neither while nothing has come yet.
 * @param {DataView | null} bytes
 * @returns {{ catalog: Catalog | null, error: string }}
 */
export function readCatalog(bytes) {
  if (!bytes?.byteLength) return { catalog: null, error: "" };
  try {
    return { catalog: decode(bytes), error: "" };
  } catch (error) {
    return { catalog: null, error: String(error instanceof Error ? error.message : error) };
  }
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
