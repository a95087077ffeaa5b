// The provider table: the routes of one model side by side, or those of many as a list.
// A native table: headers are buttons that sort, each row's provider is a button that chooses the row.

import { effect } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { blendedPrices, isNumber, ROUTE_COLUMNS } from "../lib/columns.js";
import { format, integer, plural } from "../lib/format.js";
import { value } from "../lib/frame.js";
import { scrollTo, visible } from "../lib/window.js";
import { announcement, tellWhenSettled } from "./announce.js";
import { cellContent, cellTitle } from "./cells.js";
import { noRoute } from "./no-route.js";
import { readPlace, restorePlace } from "./place.js";
import { plainView } from "./plain.js";
import { followPrint, notPrinted, printed } from "./print.js";
import { mountRoot } from "./root.js";
import { tableFoot } from "./table-foot.js";
import { tableHead, width } from "./table-head.js";
import { tableMenus } from "./table-menus.js";
import { tableState } from "./table-state.js";

/** @typedef {import("./table-state.js").TableState} TableState */
/** @typedef {import("./table-state.js").TableTraits} TableTraits */

/** A table with more rows scrolls inside itself and draws only the rows in view. */
const ROWS = 14;
/** Heights in px, the same in table.css. */
const HEIGHT = 30;
const HEAD = 46;

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
    template: (narrow) => template(state, narrow),
    plain: (why) => plain(state, why),
    python: traits,
    resized: () => backToPlace(),
  });
  const backToPlace = () => restorePlace(root.querySelector(".hfp-scroll"), state, HEIGHT);
  const focusRow = (/** @type {number} */ at) => {
    const scroller = root.querySelector(".hfp-scroll");
    if (!scroller) return;
    state.activeKey.value = state.routeId(state.rows.value[at]);
    if (isLong(state)) {
      scroller.scrollTop = scrollTo(at, scroller.scrollTop, scroller.clientHeight - HEAD, HEIGHT);
      readPlace(scroller, state, HEIGHT);
    }
    focusPick(scroller);
  };
  root.addEventListener("keydown", (event) => onKey(state, event, focusRow), { signal: end });
  followPrint(state.printing, end, backToPlace);
  tellWhenSettled(state.summary, state.told, end);
  end.addEventListener("abort", startAtTop(state, root));
  end.addEventListener("abort", followRow(state, root));
}

/**
 * Another model, filter or order is another table: it is read from its top.
 * @param {TableState} state
 * @param {HTMLElement} root
 */
function startAtTop(state, root) {
  const { traits, scroll } = state;
  return effect(() => {
    state.place = 0;
    [traits.model.value, traits.filters.value, traits.sort.value];
    const scroller = root.querySelector(".hfp-scroll");
    if (scroller) scroller.scrollTop = 0;
    scroll.value = 0;
  });
}

/**
 * Rows are drawn into the elements that were there. When others take their places, the focus goes along with its row.
 * @param {TableState} state
 * @param {HTMLElement} root
 */
function followRow({ decoded, rows }, root) {
  return effect(() => {
    if (!decoded.value.catalog) return;
    rows.value;
    const scroller = root.querySelector(".hfp-scroll");
    if (scroller?.querySelector(".hfp-pick:focus")) focusPick(scroller);
  });
}

/** @param {TableState} state @param {boolean} narrow */
function template(state, narrow) {
  const { catalog, error } = state.decoded.value;
  if (error) return plain(state, error);
  if (!catalog) return html`<div class="hfp-message" role="status">Loading the catalogue…</div>`;
  const busy = state.traits._freshness.value.phase === "refreshing";
  return html`<div class=${busy ? "hfp-progress hfp-busy" : "hfp-progress"} aria-hidden="true"></div>
    <div class="hfp-bar">${heading(state)}${tableMenus(state)}</div>
    ${state.rows.value.length ? body(state, narrow) : noRoute(state, "table")}
    ${tableFoot(state)}`;
}

/** @param {TableState} state @param {string} why */
const plain = ({ traits, asked }, why) =>
  plainView({ kind: "table", why, bytes: traits._catalog.value, asked: asked.value });

