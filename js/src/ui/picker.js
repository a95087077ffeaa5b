// The picker: a search field, filters, and a list of models; all of it by keyboard.
// A combobox with a listbox that is always open: the focus stays in the field, the arrows move in the list.

import { batch, effect, signal } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { integer, plural } from "../lib/format.js";
import { scrollTo } from "../lib/window.js";
import { announcement, tellWhenSettled } from "./announce.js";
import { catalogView } from "./catalog-view.js";
import { facetBar } from "./facet-bar.js";
import { choose, drawn, HEIGHT, modelList, ROWS } from "./picker-list.js";
import { pickerState, TOP } from "./picker-state.js";
import { readPlace, restorePlace } from "./place.js";
import { menu } from "./popup.js";
import { followPrint } from "./print.js";
import { mountRoot } from "./root.js";
import { sourceLine } from "./source-line.js";

/** @typedef {import("./picker-state.js").PickerState} PickerState */
/** @typedef {import("./picker-state.js").PickerTraits} PickerTraits */

/** @type {readonly { column: string, direction: "asc" | "desc", label: string }[]} */
const SORTS = [
  { column: "n_providers", direction: "desc", label: "most providers" },
  { column: "price_blended", direction: "asc", label: "cheapest, 3 : 1 mix" },
  { column: "context_length", direction: "desc", label: "longest context" },
  { column: "created", direction: "desc", label: "newest" },
  { column: "trending_score", direction: "desc", label: "trending" },
  { column: "likes", direction: "desc", label: "most likes" },
  { column: "downloads", direction: "desc", label: "most downloads" },
  { column: "model", direction: "asc", label: "name" },
];
/** Always known, since they are made of the routes or of the id. */
const DERIVED = new Set(["n_providers", "n_routes", "model"]);

/**
 * @param {HTMLElement} el
 * @param {PickerTraits} traits
 * @param {AbortSignal} end
 * @param {import("@preact/signals-core").ReadonlySignal<number>} [narrowRows]   how many rows a narrow list shows at once
 */
export function mountPicker(el, traits, end, narrowRows = signal(5)) {
  const state = pickerState(traits, narrowRows);
  const prefix = `hfp-${Math.random().toString(36).slice(2, 9)}`;
  const root = mountRoot(el, {
    name: "hfp-picker",
    home: ".hfp-query",
    end,
    ...catalogView("picker", state, (narrow) => template(state, prefix, narrow)),
    python: traits,
    resized: () => backToPlace(),
  });
  const height = () => (root.dataset.size === "narrow" ? HEIGHT.narrow : HEIGHT.wide);
  const backToPlace = () => restorePlace(root.querySelector(".hfp-list"), state, height());
  const reveal = (/** @type {number} */ at) => {
    const list = root.querySelector(".hfp-list");
    if (!list || at < 0) return;
    state.place = scrollTo(at, state.place, list.clientHeight || ROWS * HEIGHT.wide, height());
    list.scrollTop = state.place;
    readPlace(list, state, height()); // the row is drawn at once, not when the browser tells of the scroll
  };
  root.addEventListener("keydown", (event) => onKey(state, root, event, reveal), { signal: end });
  followPrint(state.printing, end, backToPlace);
  tellWhenSettled(state.summary, state.told, end);
  end.addEventListener("abort", startAtTop(state, root));
  end.addEventListener("abort", showChosen(state, reveal));
}

/**
 * Another search, filter or order is another list: it is read from its top.
 * @param {PickerState} state
 * @param {HTMLElement} root
 */
function startAtTop(state, root) {
  const { traits, scroll, activeKey } = state;
  return effect(() => {
    const typed = traits.query.value.trim() !== "";
    [traits.filters.value, traits.sort.value];
    state.place = 0;
    const list = root.querySelector(".hfp-list");
    if (list) list.scrollTop = 0;
    scroll.value = 0;
    activeKey.value = typed ? TOP : null;
  });
}

/**
 * When Python or another view has chosen, bring the choice into view. What this view chooses is in view already.
 * @param {PickerState} state
 * @param {(at: number) => void} reveal
 */
function showChosen(state, reveal) {
  /** @type {ReadonlySet<string>} */
  let known = new Set();
  return effect(() => {
    const added = state.chosen.value.find((id) => !known.has(id));
    known = new Set(state.chosen.value);
    if (added === undefined || added === state.choosing) return;
    queueMicrotask(() => {
      if (state.decoded.peek().catalog)
        reveal(state.rows.peek().indexOf(state.rowOf.peek().get(added) ?? -1));
    });
  });
}

/** @param {PickerState} state @param {string} prefix @param {boolean} narrow */
function template(state, prefix, narrow) {
  const { traits } = state;
  return html`<div class="hfp-bar">${field(state, prefix, narrow)}${count(state)}${sortMenu(state)}</div>
    ${facetBar(state, narrow)}
    ${modelList(state, prefix, narrow)}
    <div class="hfp-foot">${chosen(state)}${sourceLine(state.catalog.value, traits)}</div>`;
}

