// What stands in a widget's place when the widget cannot be drawn: why, and the data as a plain table where it can be read.

import { html, nothing } from "lit-html";
import { integer, plural } from "../lib/format.js";
import { salvage } from "../lib/salvage.js";
import { mountRoot } from "./root.js";

/** @typedef {"picker" | "table" | "chart" | "planner" | "snippet" | "explorer"} Kind */

/**
 * @typedef {object} Plain
 * @property {Kind} kind
 * @property {string} why   sentences: what is wrong, and what to do
 * @property {import("../lib/wire.js").Bytes | null | undefined} bytes
 * @property {unknown} [asked]   the ids of the models whose rows are wanted; anything else: all
 */

/** @param {Plain} plain */
export function plainView({ kind, why, bytes, asked }) {
  const rescued = salvage(bytes, kind === "picker" ? "models" : "routes", asked);
  return html`<div class="hfp-message" role="alert"><b>This ${kind} cannot be drawn.</b> ${why}</div>
    ${rescued ? table(rescued) : nothing}`;
}

/**
 * @param {HTMLElement} el
 * @param {Plain} plain
 * @param {AbortSignal} end
 */
export function mountPlain(el, plain, end) {
  const template = () => plainView(plain);
  const options = {
    name: `hfp-${plain.kind}`,
    home: ".hfp-plain",
    end,
    template,
    plain: template,
    resized: () => {},
  };
  mountRoot(el, options);
}

/** @param {import("../lib/salvage.js").Rescued} rescued */
function table({ columns, rows, more, source, when }) {
  const look = (/** @type {number} */ at) => (columns[at].numeric ? "hfp-n" : "");
  return html`<div class="hfp-plain" tabindex="0" role="group" aria-label="The data as a plain table"><table>
      <thead><tr>${columns.map(({ label, unit }, at) => html`<th scope="col" class=${look(at)}>${label}${unit ? html` <span class="hfp-quiet">${unit}</span>` : nothing}</th>`)}</tr></thead>
      <tbody>${rows.map((row) => html`<tr>${row.map((cell, at) => html`<td class=${look(at)}>${cell}</td>`)}</tr>`)}</tbody>
    </table></div>
    <div class="hfp-foot"><span>${more ? `${integer(more)} more ${more === 1 ? "row" : "rows"} · ` : ""}${source}, ${when} · ${plural(rows.length, "row")} shown</span></div>`;
}
