// One row of the picker's list: the id with the matched letters marked, and what is known of the model.

import { html, nothing } from "lit-html";
import { format } from "../lib/format.js";
import { value } from "../lib/frame.js";
import { LABELS, priceLabels } from "../lib/labels.js";
import { marks } from "../lib/search.js";
import { labelTags } from "./tags.js";

/** @typedef {import("../lib/frame.js").Catalog} Catalog */

/**
 * What a row says of a model. Price and context are those of one and the same route.
 * @param {Catalog} catalog
 * @param {number} row      of `models`
 * @param {number} route    of `routes`; negative: none
 * @param {string} providers  in words
 */
export function optionWords(catalog, row, route, providers) {
  const of = (/** @type {string} */ name) => (route < 0 ? null : value(catalog.routes, name, route));
  const input = of("price_input");
  const output = of("price_output");
  return {
    does: does(catalog, row, of("task")),
    context: format("tokens", of("context_length")),
    price:
      input === null && output === null ? format("price", null) : `${dollars(input)} / ${dollars(output)}`,
    providers,
    labels: route < 0 ? [] : priceLabels(catalog.routes, route),
  };
}

/** @param {import("../lib/frame.js").Value} price */
const dollars = (price) => (price === null ? format("price", null) : `$${format("price", price)}`);

/** @param {Catalog} catalog @param {number} row @param {import("../lib/frame.js").Value} task */
function does(catalog, row, task) {
  const takes = value(catalog.models, "input_modalities", row);
  const gives = value(catalog.models, "output_modalities", row);
  if (takes === null && gives === null)
    return String(task ?? value(catalog.models, "pipeline_tag", row) ?? "—");
  return `${format("list", takes)} → ${format("list", gives)}`;
}

/**
 * The words of a row for a screen reader, with units and without dashes.
 * @param {string} id
 * @param {ReturnType<typeof optionWords>} words
 */
function optionLabel(id, words) {
  const context = words.context === "—" ? "context not published" : `context ${words.context} tokens`;
  const price =
    words.price === "—"
      ? "price not published"
      : `${words.price.replace("—", "not published")} per million tokens`;
  const labels = words.labels.map((label) => LABELS[label].words);
  return [id, words.does, context, price, ...labels, words.providers].join(", ");
}

/**
 * An id in pieces, so that the organisation is quiet, the name strong, and what was typed marked.
 * @param {string} id
 * @param {readonly string[]} terms
 */
function idPieces(id, terms) {
  const name = id.indexOf("/") + 1;
  const edges = marks(id, terms);
  const cuts = [...new Set([0, name, id.length, ...edges.flat()])].sort((a, b) => a - b);
  return cuts.slice(0, -1).map((start, at) => {
    const text = id.slice(start, cuts[at + 1]);
    const marked = edges.some(([from, to]) => from <= start && start < to);
    const inner = marked ? html`<mark>${text}</mark>` : text;
    return start < name
      ? html`<span class="hfp-org">${inner}</span>`
      : html`<span class="hfp-name">${inner}</span>`;
  });
}

/**
 * @param {object} row
 * @param {string} row.key         the model's id
 * @param {string} row.domId
 * @param {readonly string[]} row.terms
 * @param {ReturnType<typeof optionWords>} row.words
 * @param {boolean} row.active
 * @param {boolean} row.chosen
 * @param {boolean} row.multiple
 * @param {number} row.position    from 1
 * @param {number} row.size
 */
export function option({ key, domId, terms, words, active, chosen, multiple, position, size }) {
  return html`<div role="option" id=${domId} data-key=${key} class=${active ? "hfp-row hfp-active" : "hfp-row"}
    aria-selected=${String(chosen)} aria-setsize=${size} aria-posinset=${position} aria-label=${optionLabel(key, words)} title=${key}>
    <span class="hfp-id">${multiple ? html`<span class="hfp-box" aria-hidden="true">${chosen ? "✓" : ""}</span>` : nothing}${idPieces(key, terms)}${labelTags(words.labels)}</span>
    <span class="hfp-does">${words.does}</span><span class="hfp-context">${words.context}</span>
    <span class="hfp-price">${words.price}</span><span class="hfp-providers">${words.providers}</span>
  </div>`;
}
