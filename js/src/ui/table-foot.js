// Under the table: what the router's own policies choose, what is not published, what the filters hide, and the source.

import { html, nothing } from "lit-html";
import { ROUTE_COLUMNS } from "../lib/columns.js";
import { format, plural } from "../lib/format.js";
import { chosenLine } from "./chosen-line.js";
import { copiedLine } from "./copied.js";
import { sourceLine } from "./source-line.js";

/** @typedef {import("./table-state.js").TableState} TableState */
/** @typedef {{ providers: readonly string[], published: number, of: number }} Policy */

/** @param {TableState} state */
export function tableFoot(state) {
  const { traits, catalog, policy, all } = state;
  const notes = state.notes.value;
  return html`${
    policy.value && all.value.length
      ? html`<div class="hfp-foot hfp-policies"><span>${policyWords(":cheapest", "lowest output price", policy.value.cheapest)}
        · ${policyWords(":fastest", "highest speed", policy.value.fastest)}
        · <span title="It follows the order of providers in your account's settings."><b>:preferred</b> unknown here</span></span>${notes.length ? html`<span class="hfp-notes">${notes.join(" · ")}</span>` : nothing}</div>`
      : notes.length
        ? html`<div class="hfp-foot hfp-policies"><span class="hfp-notes">${notes.join(" · ")}</span></div>`
        : nothing
  }
    ${hidden(state)}${copiedLine(state.copied)}
    <div class="hfp-foot">${chosenLine(state, state.rows.value)}${sourceLine(catalog.value, traits)}</div>`;
}

/**
 * @param {string} name
 * @param {string} rule
 * @param {Policy} policy
 */
function policyWords(name, rule, { providers, published, of }) {
  const few = published < of ? ` (${published} of ${of} publish it)` : "";
  const choice = providers.length ? `→ ${providers.join(" or ")}${few}` : "unknown here";
  return html`<span title="The router's own choice: the ${rule}."><b>${name}</b> ${choice}</span>`;
}

/** @param {TableState} state */
function hidden(state) {
  const { traits, all, rows } = state;
  const filters = traits.filters.value;
  if (!Object.keys(filters).length) return nothing;
  const reasons = state.hidden.value.map(
    ({ key, hidden: count, unknown }) =>
      `${filterWords(key, filters[key])}: ${count}${unknown ? ` (${unknown} not published)` : ""}`,
  );
  const count = all.value.length - rows.value.length;
  return html`<div class="hfp-foot hfp-hidden"><span><b>${plural(count, "route")} hidden by filters.</b> ${reasons.join(" · ")}</span>
    <button type="button" class="hfp-link" @click=${() => (traits.filters.value = {})}>Show all</button></div>`;
}

/** @param {string} key @param {unknown} wanted */
function filterWords(key, wanted) {
  if (key === "priced") return wanted ? "price published" : "no price published";
  const [, bound, name] = /^(?:(min|max)_)?(.*)$/.exec(key) ?? [];
  const { label: head = name, kind = "text" } = ROUTE_COLUMNS.get(name) ?? {};
  const label = head.toLowerCase();
  const text = Array.isArray(wanted)
    ? wanted.join(" or ")
    : wanted === true
      ? "yes"
      : wanted === false
        ? "no"
        : String(wanted);
  return bound
    ? `${label} ${bound === "min" ? "≥" : "≤"} ${typeof wanted === "number" ? format(kind, wanted) : text}`
    : `${label} ${text}`;
}
