// The cells of the provider table: a value as text, with the words for what is missing, best, doubtful or old.

import { html, nothing } from "lit-html";
import { cleanNumber, format } from "../lib/format.js";
import { value } from "../lib/frame.js";
import { priceLabels, statusWords } from "../lib/labels.js";
import { labelTags } from "./tags.js";
import { modelName } from "./title.js";

/** @typedef {import("./table-state.js").TableState} TableState */
/** @typedef {import("../lib/columns.js").ColumnSpec} ColumnSpec */
/** @typedef {import("../lib/frame.js").Value} Value */

/**
 * A cell's content; a plain text wherever that is enough, since a table of many rows is drawn often.
 * @param {TableState} state
 * @param {ColumnSpec} column
 * @param {number} row
 * @param {Value} cell   the value, the blended price included
 * @param {{ best: boolean, tab: boolean }} look  tab: whether Tab reaches this row
 */
export function cellContent(state, column, row, cell, { best, tab }) {
  if (column.name === "provider") return providerCell(state, row, cell, tab);
  if (cell === null) return MISSING;
  if (column.name === "model") return modelName(String(cell));
  if (column.kind === "status") return statusCell(state, row, String(cell));
  const text = format(column.kind, cell);
  if (column.kind === "bool") return cell === false ? html`<span class="hfp-no">${text}</span>` : text;
  const day = isSpeedFigure(column) ? readOnAnotherDay(state, row) : "";
  const figure = day
    ? html`<span class="hfp-old">${text}</span><span class="hfp-visually-hidden"> read ${day}</span>`
    : text;
  const mark = best ? html`<span class="hfp-best">best</span> ` : "";
  if (column.kind === "speed") return html`${mark}${figure}${bar(state, cell)}`;
  return mark ? html`${mark}${figure}` : figure;
}

/** Not published is not zero and not false. */
const MISSING = html`<span class="hfp-dash" role="img" aria-label="not published" title="not published">—</span>`;

/** Beside a speed, as a part of the fastest shown. @param {TableState} state @param {Value} speed */
function bar(state, speed) {
  if (typeof speed !== "number" || state.single.value === null) return nothing;
  const share = Math.round((100 * speed) / state.fastest.value);
  return html`<span class="hfp-meter" aria-hidden="true" style="--share:${share}%"></span>`;
}

/**
 * The exact value, where the cell shows it rounded.
 * @param {TableState} state @param {ColumnSpec} column @param {number} row @param {Value} cell
 * @returns {string}
 */
export function cellTitle(state, column, row, cell) {
  if (cell === null || column.name === "provider") return "";
  if (typeof cell !== "number") return column.kind === "text" ? String(cell) : "";
  const day = isSpeedFigure(column) ? readOnAnotherDay(state, row) : "";
  const exact = `${cleanNumber(cell)} ${column.unit}`;
  return day ? `${exact}, read ${day}` : exact;
}

/** @param {ColumnSpec} column */
const isSpeedFigure = ({ kind }) => kind === "speed" || kind === "milliseconds";

/** @param {TableState} state @param {number} row @returns {string} the day, when it is not the row's own */
function readOnAnotherDay({ catalog: { value: catalog } }, row) {
  const measured = String(value(catalog.routes, "metrics_retrieved_at", row) ?? "").slice(0, 10);
  return measured === String(value(catalog.routes, "retrieved_at", row) ?? "").slice(0, 10) ? "" : measured;
}

/** @param {TableState} state @param {number} row @param {Value} provider @param {boolean} tab */
function providerCell(state, row, provider, tab) {
  const chosen = state.chosenRow.value === row;
  const labels = labelTags(priceLabels(state.catalog.value.routes, row));
  return html`<button type="button" class="hfp-pick" aria-pressed=${String(chosen)} tabindex=${tab ? "0" : "-1"} data-row=${row}
    title=${state.routeId(row)}><bdi>${provider}</bdi></button>${labels}`;
}

/** @param {TableState} state @param {number} row @param {string} status */
function statusCell({ catalog: { value: catalog } }, row, status) {
  const look =
    status === "error" ? "hfp-failing" : status === "live" && !catalog.dated_rows ? "hfp-live" : "hfp-was";
  return html`<span class="hfp-dot ${look}" aria-hidden="true"></span>${statusWords(catalog, row)}`;
}
