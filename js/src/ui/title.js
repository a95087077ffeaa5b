// What a widget over routes is about, in its bar: the one model that is asked for, or how many there are.

import { html, nothing } from "lit-html";
import { plural } from "../lib/format.js";
import { announcement } from "./announce.js";

/**
 * @param {import("./route-state.js").RouteState & { told: import("@preact/signals-core").Signal<string> }} state
 *   told: what a screen reader was told of the state of the widget
 * @param {string} many   what several models' routes are called here
 * @param {unknown} more  what else there is to say
 */
export function title({ single, asked, ids, told }, many, more) {
  const id = single.value;
  const models = () => plural(asked.value?.length ?? ids.value.length, "model");
  return html`<span class="hfp-title" title=${id ?? nothing}>${id === null ? html`<span class="hfp-name">${many}</span>` : modelName(id)}
    <span class="hfp-quiet">${id === null ? `· ${models()} ` : nothing}${more}</span>${announcement(told)}</span>`;
}

/** The organisation quiet, the name strong. @param {string} id */
export function modelName(id) {
  const name = id.indexOf("/") + 1;
  return html`<span class="hfp-org">${id.slice(0, name)}</span><span class="hfp-name">${id.slice(name)}</span>`;
}
