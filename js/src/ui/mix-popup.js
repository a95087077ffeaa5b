// The user's mix of input and output tokens: two fields and a few ready-made ones, behind a button that shows it.

import { html } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { typedNumber } from "../lib/typed-number.js";
import { popup } from "./popup.js";

/** @template T @typedef {import("@preact/signals-core").Signal<T>} Signal */

const MIXES = /** @type {const} */ ([
  [3, 1],
  [1, 1],
  [1, 3],
  [10, 1],
  [1, 0],
  [0, 1],
]);

/** @param {{ traits: { mix: Signal<import("../lib/columns.js").Mix> }, opened: Signal<string> }} state */
export function mixPopup({ traits: { mix }, opened }) {
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
      change(typedNumber(input.value, false) ?? part);
      input.value = String(mix.value[label === "Input" ? 0 : 1]);
    };
    const restore = (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "Escape") /** @type {HTMLInputElement} */ (event.target).value = String(part);
    };
    return html`<label>${label} <input type="text" autocomplete="off" inputmode="decimal" .value=${live(String(part))} @change=${read} @keydown=${restore}></label>`;
  };
  const panel = () => html`<div class="hfp-form" role="dialog" aria-label="My mix of input and output tokens">
    <p>How many input tokens do you send for each output token? Or give the token counts of a typical call.</p>
    ${field("Input", input, (part) => set(part, output))}
    ${field("Output", output, (part) => set(input, part))}
    <p>${MIXES.map(([a, b]) => html`<button type="button" class="hfp-chip" aria-pressed=${String(a === input && b === output)} @click=${() => set(a, b)}>${a} : ${b}</button>`)}</p>
  </div>`;
  return popup({ id: "mix", label: `My mix ${input} : ${output}`, opened, panel });
}
