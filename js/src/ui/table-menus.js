// The menus above the table: which rows, whose mix, which columns, and copying.

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { columnOf, ROUTE_COLUMNS } from "../lib/columns.js";
import { toCsv, toMarkdown } from "../lib/export.js";
import { CONTEXT_STEPS } from "../lib/facet.js";
import { filterRoutes } from "../lib/filter.js";
import { format } from "../lib/format.js";
import { copyAndSay } from "./copied.js";
import { menu, popup } from "./popup.js";

/** @typedef {import("./table-state.js").TableState} TableState */
/** @typedef {{ key: string, value: unknown, label: string }} Choice */

/** @type {readonly Choice[]} */
const FILTERS = [
  { key: "status", value: ["live"], label: "live only" },
  { key: "supports_tools", value: true, label: "tools" },
  { key: "supports_structured_output", value: true, label: "structured output" },
  { key: "priced", value: true, label: "price published" },
  ...CONTEXT_STEPS.map((value) => ({
    key: "min_context_length",
    value,
    label: `context ≥ ${format("tokens", value)} tokens`,
  })),
];
const MIXES = /** @type {const} */ ([
  [3, 1],
  [1, 1],
  [1, 3],
  [10, 1],
  [1, 0],
  [0, 1],
]);

/** @param {TableState} state */
export function tableMenus(state) {
  return html`<span class="hfp-menus">${providerMenu(state)}${filterMenu(state)}${mixPopup(state)}${columnMenu(state)}${copyMenu(state)}</span>`;
}

/** @param {TableState} state */
function filterMenu(state) {
  const { filters } = state.traits;
  const items = () =>
    FILTERS.map((choice, at) => ({
      key: String(at),
      label: choice.label,
      hint: String(count(state, choice.key, choice.value)),
      checked: isOn(filters.value, choice),
    }));
  const active = Object.keys(filters.value).filter((key) => key !== "provider").length;
  const pick = (/** @type {string} */ at) => toggle(state, FILTERS[Number(at)]);
  return menu({
    id: "filters",
    label: active ? `Filter (${active})` : "Filter",
    opened: state.opened,
    kind: "checkbox",
    items,
    pick,
  });
}

/** Only in a list of many models: in a comparison the providers are the rows. @param {TableState} state */
function providerMenu(state) {
  if (state.single.value !== null) return nothing;
  const { filters } = state.traits;
  const wanted = /** @type {readonly string[]} */ (filters.value.provider ?? []);
  const values = columnOf(state.catalog.value.routes, "provider").values.slice(1);
  const providers = /** @type {string[]} */ (values).sort();
  const items = () =>
    providers.map((key) => ({
      key,
      label: key,
      hint: String(count(state, "provider", [key])),
      checked: wanted.includes(key),
    }));
  const pick = (/** @type {string} */ key) => {
    const next = wanted.includes(key) ? wanted.filter((one) => one !== key) : [...wanted, key];
    const { provider: _, ...rest } = filters.value;
    filters.value = next.length ? { ...rest, provider: next } : rest;
  };
  return menu({
    id: "provider",
    label: wanted.length ? `Provider (${wanted.length})` : "Provider",
    opened: state.opened,
    kind: "checkbox",
    items,
    pick,
  });
}

/** @param {TableState} state @param {string} key @param {unknown} value */
const count = ({ catalog, all, traits }, key, value) =>
  filterRoutes(catalog.value, all.value, { [key]: value }, traits.mix.value).length;

/** @param {Record<string, unknown>} filters @param {Choice} choice */
const isOn = (filters, { key, value }) => JSON.stringify(filters[key]) === JSON.stringify(value);

/** @param {TableState} state @param {Choice} choice */
function toggle({ traits: { filters } }, choice) {
  const { [choice.key]: _, ...rest } = filters.value;
  filters.value = isOn(filters.value, choice) ? rest : { ...rest, [choice.key]: choice.value };
}

/** @param {TableState} state */
function mixPopup(state) {
  const { mix } = state.traits;
  const [input, output] = mix.value;
  const set = (/** @type {number} */ a, /** @type {number} */ b) => {
    if (a >= 0 && b >= 0 && a + b > 0 && Number.isFinite(a + b)) mix.value = [a, b];
  };
  /**
   * A number field; what is no part of a mix goes back to what it was, and Escape leaves it as it was.
   * @param {string} label @param {number} part @param {(part: number) => void} change
   */
  const field = (label, part, change) => {
    const read = (/** @type {Event} */ event) => {
      const input = /** @type {HTMLInputElement} */ (event.target);
      if (input.value !== "") change(Number(input.value));
      input.value = String(mix.value[label === "Input" ? 0 : 1]);
    };
    const restore = (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Escape") /** @type {HTMLInputElement} */ (event.target).value = String(part);
    };
    return html`<label>${label} <input type="number" min="0" step="any" .value=${live(String(part))} @change=${read} @keydown=${restore}></label>`;
  };
  const panel = () => html`<div class="hfp-form" role="dialog" aria-label="My mix of input and output tokens">
    <p>How many input tokens do you send for each output token? Or give the token counts of a typical call.</p>
    ${field("Input", input, (part) => set(part, output))}
    ${field("Output", output, (part) => set(input, part))}
    <p>${MIXES.map(([a, b]) => html`<button type="button" class="hfp-chip" aria-pressed=${String(a === input && b === output)} @click=${() => set(a, b)}>${a} : ${b}</button>`)}</p>
  </div>`;
  return popup({ id: "mix", label: `My mix ${input} : ${output}`, opened: state.opened, panel });
}

/** @param {TableState} state */
function columnMenu(state) {
  const { columns } = state.traits;
  const forced = state.single.value === null ? "model" : "provider";
  const items = () =>
    [...ROUTE_COLUMNS.values()].map(({ name, label, unit }) => ({
      key: name,
      label,
      hint: unit,
      checked: state.columns.value.includes(name),
      disabled: name === forced || name === "provider",
    }));
  const pick = (/** @type {string} */ name) => {
    const shown = columns.value.includes(name)
      ? columns.value.filter((one) => one !== name)
      : [...columns.value, name];
    columns.value = columns.value.includes(name)
      ? shown
      : [...ROUTE_COLUMNS.keys()].filter((one) => shown.includes(one));
  };
  return menu({ id: "columns", label: "Columns", opened: state.opened, kind: "checkbox", items, pick });
}

/** @param {TableState} state */
function copyMenu(state) {
  const value = state.chosen;
  const items = () => [
    { key: "markdown", label: "as Markdown", hint: "as shown" },
    { key: "csv", label: "as CSV", hint: "exact values" },
    {
      key: "id",
      label: "model:provider",
      hint: value.value ?? "choose a row first",
      disabled: value.value === null,
    },
  ];
  const shown = () => ({
    catalog: state.catalog.value,
    rows: state.rows.value,
    columns: state.columns.value,
    mix: state.traits.mix.value,
  });
  const pick = (/** @type {string} */ key) => {
    const text =
      key === "markdown" ? toMarkdown(shown()) : key === "csv" ? toCsv(shown()) : (value.value ?? "");
    const what = { markdown: "Markdown", csv: "CSV", id: text }[key] ?? "";
    return copyAndSay(state.copied, text, what);
  };
  return menu({ id: "copy", label: "Copy", opened: state.opened, kind: "action", items, pick });
}
