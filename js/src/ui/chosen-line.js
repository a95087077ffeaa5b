// The choice in the foot of a widget over routes, with what is doubtful about it, and the way to clear it.

import { html, nothing } from "lit-html";

/**
 * @param {import("./route-state.js").RouteState & { traits: import("./route-state.js").PlainTraits }} state
 * @param {Uint32Array} rows  those on screen
 * @param {string} [why]  why one of the data is not on screen
 */
export function chosenLine({ traits, chosen, chosenRow }, rows, why = "hidden by filters") {
  const id = chosen.value;
  if (id === null) return nothing;
  const note = chosenRow.value < 0 ? "not in this data" : rows.includes(chosenRow.value) ? "" : why;
  return html`<span class="hfp-chosen"><span class="hfp-visually-hidden">Chosen: </span><b title=${id}>${id}</b>${note ? html` <span class="hfp-tag hfp-warn">${note}</span>` : nothing}
    <button type="button" class="hfp-clear" aria-label="Clear the choice" @click=${() => (traits.value.value = null)}>×</button></span>`;
}
