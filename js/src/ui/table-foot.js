// Under the table: what the router's own policies choose, what is not published, what the filters hide, and the source.

import { html, nothing } from "lit-html";
import { chosenLine } from "./chosen-line.js";
import { copiedLine } from "./copied.js";
import { hiddenLine } from "./hidden-line.js";
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
    ${hiddenLine(state)}${copiedLine(state.copied)}
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
