// The code that uses a route. The lines are those of the Python package's snippets.json, and the answer is Python's.
// Ids come from the network: they enter the code as literals of its language, in ASCII, so that they stay data.

import table from "../../../hfprov_widgets/data/snippets.json" with { type: "json" };

/** @typedef {{ label: string, language: "python" | "javascript" | "sh", parts: readonly string[], names_provider?: boolean }} Client */
/** @typedef {string | readonly string[]} Entry  a line; or lines after the words that must all be true for them */
/**
 * What the code calls: a model at a provider, or by a policy, or as the router's default has it.
 * @typedef {object} Target
 * @property {string} model
 * @property {string | null} provider
 * @property {string | null} policy
 */
/** @typedef {{ client: string, variant: string, stream: boolean }} Form */
/** @typedef {{ text: string, strong: boolean }} Piece  strong: where the route is named */

/** @type {Readonly<Record<string, Client>>} */
export const CLIENTS = /** @type {any} */ (table.clients);
/** @type {Readonly<Record<string, string>>} */
export const VARIANTS = table.variants;
/** What the router chooses by, where no provider is named. @type {Readonly<Record<string, string>>} */
export const POLICIES = table.policies;

/** @type {Readonly<Record<string, readonly Entry[]>>} */
const PARTS = /** @type {any} */ (table.parts);
/** @type {Readonly<Record<string, string>>} */
const SHORT = { '"': '\\"', "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

/** What follows the model's id in the router's name for it. @param {Target} target */
export function suffixOf({ provider, policy }) {
  const word = policy ?? provider;
  return word ? `:${word}` : "";
}

/**
 * What a route's id names, where the data does not hold it.
 * @param {string} id
 * @returns {Target}
 */
export function targetOf(id) {
  const colon = id.indexOf(":");
  if (colon < 0) return { model: id, provider: null, policy: null };
  const provider = id.slice(colon + 1).replace(/#.*$/s, "") || null;
  const model = id.slice(0, colon);
  return provider !== null && Object.hasOwn(POLICIES, provider)
    ? { model, provider: null, policy: provider }
    : { model, provider, policy: null };
}

/**
 * The code in pieces, so that what names the route can stand out.
 * @param {Target} target
 * @param {Form} form
 * @returns {Piece[]}
 */
export function snippetPieces(target, { client, variant, stream }) {
  const { language, parts, names_provider } = CLIENTS[client];
  const named = target.provider !== null && names_provider === true;
  const words = new Set([variant, stream ? "stream" : "whole", ...(named ? ["named"] : [])]);
  const text = parts.flatMap((part) => PARTS[part].flatMap((entry) => lines(entry, words))).join("\n");
  const suffix = named ? "" : suffixOf(target);
  return text.split(/(<model>|<provider>)/).flatMap((piece) => {
    if (piece === "<provider>") return [{ text: literal(target.provider ?? "", language), strong: true }];
    if (piece !== "<model>") return [{ text: piece, strong: false }];
    return [
      { text: `"${escaped(target.model, language)}`, strong: false },
      { text: escaped(suffix, language), strong: true },
      { text: '"', strong: false },
    ];
  });
}

/** @param {Target} target @param {Form} form */
export function snippetText(target, form) {
  return snippetPieces(target, form)
    .map(({ text }) => text)
    .join("");
}

/**
 * A text as a literal in double quotes, of printable ASCII alone; for "sh" one of JSON that stands between single quotes.
 * @param {string} text
 * @param {Client["language"]} language
 */
export const literal = (text, language) => `"${escaped(text, language)}"`;

/** @param {string} text @param {Client["language"]} language */
const escaped = (text, language) => Array.from(text, (c) => character(c, language)).join("");

/** @param {string} c  a code point @param {Client["language"]} language */
function character(c, language) {
  if (c in SHORT) return SHORT[c];
  if (c >= " " && c <= "~" && !(c === "'" && language === "sh")) return c;
  const code = /** @type {number} */ (c.codePointAt(0));
  if (code > 0xffff && language === "python") return `\\U${hex(code, 8)}`;
  return Array.from({ length: c.length }, (_, at) => `\\u${hex(c.charCodeAt(at), 4)}`).join("");
}

/** @param {number} code @param {number} digits */
const hex = (code, digits) => code.toString(16).padStart(digits, "0");

/** @param {Entry} entry @param {ReadonlySet<string>} words @returns {readonly string[]} */
function lines(entry, words) {
  if (typeof entry === "string") return [entry];
  const [needed, ...own] = entry;
  return needed.split(" ").every((word) => words.has(word)) ? own : [];
}
