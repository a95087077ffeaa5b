// The snippet: the code that uses the chosen route, as text, with what names the route in bold.

import { computed } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { NEEDS } from "../lib/snippet-notes.js";
import { suffixOf } from "../lib/snippets.js";
import { announcement, tellWhenSettled } from "./announce.js";
import { catalogView } from "./catalog-view.js";
import { chosenLine } from "./chosen-line.js";
import { copiedLine } from "./copied.js";
import { mountRoot } from "./root.js";
import { snippetMenus } from "./snippet-menus.js";
import { snippetState } from "./snippet-state.js";
import { sourceLine } from "./source-line.js";

/** @typedef {import("./snippet-state.js").SnippetState} SnippetState */

/**
 * @param {HTMLElement} el
 * @param {import("./snippet-state.js").SnippetTraits} traits
 * @param {AbortSignal} end
 */
export function mountSnippet(el, traits, end) {
  const state = snippetState(traits);
  mountRoot(el, {
    name: "hfp-snippet",
    home: ".hfp-menus button",
    end,
    ...catalogView("snippet", state, () => template(state)),
    python: traits,
    resized: () => {},
  });
  tellWhenSettled(
    computed(() => summary(state)),
    state.told,
    end,
  );
}

/** What a screen reader is told when the code has changed. @param {SnippetState} state */
function summary({ decoded, target, text, words }) {
  if (!decoded.value.catalog || !target.value) return "";
  const name = `${target.value.model}${suffixOf(target.value)}`;
  return text.value ? `Code for ${name}: ${words.value}` : `No code for ${name}`;
}

/** @param {SnippetState} state */
function template(state) {
  return html`<div class="hfp-bar">${heading(state)}${snippetMenus(state)}</div>
    ${body(state)}${foot(state)}`;
}

/** @param {SnippetState} state */
function heading({ target, told }) {
  const called = target.value;
  if (!called)
    return html`<span class="hfp-title"><span class="hfp-name">Use it</span>${announcement(told)}</span>`;
  const name = called.model.indexOf("/") + 1;
  return html`<span class="hfp-title" title=${called.model + suffixOf(called)}><span class="hfp-name">Use it</span>
    <span class="hfp-route"><span class="hfp-org">${called.model.slice(0, name)}</span>${called.model.slice(name)}<b>${suffixOf(called)}</b></span>${announcement(told)}</span>`;
}

/** @param {SnippetState} state */
function body({ target, why, pieces, words }) {
  if (!target.value) {
    return html`<div class="hfp-none"><p><b>No route is chosen.</b></p>
      <p>Choose one where routes are compared, drawn or planned. A widget of its own is linked with this one: <code>link((table, "value"), (snippet, "value"))</code></p></div>`;
  }
  if (why.value) return html`<div class="hfp-none"><p>${why.value}</p></div>`;
  return html`<pre class="hfp-code" tabindex="0" role="group" aria-label="Code: ${words.value}"><code>${pieces.value.map(({ text, strong }) => (strong ? html`<b>${text}</b>` : text))}</code></pre>`;
}

/** @param {SnippetState} state */
function foot(state) {
  const { notes, call, text, catalog, traits, offered } = state;
  const warnings = notes.value.filter(({ warns }) => warns);
  const others = notes.value.filter(({ warns }) => !warns);
  return html`${
    text.value
      ? html`${warnings.length ? html`<div class="hfp-foot hfp-doubts">${warnings.map(({ words }) => html`<span>${words}</span>`)}</div>` : nothing}
        <div class="hfp-foot hfp-says"><b>${call.value}</b>${others.map(({ words }) => html`<span>${words}</span>`)}<span>${NEEDS}</span></div>`
      : nothing
  }${copiedLine(state.copied)}
    <div class="hfp-foot">${chosenLine(state, offered.value)}${sourceLine(catalog.value, traits)}</div>`;
}
