// Why there is no route to show, and what to do about it: the same words in every widget over routes.

import { html, nothing } from "lit-html";

/**
 * @param {import("./route-state.js").RouteState & { traits: import("./route-state.js").PlainTraits }} state
 * @param {string} kind  what the widget is called in Python
 */
export function noRoute(state, kind) {
  const { traits, single, unknown, all, near } = state;
  const when = state.catalog.value.retrieved_at?.slice(0, 10) ?? "an unknown time";
  const data = `${state.catalog.value.source}, ${when}`;
  if (all.value.length) {
    return html`<div class="hfp-none"><p><b>No route meets the filters.</b> <button type="button" class="hfp-link" @click=${() => (traits.filters.value = {})}>Clear filters</button></p></div>`;
  }
  if (single.value !== null && unknown.value.length) {
    const waiting = traits._freshness.value.phase === "refreshing" ? " Newer data is on its way." : "";
    return html`<div class="hfp-none"><p><b>${single.value} is not in this data</b> (${data}).${waiting}</p>
      ${near.value.length ? html`<p>Near names: ${near.value.map((id) => html`<button type="button" class="hfp-link" data-near=${id} @click=${() => (traits.model.value = id)}>${id}</button> `)}</p>` : nothing}</div>`;
  }
  if (single.value !== null) {
    return html`<div class="hfp-none"><p><b>No provider serves this model</b> in this data (${data}).</p>
      <p>The router's list holds chat models only; a model for another task can be served and not be in it.</p></div>`;
  }
  return html`<div class="hfp-none"><p><b>There is no route to show.</b> ${state.asked.value === null ? html`This catalogue is empty; give it another one: <code>${kind}.catalog = hfp.load_catalog()</code>` : "No model is chosen, or none of them is served."}</p></div>`;
}
