// What a screen reader is told of its own accord: politely, and once the user has stopped typing, not at each letter.

import { effect } from "@preact/signals-core";
import { html } from "lit-html";

/** @template T @typedef {import("@preact/signals-core").Signal<T>} Signal */
/** @template T @typedef {import("@preact/signals-core").ReadonlySignal<T>} ReadonlySignal */

/** How long (ms) a text must stay the same before it is told. */
const REST = 600;

/**
 * @param {ReadonlySignal<string>} text
 * @param {Signal<string>} told   follows the text when it has rested
 * @param {AbortSignal} end
 */
export function tellWhenSettled(text, told, end) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  told.value = text.peek(); // what a widget starts with is read with the rest of it, not told
  const stop = effect(() => {
    const next = text.value;
    clearTimeout(timer);
    timer = setTimeout(() => (told.value = next), REST);
  });
  end.addEventListener("abort", () => {
    clearTimeout(timer);
    stop();
  });
}

/** @param {Signal<string>} told */
export const announcement = (told) =>
  html`<span class="hfp-visually-hidden hfp-told" role="status">${told.value}</span>`;
