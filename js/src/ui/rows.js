// Rows of routes in a native table: drawn only where they are in view, walked by arrows as one stop of Tab, chosen by a
// click anywhere or by the button in the first cells. The widgets say what stands in the head and in a row.

import { computed, effect, signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { routeRow } from "../lib/route-id.js";
import { scrollTo, visible } from "../lib/window.js";
import { readPlace, restorePlace } from "./place.js";
import { followPrint, notPrinted, printed } from "./print.js";

/** @template T @typedef {import("@preact/signals-core").Signal<T>} Signal */
/** @template T @typedef {import("@preact/signals-core").ReadonlySignal<T>} ReadonlySignal */
/** @typedef {import("./route-state.js").RouteState} RouteState */
/** @typedef {ReturnType<typeof rowsState>} RowsState */
/** @typedef {RouteState & RowsState & { traits: { value: Signal<string | null> } }} State */
/** @typedef {ReturnType<typeof drawnRows>} Drawn */

/** A table with more rows scrolls inside itself and draws only the rows in view. */
const ROWS = 14;
/** Heights in px, the same in table.css. */
const HEIGHT = 30;
const HEAD = 46;

/**
 * What a view of rows keeps for itself; nothing of it is shared.
 * @param {Pick<RouteState, "catalog" | "offsets">} state
 * @param {ReadonlySignal<Uint32Array>} rows  in their order
 */
export function rowsState({ catalog, offsets }, rows) {
  /** @type {Signal<string | null>} The id of the route that the keys have reached. */
  const activeKey = signal(null);
  return {
    rows,
    activeKey,
    /** Position in `rows` of the row that the keys have reached. */
    active: computed(() => {
      const row = activeKey.value === null ? -1 : routeRow(catalog.value, offsets.value, activeKey.value);
      return Math.max(0, rows.value.indexOf(row));
    }),
    /** See place.js. */
    scroll: signal(0),
    place: 0,
    printing: signal(false),
  };
}

/**
 * Keys, focus and scroll of the rows inside a root.
 * @param {HTMLElement} root
 * @param {State} state
 * @param {() => unknown} another  reads the signals that make it another table, which is read from its top
 * @param {AbortSignal} end
 */
export function walkRows(root, state, another, end) {
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
  followPrint(state.printing, end, () => backToPlace(root, state));
  end.addEventListener("abort", startAtTop(state, another, root));
  end.addEventListener("abort", followRow(state, root));
}

/** Give the scroll position back after the browser has forgotten it. @param {HTMLElement} root @param {State} state */
export const backToPlace = (root, state) => restorePlace(root.querySelector(".hfp-scroll"), state, HEIGHT);

/** @param {State} state @param {() => unknown} another @param {HTMLElement} root */
function startAtTop(state, another, root) {
  return effect(() => {
    state.place = 0;
    another();
    const scroller = root.querySelector(".hfp-scroll");
    if (scroller) scroller.scrollTop = 0;
    state.scroll.value = 0;
  });
}

/**
 * Rows are drawn into the elements that were there. When others take their places, the focus goes along with its row.
 * @param {State} state
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

/** @param {State} state */
const isLong = (state) => state.rows.value.length > ROWS;

/**
 * Which rows are in the document: `start` … `end - 1`; Tab reaches the one at `tab`.
 * @param {State} state
 */
export function drawnRows(state) {
  const { length } = state.rows.value;
  const long = isLong(state);
  const { start, end } = state.printing.value
    ? printed(length)
    : long
      ? visible(state.scroll.value, ROWS * HEIGHT, HEIGHT, length)
      : { start: 0, end: length };
  const active = state.active.value;
  const first = Math.ceil(state.scroll.value / HEIGHT);
  return { start, end, long, tab: active >= start && active < end ? active : Math.min(first, end - 1) };
}

/**
 * @param {State} state
 * @param {Drawn} drawn
 * @param {object} parts
 * @param {readonly number[]} parts.widths   px of each column
 * @param {string} parts.caption             what it is, for whoever does not see it
 * @param {unknown} parts.head
 * @param {readonly unknown[]} parts.lines   the rows that are drawn
 */
export function rowsTable(state, { start, end, long }, { widths, caption, head, lines }) {
  const { length } = state.rows.value;
  const total = widths.reduce((sum, px) => sum + px, 0);
  return html`<div class="hfp-scroll" tabindex="-1" style=${long ? `--hfp-height:${ROWS * HEIGHT + HEAD}px` : ""} @scroll=${(/** @type {Event} */ event) => onScroll(state, event)} @focusin=${uncover}>
    <table style="--hfp-width:${total}px" aria-rowcount=${long ? length + 1 : nothing} @click=${(/** @type {Event} */ event) => onClick(state, event)}>
      <caption class="hfp-visually-hidden">${caption}</caption>
      <colgroup>${widths.map((px) => html`<col style="--hfp-width:${px}px">`)}</colgroup>
      ${head}
      <tbody>
        ${start ? html`<tr aria-hidden="true" class="hfp-gap" style="height:${start * HEIGHT}px"></tr>` : nothing}
        ${lines}
        ${end < length ? html`<tr aria-hidden="true" class="hfp-gap" style="height:${(length - end) * HEIGHT}px"></tr>` : nothing}
      </tbody>
    </table></div>${state.printing.value ? notPrinted(length) : nothing}`;
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

/** @param {State} state @param {Event} event */
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
 * @param {State} state @param {Event} event
 */
function onScroll(state, event) {
  const scroller = /** @type {HTMLElement} */ (event.currentTarget);
  const hadFocus = scroller.querySelector(".hfp-pick:focus") !== null;
  readPlace(scroller, state, HEIGHT);
  if (hadFocus) focusPick(scroller);
}

/** @param {State} state @param {KeyboardEvent} event @param {(at: number) => void} focusRow */
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
