// The provider table: the routes of one model side by side, or those of many as a list.
// A native table: headers are buttons that sort, each row's provider is a button that chooses the row.

import { html, nothing } from "lit-html";
import { blendedPrices, columnSpec, isNumber, ROUTE_COLUMNS } from "../lib/columns.js";
import { format, integer, plural } from "../lib/format.js";
import { value } from "../lib/frame.js";
import { tellWhenSettled } from "./announce.js";
import { catalogView } from "./catalog-view.js";
import { cellContent, cellTitle } from "./cells.js";
import { noRoute } from "./no-route.js";
import { mountRoot } from "./root.js";
import { backToPlace, drawnRows, rowsTable, walkRows } from "./rows.js";
import { tableFoot } from "./table-foot.js";
import { tableHead, width } from "./table-head.js";
import { tableMenus } from "./table-menus.js";
import { tableState } from "./table-state.js";
import { title } from "./title.js";

/** @typedef {import("./table-state.js").TableState} TableState */
/** @typedef {import("./table-state.js").TableTraits} TableTraits */

/**
 * @param {HTMLElement} el
 * @param {TableTraits} traits
 * @param {AbortSignal} end
 */
export function mountTable(el, traits, end) {
  const state = tableState(traits);
  const root = mountRoot(el, {
    name: "hfp-table",
    home: ".hfp-pick[tabindex='0'], .hfp-menus button",
    end,
    ...catalogView("table", state, (narrow) => template(state, narrow)),
    python: traits,
    resized: () => backToPlace(root, state),
  });
  const another = () => [traits.model.value, traits.filters.value, traits.sort.value];
  walkRows(root, state, another, end);
  tellWhenSettled(state.summary, state.told, end);
}

/** @param {TableState} state @param {boolean} narrow */
function template(state, narrow) {
  return html`<div class="hfp-bar">${heading(state)}${tableMenus(state)}</div>
    ${state.rows.value.length ? body(state, narrow) : noRoute(state, "table")}
    ${tableFoot(state)}`;
}

/** @param {TableState} state */
function heading(state) {
  const id = state.single.value;
  const routes = state.all.value.length;
  const order = hiddenOrder(state);
  const shown = state.rows.value.length;
  const count =
    shown === routes ? plural(routes, "route") : `${integer(shown)} of ${plural(routes, "route")}`;
  const does = id === null ? [] : facts(state, id).map((fact) => html`· ${fact} `);
  return title(state, "Routes", html`${does}<span aria-hidden="true">· ${count}</span>${order}`);
}

/** The order in words, where the column that makes it is not on screen. @param {TableState} state */
function hiddenOrder({ traits, columns }) {
  const [name, direction] = traits.sort.value[0] ?? [];
  if (!name || columns.value.includes(name)) return "";
  return ` · by ${ROUTE_COLUMNS.get(name)?.label.toLowerCase()} ${direction === "asc" ? "▲" : "▼"}`;
}

/** @param {TableState} state @param {string} id */
function facts({ catalog: { value: catalog }, ids }, id) {
  const row = ids.value.indexOf(id);
  if (row < 0) return [];
  const takes = value(catalog.models, "input_modalities", row);
  const gives = value(catalog.models, "output_modalities", row);
  const does =
    takes === null || gives === null
      ? value(catalog.models, "pipeline_tag", row)
      : `${format("list", takes)} → ${format("list", gives)}`;
  return [does, value(catalog.models, "inference", row)].filter((fact) => fact !== null);
}

/** @param {TableState} state @param {boolean} narrow */
function body(state, narrow) {
  const columns = state.columns.value.map(columnSpec);
  const drawn = drawnRows(state);
  const { start, long, tab } = drawn;
  const rows = state.rows.value.subarray(start, drawn.end);
  const blended = blendedPrices(state.catalog.value.routes, state.traits.mix.value, rows);
  const label = state.single.value === null ? "Routes" : `Providers of ${state.single.value}`;
  return rowsTable(state, drawn, {
    widths: columns.map((column) => width(state, column, narrow)),
    caption: `${label}. Prices in US dollars per million tokens. Choose a row with the button in its first cells.`,
    head: tableHead(state, columns, long),
    lines: Array.from(rows, (row, at) =>
      tableRow(state, columns, row, {
        at: start + at,
        tab: start + at === tab,
        blended: blended[at],
        long,
      }),
    ),
  });
}

/**
 * @param {TableState} state
 * @param {readonly import("../lib/columns.js").ColumnSpec[]} columns
 * @param {number} row       of `routes`
 * @param {object} place
 * @param {number} place.at        position in the table
 * @param {boolean} place.tab      whether Tab reaches this row
 * @param {number} place.blended   NaN: unknown
 * @param {boolean} place.long
 */
function tableRow(state, columns, row, { at, tab, blended, long }) {
  const chosen = state.chosenRow.value === row;
  const routes = state.catalog.value.routes;
  const live = value(routes, "status", row) === "live";
  const cells = columns.map((column, index) => {
    const cell =
      column.name !== "price_blended"
        ? value(routes, column.name, row)
        : Number.isNaN(blended)
          ? null
          : blended;
    const best = state.marks.value[column.name]?.has(row) ?? false;
    const content = cellContent(state, column, row, cell, { best, tab });
    const look = `${isNumber(column.kind) ? "hfp-n" : ""}${best ? " hfp-is-best" : ""}`;
    const title = cellTitle(state, column, row, cell);
    return index
      ? html`<td class=${look} title=${title}>${content}</td>`
      : html`<th scope="row" class=${look} title=${title}>${content}</th>`;
  });
  return html`<tr data-key=${state.routeId(row)} class="${chosen ? "hfp-chosen-row" : ""}${live ? "" : " hfp-not-live"}"
    aria-rowindex=${long ? at + 2 : nothing}>${cells}</tr>`;
}
