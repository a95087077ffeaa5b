// How many routes the filters hide, by which of them, and the way to see all again.

import { html, nothing } from "lit-html";
import { ROUTE_COLUMNS } from "../lib/columns.js";
import { format, plural } from "../lib/format.js";

/** @template T @typedef {import("@preact/signals-core").Signal<T>} Signal */
/** @template T @typedef {import("@preact/signals-core").ReadonlySignal<T>} ReadonlySignal */

/**
 * @param {object} state
 * @param {{ filters: Signal<Record<string, unknown>> }} state.traits
 * @param {ReadonlySignal<Uint32Array>} state.all
 * @param {ReadonlySignal<Uint32Array>} state.rows   those that the filters leave
 * @param {ReadonlySignal<{ key: string, hidden: number, unknown: number }[]>} state.hidden   by dropped()
 */
export function hiddenLine({ traits, all, rows, hidden }) {
  const filters = traits.filters.value;
  if (!Object.keys(filters).length) return nothing;
  const reasons = hidden.value.map(
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
