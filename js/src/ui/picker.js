// The picker: a search field, filters, and a list of models; all of it by keyboard.
// A combobox with a listbox that is always open: the focus stays in the field, the arrows move in the list.

import { batch, effect } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { integer } from "../lib/format.js";
import { value } from "../lib/frame.js";
import { scrollTo, visible } from "../lib/window.js";
import { facetBar } from "./facet-bar.js";
import { option, optionWords } from "./option.js";
import { pickerState } from "./picker-state.js";
import { menu } from "./popup.js";
import { mountRoot } from "./root.js";
import { plural, sourceLine } from "./source-line.js";

/** @typedef {import("./picker-state.js").PickerState} PickerState */
/** @typedef {import("./picker-state.js").PickerTraits} PickerTraits */

/** Rows in view, and the height of one (px): the same in picker.css. */
const ROWS = { wide: 8, narrow: 5 };
const HEIGHT = { wide: 30, narrow: 48 };

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
 */
export function mountPicker(el, traits, end) {
  const state = pickerState(traits);
  const prefix = `hfp-${Math.random().toString(36).slice(2, 9)}`;
  const root = mountRoot(el, "hfp-picker", end, (narrow) => template(state, prefix, narrow));
  const height = () => (root.dataset.size === "narrow" ? HEIGHT.narrow : HEIGHT.wide);
  const reveal = (/** @type {number} */ at) => {
    const list = root.querySelector(".hfp-list");
    if (list && at >= 0) list.scrollTop = scrollTo(at, list.scrollTop, list.clientHeight, height());
  };
  root.addEventListener("keydown", (event) => onKey(state, root, event, reveal), { signal: end });
  end.addEventListener("abort", showChosen(state, reveal));
  end.addEventListener("abort", startAtTop(state, root));
}

/**
 * Another search, filter or order is another list: it is read from its top.
 * @param {PickerState} state
 * @param {HTMLElement} root
 */
function startAtTop({ traits, scroll, active }, root) {
  return effect(() => {
    const typed = traits.query.value.trim() !== "";
    [traits.filters.value, traits.sort.value];
    const list = root.querySelector(".hfp-list");
    if (list) list.scrollTop = 0;
    scroll.value = 0;
    active.value = typed ? 0 : -1;
  });
}

/**
 * When the choice comes from Python or another view, bring it into view.
 * @param {PickerState} state
 * @param {(at: number) => void} reveal
 */
function showChosen(state, reveal) {
  return effect(() => {
    const [first] = state.chosen.value;
    if (first === undefined || !state.catalog.value) return;
    queueMicrotask(() => reveal(state.rows.peek().indexOf(state.rowOf.peek().get(first) ?? -1)));
  });
}

/** @param {PickerState} state @param {string} prefix @param {boolean} narrow */
function template(state, prefix, narrow) {
  const { catalog, error } = state.decoded.value;
  if (error)
    return html`<div class="hfp-message" role="alert"><b>This picker cannot be drawn.</b> ${error}</div>`;
  if (!catalog) return html`<div class="hfp-message" role="status">Loading the catalogue…</div>`;
  const { traits } = state;
  const busy = traits._freshness.value.phase === "refreshing";
  return html`<div class=${busy ? "hfp-progress hfp-busy" : "hfp-progress"} aria-hidden="true"></div>
    <div class="hfp-bar">${field(state, prefix)}${count(state)}${sortMenu(state)}</div>
    ${facetBar(state, narrow)}
    ${list(state, prefix, narrow)}
    <div class="hfp-foot">${chosen(state)}${sourceLine(catalog, traits._freshness.value, () => traits._refresh.value++)}</div>`;
}

