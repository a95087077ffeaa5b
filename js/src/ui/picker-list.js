// The list of the picker: a window on the models found, or what to do when there is none.

import { html, nothing } from "lit-html";
import { plural } from "../lib/format.js";
import { value } from "../lib/frame.js";
import { visible } from "../lib/window.js";
import { option, optionWords } from "./option.js";
import { readPlace } from "./place.js";
import { notPrinted, printed } from "./print.js";

/** @typedef {import("./picker-state.js").PickerState} PickerState */

/** Rows in view; a narrow list has as many as the state says, since it may stand beside something tall. */
export const ROWS = 8;
/** Height of a row (px): the same in picker.css. */
export const HEIGHT = { wide: 30, narrow: 48 };

/** @param {PickerState} state @param {string} prefix @param {boolean} narrow */
export function modelList(state, prefix, narrow) {
  const { catalog, rows, traits } = state;
  const height = HEIGHT[narrow ? "narrow" : "wide"];
  const { start, end } = drawn(state, narrow);
  const onScroll = (/** @type {Event} */ event) =>
    readPlace(/** @type {Element} */ (event.currentTarget), state, height);
  const served = catalog.value.dated_rows ? "Seen at" : "Served by";
  return html`<div class="hfp-columns" aria-hidden="true"><span>Model</span><span>Takes → gives</span><span>Context</span><span>$ in / out per 1M</span><span>${served}</span></div>
    ${
      rows.value.length
        ? html`<div class="hfp-list" id="${prefix}-list" role="listbox" aria-label="Models" aria-multiselectable=${traits.multiple.value ? "true" : nothing}
          style="--hfp-height:${inView(state, narrow) * height}px" tabindex="-1" @scroll=${onScroll} @mousedown=${keepFocus} @click=${(/** @type {Event} */ event) => onClick(state, event)}>
          <div role="presentation" class="hfp-gap" style="height:${start * height}px"></div>
          ${Array.from({ length: end - start }, (_, at) => row(state, prefix, start + at))}
          <div role="presentation" class="hfp-gap" style="height:${(rows.value.length - end) * height}px"></div>
        </div>${state.printing.value ? notPrinted(rows.value.length) : nothing}`
        : html`<div class="hfp-list" style="--hfp-height:${inView(state, narrow) * height}px">${noMatch(state)}</div>`
    }`;
}

/** How many rows the list shows at once. @param {PickerState} state @param {boolean} narrow */
const inView = ({ catalog, narrowRows }, narrow) =>
  Math.min(narrow ? narrowRows.value : ROWS, Math.max(3, catalog.value.models.length));

/** Which rows are in the document. @param {PickerState} state @param {boolean} narrow */
export function drawn(state, narrow) {
  const height = HEIGHT[narrow ? "narrow" : "wide"];
  const { length } = state.rows.value;
  if (state.printing.value) return printed(length);
  return visible(state.scroll.value, inView(state, narrow) * height, height, length);
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
    words: optionWords(catalog, model, state.stand.value[model]),
    providers: providers(state, model),
    active: at === state.active.value,
    chosen: state.chosen.value.includes(key),
    multiple: state.traits.multiple.value,
    position: at + 1,
    size: state.rows.value.length,
  });
}

/**
 * How many providers serve a model; the word is for the ear alone where there is little room. Those that fail do not serve.
 * @param {PickerState} state
 * @param {number} model
 */
function providers({ catalog: { value: catalog }, offsets: { value: offsets } }, model) {
  if (offsets[model] === offsets[model + 1]) return "not served";
  const seen = new Set();
  for (let route = offsets[model]; route < offsets[model + 1]; route++) {
    if (value(catalog.routes, "status", route) === "live") seen.add(value(catalog.routes, "provider", route));
  }
  if (!seen.size) return "none live";
  return html`${seen.size}<span class="hfp-wide"> ${seen.size === 1 ? "provider" : "providers"}</span>`;
}

/** @param {PickerState} state */
function noMatch(state) {
  const { query, filters } = state.traits;
  if (!state.catalog.value.models.length)
    return html`<div class="hfp-none"><p><b>This catalogue holds no model.</b> Give the picker another one: <code>picker.catalog = hfp.load_catalog()</code></p></div>`;
  const byQuery = state.found.value.count;
  const near = state.near.value;
  const filtered = Object.keys(filters.value).length > 0;
  const wanted = query.value.trim();
  return html`<div class="hfp-none">
    <p><b>${wanted ? `No model matches “${wanted}”${filtered && byQuery ? " and the filters" : ""}.` : "No model meets the filters."}</b>
    ${filtered && byQuery ? html`${plural(byQuery, "model")} without the filters. <button type="button" class="hfp-link" @click=${() => (filters.value = {})}>Clear filters</button>` : nothing}</p>
    ${near.length ? html`<p>Near names: ${near.map((id) => html`<button type="button" class="hfp-link" data-near=${id} @click=${() => (query.value = id)}>${id}</button> `)}</p>` : nothing}
  </div>`;
}

/** A press on a row must leave the focus in the search field. @param {MouseEvent} event */
function keepFocus(event) {
  if (/** @type {Element} */ (event.target).closest("[role=option]")) event.preventDefault();
}

/** The keyboard is then where typing goes on, not somewhere in the notebook. @param {PickerState} state @param {Event} event */
function onClick(state, event) {
  const list = /** @type {Element} */ (event.currentTarget);
  const key = /** @type {Element} */ (event.target).closest("[role=option]")?.getAttribute("data-key");
  if (key == null) return;
  state.activeKey.value = key;
  choose(state, key);
  /** @type {HTMLElement | null | undefined} */ (list.closest(".hfp")?.querySelector(".hfp-query"))?.focus({
    preventScroll: true,
  });
}

/** @param {PickerState} state @param {string} id */
export function choose(state, id) {
  const { traits, chosen } = state;
  const ids = chosen.value;
  state.choosing = id;
  if (!traits.multiple.value) traits.value.value = id;
  else traits.value.value = ids.includes(id) ? ids.filter((one) => one !== id) : [...ids, id];
  state.choosing = "";
}
