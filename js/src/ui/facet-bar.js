// The filters of the picker: a chip per value with the number of models it would leave, live.

import { html, nothing } from "lit-html";
import { ROUTE_COLUMNS } from "../lib/columns.js";
import { format, integer, plural } from "../lib/format.js";
import { menu } from "./popup.js";

/** @typedef {import("./picker-state.js").PickerState} PickerState */
/** @typedef {{ facet: string, value: string, label: string }} Chip */

/** Chips of one facet on the bar; the rest are in its menu. */
const ON_BAR = 4;

/** @param {PickerState} state @param {boolean} narrow */
export function facetBar(state, narrow) {
  const { filters } = state.traits;
  const active = Object.keys(filters.value).length;
  const toggle = () => (state.filtersShown.value = !state.filtersShown.value);
  const shown = !narrow || state.filtersShown.value;
  return html`<div class="hfp-facets">
    ${narrow ? html`<button type="button" class="hfp-button" aria-expanded=${String(shown)} @click=${toggle}>Filters${active ? ` (${active})` : ""}<span class="hfp-caret" aria-hidden="true">${shown ? "▴" : "▾"}</span></button>` : nothing}
    ${shown ? html`${valueFacet(state, "provider", "Provider")} ${valueFacet(state, "task", "Task")} ${needs(state)}` : nothing} ${clear(state)}
  </div>`;
}

/**
 * A facet with many values: the most frequent as chips, all in a menu. Left out where there is nothing to choose.
 * @param {PickerState} state
 * @param {string} facet
 * @param {string} title
 */
function valueFacet(state, facet, title) {
  const all = frequent(state, facet);
  if (all.length < 2) return nothing;
  const selected = wanted(state, facet);
  const counts = countsOf(state.counts.value, facet);
  const onBar = all.filter((value, at) => at < ON_BAR || selected.includes(value));
  const items = () =>
    all.map((value) => ({
      key: value,
      label: value,
      hint: String(counts[value] ?? 0),
      checked: selected.includes(value),
    }));
  const pick = (/** @type {string} */ value) => toggleValue(state, facet, value);
  return html`<span class="hfp-group" role="group" aria-label=${title}><b>${title}</b>
    ${onBar.map((value) => chip(state, { facet, value, label: value }))}
    ${all.length > onBar.length ? menu({ id: facet, label: `all ${all.length}`, title: `${title}: all`, opened: state.opened, kind: "checkbox", items, pick }) : nothing}
  </span>`;
}

/** What the model must be able to do. @param {PickerState} state */
function needs(state) {
  /** @type {Chip[]} */
  const chips = [
    { facet: "supports_tools", value: "true", label: "tools" },
    { facet: "supports_structured_output", value: "true", label: "structured output" },
    { facet: "priced", value: "true", label: "priced" },
    ...modalities(state, "input_modalities", "input"),
    ...modalities(state, "output_modalities", "output"),
  ];
  const known = chips.filter(({ facet, value }) => isKnown(state, facet, value));
  if (!known.length && !isKnown(state, "min_context_length", "32000")) return nothing;
  return html`<span class="hfp-group" role="group" aria-label="Needs"><b>Needs</b>${known.map((one) => chip(state, one))}${contextMenu(state)}</span>`;
}

/**
 * @param {PickerState} state
 * @param {string} facet
 * @param {string} word
 * @returns {Chip[]}
 */
function modalities(state, facet, word) {
  return frequent(state, facet)
    .filter((value) => value !== "text")
    .map((value) => ({ facet, value, label: `${value} ${word}` }));
}

/** @param {PickerState} state */
function contextMenu(state) {
  const counts = countsOf(state.counts.value, "min_context_length");
  if (!isKnown(state, "min_context_length", "32000")) return nothing;
  const bound = state.traits.filters.value.min_context_length;
  const steps = Object.keys(counts).map((step) => ({
    key: step,
    label: `≥ ${format("tokens", Number(step))} tokens`,
    hint: String(counts[step]),
    checked: bound === Number(step),
  }));
  const items = () => [{ key: "", label: "any length", checked: bound === undefined }, ...steps];
  const pick = (/** @type {string} */ key) =>
    setFilter(state, "min_context_length", key ? Number(key) : undefined);
  const label = bound === undefined ? "context" : `context ≥ ${format("tokens", Number(bound))}`;
  return html`<span class=${bound === undefined ? nothing : "hfp-on"}>${menu({ id: "context", label, title: "Context length", opened: state.opened, kind: "radio", items, pick })}</span>`;
}

/** @param {PickerState} state @param {Chip} chip */
function chip(state, { facet, value, label }) {
  const on = wanted(state, facet).includes(value);
  const count = countsOf(state.counts.value, facet)[value] ?? 0;
  return html`<button type="button" class="hfp-chip" aria-pressed=${String(on)} aria-disabled=${count === 0 && !on ? "true" : nothing}
    @click=${() => (count > 0 || on) && toggleValue(state, facet, value)}><bdi>${label}</bdi> <i>${integer(count)}</i></button>`;
}

/** What is left out for want of a figure is said, and a way back is offered. @param {PickerState} state */
function clear(state) {
  if (!Object.keys(state.traits.filters.value).length) return nothing;
  const { value: count } = state.unpublished;
  const help =
    "None of their live routes publishes a figure that a filter asks for. They may meet it; nobody says so.";
  return html`${count ? html`<span class="hfp-quiet" title=${help}>${plural(count, "model")} hidden: figure not published</span>` : nothing}
    <button type="button" class="hfp-link" @click=${() => (state.traits.filters.value = {})}>clear filters</button>`;
}

/**
 * @param {import("../lib/facet.js").Facets} facets
 * @param {string} facet
 * @returns {Readonly<Record<string, number>>}
 */
const countsOf = (facets, facet) => facets[/** @type {keyof typeof facets} */ (facet)] ?? {};

/**
 * The values of a facet, most models in the whole catalogue first: an order that does not move while filtering.
 * @param {PickerState} state
 * @param {string} facet
 */
function frequent(state, facet) {
  const all = countsOf(state.totals.value, facet);
  return Object.keys(all).sort((a, b) => all[b] - all[a] || (a < b ? -1 : 1));
}

/** @param {PickerState} state @param {string} facet @param {string} value */
const isKnown = (state, facet, value) => (countsOf(state.totals.value, facet)[value] ?? 0) > 0;

/** @param {PickerState} state @param {string} facet @returns {string[]} */
function wanted(state, facet) {
  const value = state.traits.filters.value[facet];
  if (value === undefined) return [];
  return (Array.isArray(value) ? value : [value]).map(String);
}

/** Whether a facet is a yes-or-no. @param {string} facet */
const isFlag = (facet) => facet === "priced" || ROUTE_COLUMNS.get(facet)?.kind === "bool";

/** @param {PickerState} state @param {string} facet @param {string} value */
function toggleValue(state, facet, value) {
  if (isFlag(facet)) return setFilter(state, facet, wanted(state, facet).includes("true") ? undefined : true);
  const now = wanted(state, facet);
  const next = now.includes(value) ? now.filter((one) => one !== value) : [...now, value];
  setFilter(state, facet, next.length ? next : undefined);
}

/** @param {PickerState} state @param {string} key @param {unknown} value  undefined: no filter */
function setFilter(state, key, value) {
  const { [key]: _, ...rest } = state.traits.filters.value;
  state.traits.filters.value = value === undefined ? rest : { ...rest, [key]: value };
}
