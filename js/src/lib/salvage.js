// What can still be told of a catalogue that this page cannot read as a whole: a few rows of text, of the columns whose
// names are known. The header may be of any version, so nothing in it is taken for granted: of another schema no figure
// is told whose unit may be another one.

import { isNumber, MODEL_COLUMNS, ROUTE_COLUMNS } from "./columns.js";
import { DASH, format } from "./format.js";
import { LABELS, labelsOf } from "./labels.js";
import { openWire, SCHEMA } from "./wire.js";

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

/** Kinds whose figures mean nothing without their unit. */
const MEASURED = new Set(["price", "blended", "milliseconds", "speed"]);

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
      if (header.schema !== SCHEMA && MEASURED.has(spec.kind)) continue;
      if (name === "status" && header.dated_rows !== false) continue; // "live" of a past day would read as now
      const cells = cellsOf(columns[name], length, body, ids);
      if (cells) known.push([spec, cells]);
    }
    if (!known.length) return null;
    const rows = rowsOf(known, length, asked);
    if (!rows.length) return null;
    return {
      columns: known.map(([{ label, unit, kind }]) => ({ label, unit, numeric: isNumber(kind) })),
      rows: rows.slice(0, ROWS).map((row) => known.map((column) => words(known, column, row))),
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
 * A cell as the widget would write it, the provider with what has to be said of the price.
 * @param {[ColumnSpec, Cells][]} known
 * @param {[ColumnSpec, Cells]} column
 * @param {number} row
 */
function words(known, [{ name, kind }, cells], row) {
  const value = cells(row);
  if (Array.isArray(value)) return value.filter((part) => typeof part === "string").join("+") || DASH;
  const text = typeof value === "object" ? DASH : format(kind, /** @type {Value} */ (value));
  if (name !== "provider") return text;
  const cell = (/** @type {string} */ other) => known.find(([spec]) => spec.name === other)?.[1](row) ?? null;
  return [text, ...labelsOf(cell).map((label) => `(${LABELS[label].words})`)].join(" ");
}
