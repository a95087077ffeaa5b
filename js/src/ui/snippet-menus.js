// The menus above the code: which route or policy, by which client, with what, and whether the answer is streamed.

import { html, nothing } from "lit-html";
import { value } from "../lib/frame.js";
import { CLIENTS, POLICIES, VARIANTS } from "../lib/snippets.js";
import { copyAndSay } from "./copied.js";
import { menu } from "./popup.js";

/** @typedef {import("./snippet-state.js").SnippetState} SnippetState */

/** @param {SnippetState} state */
export function snippetMenus(state) {
  const { client, variant, stream } = state.traits;
  return html`<span class="hfp-menus">${routeMenu(state)}${choice(state, "client", client, CLIENTS[client.value].label, labelsOfClients)}${choice(state, "variant", variant, VARIANTS[variant.value], Object.entries(VARIANTS))}<button
    type="button" class="hfp-button hfp-toggle" aria-pressed=${String(stream.value)} @click=${() => (stream.value = !stream.value)}>Stream</button>${copyButton(state)}</span>`;
}

const labelsOfClients = Object.entries(CLIENTS).map(([key, { label }]) => [key, label]);

/**
 * A menu of one trait's words.
 * @param {SnippetState} state
 * @param {string} id
 * @param {import("@preact/signals-core").Signal<string>} trait
 * @param {string} label
 * @param {readonly (readonly string[])[]} words  key and label
 */
function choice(state, id, trait, label, words) {
  const items = () => words.map(([key, label]) => ({ key, label, checked: key === trait.value }));
  const pick = (/** @type {string} */ key) => (trait.value = key);
  return menu({ id, label, opened: state.opened, kind: "radio", items, pick });
}

/** A policy, the router's default, or a provider of the model. @param {SnippetState} state */
function routeMenu(state) {
  const { target, offered, chosen, traits, catalog } = state;
  const called = target.value;
  if (called === null) return nothing;
  const items = () => [
    ...Object.entries(POLICIES).map(([policy, help]) => ({
      key: `:${policy}`,
      label: `:${policy}`,
      hint: help,
      checked: traits.policy.value === policy,
    })),
    ...(chosen.value === null
      ? [
          {
            key: "",
            label: "no provider named",
            hint: "the router's default",
            checked: traits.policy.value === null,
          },
        ]
      : []),
    ...Array.from(offered.value, (row) => ({
      key: state.routeId(row),
      label: String(value(catalog.value.routes, "provider", row)),
      hint: hint(state, row),
      checked: traits.policy.value === null && state.routeId(row) === chosen.value,
    })),
  ];
  const pick = (/** @type {string} */ key) => {
    const isPolicy = key.startsWith(":");
    if (!isPolicy && key) traits.value.value = key;
    traits.policy.value = isPolicy ? key.slice(1) : null;
  };
  const label = called.provider ?? (called.policy ? `:${called.policy}` : "router's default");
  return menu({ id: "route", label, title: "Who answers", opened: state.opened, kind: "radio", items, pick });
}

/** What tells two routes of one provider apart, and that one is not live. @param {SnippetState} state @param {number} row */
function hint({ catalog }, row) {
  const { routes } = catalog.value;
  const status = value(routes, "status", row);
  const task = value(routes, "shares_pair", row) === true ? String(value(routes, "task", row)) : "";
  return [task, status === "live" ? "" : String(status ?? "status not published")]
    .filter(Boolean)
    .join(" · ");
}

/** @param {SnippetState} state */
function copyButton(state) {
  if (!state.text.value) return nothing;
  const copy = () => copyAndSay(state.copied, state.text.value, state.words.value);
  return html`<button type="button" class="hfp-button" @click=${copy}>Copy</button>`;
}
