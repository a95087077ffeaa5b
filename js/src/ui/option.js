// One row of the picker's list: the id with the matched letters marked, and what is known of the model.

import { html, nothing } from "lit-html";
import { DASH, format } from "../lib/format.js";
import { value } from "../lib/frame.js";
import { priceLabels } from "../lib/labels.js";
import { marks } from "../lib/search.js";
import { labelTags } from "./tags.js";

/** @typedef {import("../lib/frame.js").Catalog} Catalog */

/**
 * What a row says of a model, to the eye and to the ear: units in full, and no dash. Price and context are those of one
 * and the same route.
 * @param {Catalog} catalog
 * @param {number} row      of `models`
 * @param {number} route    of `routes`; negative: none
 */
export function optionWords(catalog, row, route) {
  const of = (/** @type {string} */ name) => (route < 0 ? null : value(catalog.routes, name, route));
  return {
    does: does(catalog, row, of("task")),
    context: context(format("tokens", of("context_length"))),
    price: price(dollars(of("price_input")), dollars(of("price_output"))),
    labels: route < 0 ? [] : priceLabels(catalog.routes, route),
  };
}

/** @typedef {{ seen: string, heard: string }} Words */

/** @param {Catalog} catalog @param {number} row @param {import("../lib/frame.js").Value} task @returns {Words} */
function does(catalog, row, task) {
  const takes = value(catalog.models, "input_modalities", row);
  const gives = value(catalog.models, "output_modalities", row);
  if (takes === null && gives === null) {
    const text = String(task ?? value(catalog.models, "pipeline_tag", row) ?? DASH);
    return { seen: text, heard: text === DASH ? "what it does is not published" : text };
  }
  const [from, to] = [format("list", takes), format("list", gives)];
  return { seen: `${from} → ${to}`, heard: `takes ${said(from)}, gives ${said(to)}` };
}

/** @param {string} tokens @returns {Words} */
const context = (tokens) => ({
  seen: tokens,
  heard: `context ${tokens === DASH ? NOT_PUBLISHED : `${tokens} tokens`}`,
});

/** @param {string} input @param {string} output @returns {Words} */
function price(input, output) {
  if (input === DASH && output === DASH) return { seen: DASH, heard: `price ${NOT_PUBLISHED}` };
  const heard = `input ${said(input)}, output ${said(output)} per million tokens`;
  return { seen: `${input} / ${output}`, heard };
}

/** @param {import("../lib/frame.js").Value} price */
const dollars = (price) => (price === null ? DASH : `$${format("price", price)}`);

const NOT_PUBLISHED = "not published";

/** @param {string} text */
const said = (text) => (text === DASH ? NOT_PUBLISHED : text);

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
 * @param {unknown} row.providers  in words
 * @param {boolean} row.active
 * @param {boolean} row.chosen
 * @param {boolean} row.multiple
 * @param {number} row.position    from 1
 * @param {number} row.size
 */
export function option({ key, domId, terms, words, providers, active, chosen, multiple, position, size }) {
  return html`<div role="option" id=${domId} data-key=${key} class=${active ? "hfp-row hfp-active" : "hfp-row"}
    aria-selected=${String(chosen)} aria-setsize=${size} aria-posinset=${position}>
    <span class="hfp-id" title=${key}>${multiple ? html`<span class="hfp-box" aria-hidden="true">${chosen ? "✓" : ""}</span>` : nothing}${idPieces(key, terms)}${labelTags(words.labels)}</span>
    ${cell("hfp-does", words.does)}${cell("hfp-context", words.context)}${cell("hfp-price", words.price)}<span class="hfp-providers"><span class="hfp-visually-hidden">, </span>${providers}</span>
  </div>`;
}

/** @param {string} name @param {Words} words */
const cell = (name, { seen, heard }) =>
  html`<span class=${name}><span aria-hidden="true">${seen}</span><span class="hfp-visually-hidden">, ${heard}</span></span>`;
