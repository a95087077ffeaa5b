// What the last copy did, in a line of words; or the text itself, where the host forbids copying.

import { html, nothing } from "lit-html";
import { copyText } from "./clipboard.js";

/** @template T @typedef {import("@preact/signals-core").Signal<T>} Signal */
/** @typedef {{ words: string, text: string }} Copied */

/** @type {Copied} */
export const NOTHING_COPIED = { words: "", text: "" };

/**
 * Copy a text and say so.
 * @param {Signal<Copied>} copied
 * @param {string} text
 * @param {string} what  what it is, in a word: "Markdown"
 */
export async function copyAndSay(copied, text, what) {
  copied.value = (await copyText(text))
    ? { words: `Copied: ${what}`, text: "" }
    : { words: "This page may not copy; take it from here:", text };
}

/** @param {Signal<Copied>} copied */
export function copiedLine(copied) {
  const { words, text } = copied.value;
  return html`<div class="hfp-copied ${words ? "hfp-foot" : ""}" role="status">${words}${
    text
      ? html`<textarea readonly rows="4" aria-label="Text to copy" .value=${text} @focus=${(/** @type {FocusEvent} */ event) => /** @type {HTMLTextAreaElement} */ (event.target).select()}></textarea>`
      : nothing
  }</div>`;
}
