// What every widget shows while it has no catalogue to show: that one is loading, or why it cannot be read, with the rows
// that can. With one: the widget itself, under a line that says without words when newer data is being read.

import { html } from "lit-html";
import { plainView } from "./plain.js";

/** @template T @typedef {import("@preact/signals-core").ReadonlySignal<T>} Read */
/**
 * @typedef {object} State
 * @property {Read<{ catalog: import("../lib/frame.js").Catalog | null, error: string }>} decoded
 * @property {{ _catalog: Read<DataView | null>, _freshness: Read<import("./source-line.js").Freshness> }} traits
 * @property {Read<readonly string[] | null>} [asked]   the ids of the models whose rows are wanted; none: all
 */

/**
 * The two templates that `mountRoot` asks for.
 * @param {import("./plain.js").Kind} kind
 * @param {State} state
 * @param {(narrow: boolean) => unknown} template  for a catalogue that could be read
 */
export function catalogView(kind, { decoded, traits, asked }, template) {
  const plain = (/** @type {string} */ why) =>
    plainView({ kind, why, bytes: traits._catalog.value, asked: asked?.value });
  return {
    plain,
    template: (/** @type {boolean} */ narrow) => {
      const { catalog, error } = decoded.value;
      if (error) return plain(error);
      if (!catalog) return html`<div class="hfp-message" role="status">Loading the catalogue…</div>`;
      const busy = traits._freshness.value.phase === "refreshing";
      return html`<div class=${busy ? "hfp-progress hfp-busy" : "hfp-progress"} aria-hidden="true"></div>${template(narrow)}`;
    },
  };
}