/** @param {PickerState} state @param {string} prefix @param {boolean} narrow */
function field(state, prefix, narrow) {
  const { query } = state.traits;
  const { start, end } = drawn(state, narrow);
  const at = state.active.value;
  const active = at >= start && at < end ? state.rows.value[at] : undefined; // an element that is there
  const type = (/** @type {string} */ text) => (query.value = text);
  return html`<span class="hfp-field"><input type="text" class="hfp-query" role="combobox" aria-label="Search models" placeholder="Search models, in any word order"
      autocomplete="off" autocapitalize="off" spellcheck="false" aria-autocomplete="list" aria-expanded=${String(state.rows.value.length > 0)} aria-controls="${prefix}-list"
      aria-activedescendant=${active === undefined ? nothing : `${prefix}-${active}`}
      .value=${live(query.value)} @input=${(/** @type {InputEvent} */ event) => type(/** @type {HTMLInputElement} */ (event.target).value)}>
    ${query.value ? html`<button type="button" class="hfp-clear" aria-label="Clear the search" @click=${() => type("")}>×</button>` : nothing}</span>`;
}

/** @param {PickerState} state */
function count(state) {
  const found = state.rows.value.length;
  const all = state.catalog.value.models.length;
  const text =
    found === all ? plural(all, "model") : html`<b>${integer(found)}</b> of ${plural(all, "model")}`;
  return html`<span class="hfp-count" aria-hidden="true">${text}</span>${announcement(state.told)}`;
}

/** @param {PickerState} state */
function sortMenu(state) {
  const { sort } = state.traits;
  const [column] = sort.value[0] ?? [];
  const items = () =>
    SORTS.map(({ column: key, label }) => {
      const known = sortable(state, key);
      return { key, label, checked: key === column, disabled: !known, hint: known ? "" : "not in this data" };
    });
  const pick = (/** @type {string} */ key) => {
    const { direction } = /** @type {typeof SORTS[number]} */ (SORTS.find((one) => one.column === key));
    sort.value = [[key, direction]];
  };
  const label = SORTS.find((one) => one.column === column)?.label ?? column ?? "";
  return menu({
    id: "sort",
    label: html`<span class="hfp-wide">Sort: </span>${label}`,
    title: "Sort",
    opened: state.opened,
    kind: "radio",
    items,
    pick,
  });
}

/** @param {PickerState} state @param {string} column */
function sortable({ catalog: { value: catalog } }, column) {
  if (DERIVED.has(column)) return true;
  const needed = column === "price_blended" ? "price_output" : column;
  return needed in catalog.models.columns || needed in catalog.routes.columns;
}

/** The choice, in words, with what is doubtful about it. @param {PickerState} state */
function chosen(state) {
  const ids = state.chosen.value;
  if (!ids.length) return nothing;
  const unknown = ids.filter((id) => !state.rowOf.value.has(id));
  const shown = ids.length > 1 ? plural(ids.length, "model") : ids[0];
  const refreshing = state.traits._freshness.value.phase === "refreshing";
  const clear = () => (state.traits.value.value = state.traits.multiple.value ? [] : null);
  return html`<span class="hfp-chosen"><span class="hfp-visually-hidden">Chosen: </span><b title=${ids.join("\n")}>${shown}</b>
    ${unknown.length ? html`<span class="hfp-tag hfp-warn">${unknown.length < ids.length ? `${unknown.length} ` : ""}not in this data${refreshing ? " yet" : ""}</span>` : nothing}
    <button type="button" class="hfp-clear" aria-label="Clear the choice" @click=${clear}>×</button></span>`;
}

/**
 * @param {PickerState} state
 * @param {HTMLElement} root
 * @param {KeyboardEvent} event
 * @param {(at: number) => void} reveal
 */
function onKey(state, root, event, reveal) {
  const field = /** @type {HTMLInputElement} */ (root.querySelector(".hfp-query"));
  const target = /** @type {HTMLElement} */ (event.target);
  if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey || event.isComposing) return;
  if (target !== field) {
    if (event.key === "/" && target.tagName !== "INPUT") {
      event.preventDefault();
      field?.focus();
    }
    return;
  }
  const last = state.rows.value.length - 1;
  const at = state.active.value;
  /** @type {Record<string, number>} */
  const moves = {
    ArrowDown: at + 1,
    ArrowUp: at < 0 ? last : at - 1,
    PageDown: at + ROWS,
    PageUp: at - ROWS,
    Home: 0,
    End: last,
  };
  if (event.key in moves) {
    const to = Math.min(last, Math.max(0, moves[event.key]));
    state.activeKey.value = state.ids.value[state.rows.value[to]] ?? null;
    reveal(to);
  } else if (event.key === "Enter") {
    const model = state.rows.value[at];
    if (model !== undefined) choose(state, state.ids.value[model]);
  } else if (event.key === "Escape" && (state.traits.query.value || at >= 0)) {
    batch(() => {
      state.traits.query.value = "";
      state.activeKey.value = null;
    });
  } else return;
  event.preventDefault();
  event.stopPropagation(); // the host has shortcuts of its own on these keys
}
