// A row of tabs over one panel: arrows go from one to the next and show it, as in the pattern that readers know.

import { html } from "lit-html";

/** @template T @typedef {import("@preact/signals-core").Signal<T>} Signal */
/** @typedef {ReadonlyMap<string, { label: string }>} Names */

/** @param {{ label: string, names: Names, chosen: Signal<string>, controls: string }} options */
export function tabs({ label, names, chosen, controls }) {
  const tab = (/** @type {string} */ key, /** @type {string} */ words) => {
    const isChosen = chosen.value === key;
    return html`<button type="button" role="tab" class="hfp-tab" data-tab=${key} aria-selected=${String(isChosen)} aria-controls=${controls}
      tabindex=${isChosen ? "0" : "-1"} @click=${() => (chosen.value = key)}>${words}</button>`;
  };
  return html`<div class="hfp-tabs" role="tablist" aria-label=${label}>${Array.from(names, ([key, { label: words }]) => tab(key, words))}</div>`;
}

/**
 * @param {KeyboardEvent} event
 * @param {Names} names
 * @param {Signal<string>} chosen
 */
export function onTabKey(event, names, chosen) {
  const tab = /** @type {HTMLElement} */ (event.target).closest?.("[role='tab']");
  if (!tab || event.ctrlKey || event.metaKey || event.altKey) return;
  const keys = [...names.keys()];
  const at = keys.indexOf(chosen.value);
  /** @type {Record<string, number>} */
  const moves = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: keys.length - 1 };
  if (!(event.key in moves)) return;
  event.preventDefault();
  event.stopPropagation();
  const key = keys[(moves[event.key] + keys.length) % keys.length];
  chosen.value = key;
  /** @type {HTMLElement | null} */ (tab.parentElement?.querySelector(`[data-tab="${key}"]`))?.focus();
}
