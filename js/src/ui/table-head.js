// The head of the provider table: one button per column, with its unit, its sentence of help and its place in the sort.

import { html, nothing } from "lit-html";
import { isNumber } from "../lib/columns.js";

/** @typedef {import("./table-state.js").TableState} TableState */
/** @typedef {import("../lib/columns.js").ColumnSpec} ColumnSpec */

/** Widths in px, with room for readers who set letters wider. Fixed, so that nothing moves; what is left over is shared out. */
const WIDTHS = {
  text: 130,
  list: 110,
  status: 66,
  time: 92,
  bool: 52,
  price: 100,
  blended: 100,
  milliseconds: 88,
  speed: 126,
  tokens: 106,
  count: 80,
};
/** @type {Record<string, number>} */
const BY_NAME = {
  model: 280,
  provider: 140,
  task: 190,
  provider_id: 220,
  source: 260,
  metrics_source: 260,
  is_model_author: 86,
};
/** A provider with a word about its price (on a narrow screen it stands below), and a status with the day on which it was seen. */
const LABELLED_PROVIDER = 212;
const DATED_STATUS = 168;
/** On a narrow screen the sticky first column must leave room for a second. */
const NARROW_MODEL = 180;

const ORDER = { asc: "ascending", desc: "descending" };

/**
 * @param {TableState} state
 * @param {ColumnSpec} column
 * @param {boolean} narrow
 */
export function width(state, { name, kind }, narrow) {
  if (name === "model" && narrow) return NARROW_MODEL;
  if (name === "provider" && state.labelled.value && !narrow) return LABELLED_PROVIDER;
  if (name === "status" && state.catalog.value.dated_rows) return DATED_STATUS;
  return BY_NAME[name] ?? WIDTHS[kind];
}

/**
 * @param {TableState} state
 * @param {readonly ColumnSpec[]} columns
 * @param {boolean} long
 */
export function tableHead(state, columns, long) {
  const sort = state.traits.sort.value;
  return html`<thead><tr aria-rowindex=${long ? 1 : nothing}>${columns.map((column) => {
    const place = sort.findIndex(([name]) => name === column.name);
    const direction = sort[place]?.[1];
    const unit = column.kind === "blended" ? mixUnit(column.unit, state.traits.mix.value) : column.unit;
    const number = isNumber(column.kind);
    return html`<th scope="col" class=${number ? "hfp-n" : ""} aria-sort=${place === 0 ? ORDER[direction] : nothing}>
      <button type="button" class="hfp-sort" data-column=${column.name} title=${column.help}
        @click=${(/** @type {MouseEvent} */ event) => sortBy(state, column, event.shiftKey)}><span>${column.label}${arrow(direction, place, sort.length)}</span><small>${unit}</small>${further(direction, place)}</button></th>`;
  })}</tr></thead>`;
}

/** The unit with the mix where there is room for it; the menu above the table shows it in any case. @param {string} unit @param {readonly number[]} mix */
function mixUnit(unit, mix) {
  const text = `${unit.replace(" tokens", "")}, ${mix.join(" : ")}`;
  return text.length > 15 ? unit : text;
}

/** @param {string | undefined} direction @param {number} place @param {number} keys */
function arrow(direction, place, keys) {
  if (!direction) return nothing;
  return html`<span class="hfp-arrow" aria-hidden="true">${direction === "asc" ? "▲" : "▼"}${keys > 1 ? html`<sup>${place + 1}</sup>` : nothing}</span>`;
}

/** `aria-sort` is for the first key alone; a further one is said in words. @param {"asc" | "desc" | undefined} direction @param {number} place */
const further = (direction, place) =>
  direction && place
    ? html`<span class="hfp-visually-hidden">${ORDER[direction]}, sort key ${place + 1}</span>`
    : nothing;

/**
 * A click sorts by the column, and again the other way; with Shift it becomes a further key.
 * @param {TableState} state @param {ColumnSpec} column @param {boolean} further
 */
function sortBy({ traits: { sort } }, { name, first }, further) {
  const place = sort.value.findIndex(([key]) => key === name);
  const other = /** @type {const} */ ({ asc: "desc", desc: "asc" });
  const turned = /** @type {import("../lib/columns.js").SortKey} */ ([
    name,
    place < 0 ? first : other[sort.value[place][1]],
  ]);
  if (!further) sort.value = place === 0 ? [turned] : [[name, first]];
  else
    sort.value =
      place < 0 ? [...sort.value, turned] : sort.value.map((key, at) => (at === place ? turned : key));
}
