// The menus above the table: which rows, whose mix, which columns, and copying.

import { html, nothing } from "lit-html";
import { columnOf, ROUTE_COLUMNS } from "../lib/columns.js";
import { toCsv, toMarkdown } from "../lib/export.js";
import { CONTEXT_STEPS } from "../lib/facet.js";
import { filterRoutes } from "../lib/filter.js";
import { format } from "../lib/format.js";
import { copyMenu } from "./copy-menu.js";
import { mixPopup } from "./mix-popup.js";
import { menu } from "./popup.js";

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
/** @param {TableState} state */
export function tableMenus(state) {
  return html`<span class="hfp-menus">${providerMenu(state)}${filterMenu(state)}${mixPopup(state)}${columnMenu(state)}${copying(state)}</span>`;
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
function copying(state) {
  const shown = () => ({
    catalog: state.catalog.value,
    rows: state.rows.value,
    columns: state.columns.value,
    mix: state.traits.mix.value,
  });
  return copyMenu(
    state,
    () => toMarkdown(shown()),
    () => toCsv(shown()),
  );
}
