// What has to be said of a snippet: what a call costs, what the route lacks, or why there is no code.
// The words are those of Python's data/snippet_notes.py.

import { costPerCall } from "./choose.js";
import { format, integer } from "./format.js";
import { value } from "./frame.js";
import { zeroWords } from "./labels.js";
import { policies } from "./policy.js";
import { CLIENTS, POLICIES, suffixOf } from "./snippets.js";

/** @typedef {import("./frame.js").Catalog} Catalog */
/** @typedef {import("./snippets.js").Target} Target */
/** @typedef {{ words: string, warns: boolean }} Note  with `warns`: one to be read before the code is run */

/** Input and output tokens of the call whose cost is said. @type {readonly [number, number]} */
const CALL = [600, 300];
const CHAT = "conversational";

export const NEEDS =
  "Needs a token with “Make calls to Inference Providers” in HF_TOKEN. Looking and comparing never spend; running this does.";

/** What a variant needs of a route: the column, and the words for it. @type {Readonly<Record<string, readonly [string, string]>>} */
const ABILITIES = {
  tools: ["supports_tools", "tools"],
  structured: ["supports_structured_output", "structured output"],
};

/**
 * Why there is no code; "" where there is.
 * @param {Catalog} catalog
 * @param {Target} target
 * @param {Uint32Array} rows  the route where a provider is named, else all of the model; none where the data has none
 */
export function whyNoCode(catalog, target, rows) {
  if (!rows.length || rows.some((row) => isChat(catalog, row))) return "";
  const only = "This kit writes code for chat routes only";
  return target.provider
    ? `${only}; the task of this one is ${value(catalog.routes, "task", rows[0])}.`
    : `${only}; ${target.model} has none in this data.`;
}

/**
 * What is doubtful, and what the router would choose.
 * @param {Catalog} catalog
 * @param {Target} target
 * @param {Uint32Array} rows  as for whyNoCode
 * @param {{ client: string, variant: string }} form
 * @returns {Note[]}
 */
export function notesOf(catalog, target, rows, { client, variant }) {
  if (!rows.length) {
    const what = target.provider ? target.model + suffixOf(target) : target.model;
    const unknown = warning(`${what} is not in this data: its price and abilities are unknown.`);
    return [...choosing(catalog, target, rows), unknown];
  }
  if (target.provider)
    return [
      ...misread(target.provider, client),
      ...statusNotes(catalog, rows[0]),
      ...ability(catalog, rows[0], variant),
    ];
  const live = rows.filter((row) => value(catalog.routes, "status", row) === "live" && isChat(catalog, row));
  const none = live.length ? [] : [warning(`No live route of ${target.model} in this data.`)];
  return [...choosing(catalog, target, live), ...none, ...abilities(catalog, live, variant)];
}

/**
 * What a call of a stated size costs; for a named provider only, since the router's choice is its own.
 * @param {Catalog} catalog
 * @param {Target} target
 * @param {Uint32Array} rows  as for whyNoCode
 */
export function callWords(catalog, target, rows) {
  const call = `${CALL[0]} in + ${CALL[1]} out`;
  if (!target.provider) return `${call}: the price is that of the route the router takes`;
  if (!rows.length) return `${call} ≈ — a call (the price is unknown here)`;
  const cell = (/** @type {string} */ name) => value(catalog.routes, name, rows[0]);
  if (cell("price_input") === null || cell("price_output") === null)
    return `${call} ≈ — a call (no price published)`;
  const cost = costPerCall(catalog, rows[0], CALL);
  if (cost === null) return `${call} ≈ — a call (the published price is in doubt)`;
  return `${call} ≈ $${format("blended", cost)} a call${cost ? "" : zeroWords(catalog, rows[0])}`;
}

/** Whether it takes chat messages; the router lists such routes only, and does not say so. @param {Catalog} catalog @param {number} row */
function isChat({ routes }, row) {
  const task = value(routes, "task", row);
  return task === null || task === CHAT;
}

/** @param {string} words @returns {Note} */
const warning = (words) => ({ words, warns: true });

/** @param {Catalog} catalog @param {number} row */
const providerOf = ({ routes }, row) => value(routes, "provider", row);

/** A provider may be called as a policy is. @param {string} provider @param {string} client */
const misread = (provider, client) =>
  Object.hasOwn(POLICIES, provider) && !CLIENTS[client].names_provider
    ? [warning(`The router reads :${provider} as its policy, not as this provider.`)]
    : [];

/** @param {Catalog} catalog @param {number} row */
function statusNotes(catalog, row) {
  const status = value(catalog.routes, "status", row);
  if (status === "live") return [];
  const provider = providerOf(catalog, row);
  return [
    warning(
      status === null
        ? `Whether ${provider} serves it now is not published.`
        : `${provider} is not live: its status is ${status}.`,
    ),
  ];
}

/** @param {Catalog} catalog @param {number} row @param {string} variant */
function ability(catalog, row, variant) {
  if (!(variant in ABILITIES)) return [];
  const [column, words] = ABILITIES[variant];
  const able = value(catalog.routes, column, row);
  if (able === true) return [];
  const provider = providerOf(catalog, row);
  return [
    warning(
      able === null
        ? `Whether ${provider} has ${words} for this model is not published.`
        : `${provider} says: no ${words} for this model.`,
    ),
  ];
}

/** @param {Catalog} catalog @param {Uint32Array} live @param {string} variant */
function abilities(catalog, live, variant) {
  if (!(variant in ABILITIES) || !live.length) return [];
  const [column, words] = ABILITIES[variant];
  const able = live.filter((row) => value(catalog.routes, column, row) === true).length;
  if (able === live.length) return [];
  const count = `${integer(able)} of ${integer(live.length)} live routes`;
  return [warning(`${count} say that they have ${words}; the router may take another.`)];
}

/**
 * Which route the router would take.
 * @param {Catalog} catalog @param {Target} target @param {Uint32Array} live
 * @returns {Note[]}
 */
function choosing(catalog, target, live) {
  if (target.provider) return [];
  const policy = target.policy ?? "fastest";
  const start = target.policy ? "" : "No provider is named, so the router takes its default, ";
  const found = policies(catalog, live);
  const known = policy === "cheapest" || policy === "fastest" ? found[policy] : null; // of the account's order nothing is known
  return [{ words: `${start}:${policy}, ${POLICIES[policy]}: ${here(known)}.`, warns: false }];
}

/** @param {import("./policy.js").PolicyChoice | null} known */
function here(known) {
  if (!known?.providers.length) return "unknown here";
  const { providers, published, of } = known;
  const few = published < of ? ` (${integer(published)} of ${integer(of)} publish it)` : "";
  return `in this data ${providers.join(" or ")}${few}`;
}
