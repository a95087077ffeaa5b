// What can still be told of a catalogue that this page cannot read as a whole: a few rows of text, of the columns whose
// names are known. The header may be of any version, so nothing in it is taken for granted.

import { isNumber, MODEL_COLUMNS, ROUTE_COLUMNS } from "./columns.js";
import { DASH, format } from "./format.js";
import { openWire } from "./wire.js";

/** @typedef {import("./columns.js").ColumnSpec} ColumnSpec */
/** @typedef {import("./frame.js").Value} Value */
/** @typedef {(row: number) => unknown} Cells */

/**
 * @typedef {object} Rescued
 * @property {{ label: string, unit: string, numeric: boolean }[]} columns
 * @property {string[][]} rows
 * @property {number} more   how many rows there are beyond these
 * @property {string} source
 * @property {string} when
 */

const ROWS = 20;

/**
 * @param {import("./wire.js").Bytes | null | undefined} bytes
 * @param {"models" | "routes"} which
 * @param {unknown} asked  the ids of the models to tell of; anything else: all
 * @returns {Rescued | null}
 */
export function salvage(bytes, which, asked) {
  if (!bytes?.byteLength) return null;
  try {
    const { header, body } = openWire(bytes);
    const ids = header.models?.columns?.model?.values;
    const { length, columns } = header[which];
    if (!Number.isInteger(length) || length < 0) return null;
    /** @type {[ColumnSpec, Cells][]} */
    const known = [];
    for (const [name, spec] of which === "models" ? MODEL_COLUMNS : ROUTE_COLUMNS) {
      const cells = cellsOf(columns[name], length, body, ids);
      if (cells) known.push([spec, cells]);
    }
    if (!known.length) return null;
    const rows = rowsOf(known, length, asked);
    return {
      columns: known.map(([{ label, unit, kind }]) => ({ label, unit, numeric: isNumber(kind) })),
      rows: rows.slice(0, ROWS).map((row) => known.map(([{ kind }, cells]) => words(kind, cells(row)))),
      more: Math.max(0, rows.length - ROWS),
      source: typeof header.source === "string" ? header.source : "an unknown source",
      when: typeof header.retrieved_at === "string" ? header.retrieved_at.slice(0, 10) : "an unknown day",
    };
  } catch {
    return null; // whoever asks says why the whole cannot be read; of the parts there is nothing to say
  }
}

/**
 * @param {any} column
 * @param {number} length
 * @param {Uint8Array<ArrayBuffer>} body
 * @param {unknown} ids  the models' ids, which a column of routes without values of its own shares
 * @returns {Cells | null}  null: not a column as it is known here
 */
function cellsOf(column, length, body, ids) {
  const values = column?.values ?? ids;
  if (!column || !Array.isArray(values)) return null;
  const { offset, width = 1 } = column;
  if (offset === undefined) return length < values.length ? (row) => values[row + 1] : null;
  if (![1, 2, 4].includes(width) || !(offset >= 0) || offset + length * width > body.length) return null;
  const view = new DataView(body.buffer);
  return (row) => {
    const at = offset + row * width;
    const code =
      width === 1 ? view.getUint8(at) : width === 2 ? view.getUint16(at, true) : view.getUint32(at, true);
    return values[code];
  };
}

/**
 * @param {[ColumnSpec, Cells][]} known
 * @param {number} length  no more than the bytes hold: a column was found in them
 * @param {unknown} asked
 */
function rowsOf(known, length, asked) {
  const all = Array.from({ length }, (_, row) => row);
  const wanted = typeof asked === "string" ? [asked] : asked;
  if (!Array.isArray(wanted)) return all;
  const owner = known.find(([{ name }]) => name === "model")?.[1];
  return owner ? all.filter((row) => wanted.includes(owner(row))) : [];
}

/**
 * @param {import("./columns.js").Kind} kind
 * @param {unknown} value
 */
function words(kind, value) {
  if (Array.isArray(value)) return value.map(String).join("+") || DASH;
  return typeof value === "object" ? DASH : format(kind, /** @type {Value} */ (value));
}