/** @param {TableState} state */
function heading(state) {
  const id = state.single.value;
  const routes = state.all.value.length;
  const order = hiddenOrder(state);
  const shown = state.rows.value.length;
  const count =
    shown === routes ? plural(routes, "route") : `${integer(shown)} of ${plural(routes, "route")}`;
  if (id === null) {
    const models = state.asked.value?.length ?? state.ids.value.length;
    return html`<span class="hfp-title"><span class="hfp-name">Routes</span> <span class="hfp-quiet">${plural(models, "model")} <span aria-hidden="true">· ${count}</span>${order}</span>${announcement(state.told)}</span>`;
  }
  const name = id.indexOf("/") + 1;
  return html`<span class="hfp-title" title=${id}><span class="hfp-org">${id.slice(0, name)}</span><span class="hfp-name">${id.slice(name)}</span>
    <span class="hfp-quiet">${facts(state, id).map((fact) => html`· ${fact} `)}<span aria-hidden="true">· ${count}</span>${order}</span>${announcement(state.told)}</span>`;
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

/** @param {TableState} state */
const isLong = (state) => state.rows.value.length > ROWS;

/** Which rows are in the document. @param {TableState} state */
function drawn(state) {
  const { length } = state.rows.value;
  if (state.printing.value) return printed(length);
  return isLong(state)
    ? visible(state.scroll.value, ROWS * HEIGHT, HEIGHT, length)
    : { start: 0, end: length };
}

/** @param {TableState} state @param {boolean} narrow */
function body(state, narrow) {
  const columns = state.columns.value.map(
    (name) => /** @type {import("../lib/columns.js").ColumnSpec} */ (ROUTE_COLUMNS.get(name)),
  );
  const rows = state.rows.value;
  const long = isLong(state);
  const { start, end } = drawn(state);
  const active = state.active.value;
  const first = Math.ceil(state.scroll.value / HEIGHT);
  const tab = active >= start && active < end ? active : Math.min(first, end - 1);
  const blended = blendedPrices(
    state.catalog.value.routes,
    state.traits.mix.value,
    rows.subarray(start, end),
  );
  const widths = columns.map((column) => width(state, column, narrow));
  const total = widths.reduce((sum, px) => sum + px, 0);
  const label = state.single.value === null ? "Routes" : `Providers of ${state.single.value}`;
  return html`<div class="hfp-scroll" tabindex="-1" style=${long ? `--hfp-height:${ROWS * HEIGHT + HEAD}px` : ""} @scroll=${(/** @type {Event} */ event) => onScroll(state, event)} @focusin=${uncover}>
    <table style="--hfp-width:${total}px" aria-rowcount=${long ? rows.length + 1 : nothing} @click=${(/** @type {Event} */ event) => onClick(state, event)}>
      <caption class="hfp-visually-hidden">${label}. Prices in US dollars per million tokens. Choose a row with the button in its first cells.</caption>
      <colgroup>${widths.map((px) => html`<col style="--hfp-width:${px}px">`)}</colgroup>
      ${tableHead(state, columns, long)}
      <tbody>
        ${start ? html`<tr aria-hidden="true" class="hfp-gap" style="height:${start * HEIGHT}px"></tr>` : nothing}
        ${Array.from(rows.subarray(start, end), (row, at) => tableRow(state, columns, row, { at: start + at, tab: start + at === tab, blended: blended[at], long }))}
        ${end < rows.length ? html`<tr aria-hidden="true" class="hfp-gap" style="height:${(rows.length - end) * HEIGHT}px"></tr>` : nothing}
      </tbody>
    </table></div>${state.printing.value ? notPrinted(rows.length) : nothing}`;
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

/**
 * Whether a mouse has just marked text in this row: the user copies, and does not choose.
 * @param {Element} line @param {Event} event
 */
function marksText(line, event) {
  const selection = getSelection();
  return (
    event instanceof MouseEvent &&
    event.detail > 0 &&
    selection?.type === "Range" &&
    line.contains(selection.anchorNode)
  );
}

/** The focus goes to the row that the keys have reached; where it is not drawn, to the table. @param {Element} scroller */
function focusPick(scroller) {
  const row = /** @type {HTMLElement | null} */ (scroller.querySelector(".hfp-pick[tabindex='0']"));
  (row ?? /** @type {HTMLElement} */ (scroller)).focus({ preventScroll: true });
}

/**
 * Where the columns are scrolled, a row's button may lie behind the first one; keys must not lead to what is not seen.
 * @param {FocusEvent} event
 */
function uncover({ target, currentTarget }) {
  const pick = /** @type {Element} */ (target);
  const first = pick.closest("tr")?.firstElementChild;
  if (!pick.matches(".hfp-pick:focus-visible") || !first || first.contains(pick)) return;
  if (pick.getBoundingClientRect().left < first.getBoundingClientRect().right)
    /** @type {Element} */ (currentTarget).scrollLeft = 0;
}

/** @param {TableState} state @param {Event} event */
function onClick(state, event) {
  const line = /** @type {Element} */ (event.target).closest("tbody tr[data-key]");
  if (!line || marksText(line, event)) return;
  state.activeKey.value = line.getAttribute("data-key");
  state.traits.value.value = line.getAttribute("data-key");
  const scroller = line.closest(".hfp-scroll");
  if (scroller) focusPick(scroller);
}

/**
 * Rows are drawn into the elements that were there, so the focus is put back on the row that had it; when that row is
 * no longer drawn, the focus stays with the table.
 * @param {TableState} state @param {Event} event
 */
function onScroll(state, event) {
  const scroller = /** @type {HTMLElement} */ (event.currentTarget);
  const hadFocus = scroller.querySelector(".hfp-pick:focus") !== null;
  readPlace(scroller, state, HEIGHT);
  if (hadFocus) focusPick(scroller);
}

/** @param {TableState} state @param {KeyboardEvent} event @param {(at: number) => void} focusRow */
function onKey(state, event, focusRow) {
  const target = /** @type {Element} */ (event.target);
  if (!target.matches(".hfp-pick, .hfp-scroll") || event.ctrlKey || event.metaKey || event.altKey) return;
  const last = state.rows.value.length - 1;
  const at = state.active.value;
  /** @type {Record<string, number>} */
  const moves = {
    ArrowDown: at + 1,
    ArrowUp: at - 1,
    PageDown: at + ROWS,
    PageUp: at - ROWS,
    Home: 0,
    End: last,
  };
  if (event.key in moves) focusRow(Math.min(last, Math.max(0, moves[event.key])));
  else if (event.key === "Escape" && state.chosen.value !== null) state.traits.value.value = null;
  else return;
  event.preventDefault();
  event.stopPropagation();
}