/** @param {PickerState} state @param {string} prefix */
function field(state, prefix) {
  const { query } = state.traits;
  const active = state.rows.value[state.active.value];
  const type = (/** @type {string} */ text) => (query.value = text);
  return html`<span class="hfp-field"><input type="text" class="hfp-query" role="combobox" aria-label="Search models" placeholder="Search models, in any word order"
      autocomplete="off" autocapitalize="off" spellcheck="false" aria-autocomplete="list" aria-expanded="true" aria-controls="${prefix}-list"
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
  return html`<span class="hfp-count" role="status">${text}</span>`;
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

/** @param {PickerState} state @param {string} prefix @param {boolean} narrow */
function list(state, prefix, narrow) {
  const size = narrow ? "narrow" : "wide";
  const height = HEIGHT[size];
  const rows = state.rows.value;
  const inView = Math.min(ROWS[size], Math.max(3, state.catalog.value.models.length));
  const { start, end } = visible(state.scroll.value, inView * height, height, rows.length);
  const onScroll = (/** @type {Event} */ event) =>
    (state.scroll.value = /** @type {Element} */ (event.currentTarget).scrollTop);
  return html`<div class="hfp-columns" aria-hidden="true"><span>Model</span><span>Takes → gives</span><span>Context</span><span>$ in / out per 1M</span><span>Served by</span></div>
    <div class="hfp-list" id="${prefix}-list" role="listbox" aria-label="Models" aria-multiselectable=${state.traits.multiple.value ? "true" : nothing}
      style="height:${inView * height}px" tabindex="-1" @scroll=${onScroll} @mousedown=${keepFocus} @click=${(/** @type {Event} */ event) => onClick(state, event)}>
      ${rows.length ? html`<div role="presentation" style="height:${start * height}px"></div>` : noMatch(state)}
      ${Array.from({ length: end - start }, (_, at) => row(state, prefix, start + at))}
      <div role="presentation" style="height:${(rows.length - end) * height}px"></div>
    </div>`;
}

/** @param {PickerState} state @param {string} prefix @param {number} at  position in the list */
function row(state, prefix, at) {
  const catalog = state.catalog.value;
  const model = state.rows.value[at];
  const key = state.ids.value[model];
  return option({
    key,
    domId: `${prefix}-${model}`,
    terms: state.words.value,
    words: optionWords(catalog, model, state.stand.value[model], providers(state, model)),
    active: at === state.active.value,
    chosen: state.chosen.value.includes(key),
    multiple: state.traits.multiple.value,
    position: at + 1,
    size: state.rows.value.length,
  });
}

/** @param {PickerState} state @param {number} model */
function providers(state, model) {
  const [offsets, routes] = [state.offsets.value, state.catalog.value.routes];
  const seen = new Set();
  for (let route = offsets[model]; route < offsets[model + 1]; route++)
    seen.add(value(routes, "provider", route));
  return seen.size;
}

/** @param {PickerState} state */
function noMatch(state) {
  const { query, filters } = state.traits;
  if (!state.catalog.value.models.length)
    return html`<div class="hfp-none" role="presentation"><p><b>This catalogue holds no model.</b></p></div>`;
  const byQuery = state.found.value.count;
  const near = byQuery ? [] : state.near.value;
  const filtered = Object.keys(filters.value).length > 0;
  return html`<div class="hfp-none" role="presentation">
    <p><b>No model matches${query.value.trim() ? html` “${query.value.trim()}”` : nothing}${filtered && byQuery ? " and the filters" : ""}.</b>
    ${filtered && byQuery ? html`${plural(byQuery, "model")} without the filters. <button type="button" class="hfp-link" @click=${() => (filters.value = {})}>Clear filters</button>` : nothing}</p>
    ${near.length ? html`<p>Near names: ${near.map((id) => html`<button type="button" class="hfp-link" data-near=${id} @click=${() => (query.value = id)}>${id}</button> `)}</p>` : nothing}
  </div>`;
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

/** A press on a row must leave the focus in the search field. @param {MouseEvent} event */
function keepFocus(event) {
  if (/** @type {Element} */ (event.target).closest("[role=option]")) event.preventDefault();
}

/** @param {PickerState} state @param {Event} event */
function onClick(state, event) {
  const key = /** @type {Element} */ (event.target).closest("[role=option]")?.getAttribute("data-key");
  if (key == null) return;
  state.active.value = state.rows.peek().indexOf(state.rowOf.peek().get(key) ?? -1);
  choose(state, key);
}

/** @param {PickerState} state @param {string} id */
function choose({ traits, chosen: { value: ids } }, id) {
  if (!traits.multiple.value) traits.value.value = id;
  else traits.value.value = ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
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
    PageDown: at + ROWS.wide,
    PageUp: at - ROWS.wide,
    Home: 0,
    End: last,
  };
  if (event.key in moves) {
    state.active.value = Math.min(last, Math.max(0, moves[event.key]));
    reveal(state.active.value);
  } else if (event.key === "Enter") {
    const model = state.rows.value[at];
    if (model !== undefined) choose(state, state.ids.value[model]);
  } else if (event.key === "Escape" && (state.traits.query.value || at >= 0)) {
    batch(() => {
      state.traits.query.value = "";
      state.active.value = -1;
    });
  } else return;
  event.preventDefault();
  event.stopPropagation(); // the host has shortcuts of its own on these keys
}
