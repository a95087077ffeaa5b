// Tokens from a text: pasted here, estimated on the page, and counted in Python where a tokenizer was given and the user
// asks for it. The text is the view's own; it leaves the page only then.

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import { integer, plural } from "../lib/format.js";
import { ESTIMATED, estimateTokens } from "../lib/tokens.js";
import { put } from "./planner-state.js";
import { popup } from "./popup.js";

/** @typedef {import("./planner-state.js").PlannerState} PlannerState */

/** How long the page waits for a count before it says that it waits. */
const PATIENCE_MS = 3000;

/** @param {PlannerState} state */
export const textPopup = (state) =>
  popup({ id: "text", label: "From a text", opened: state.opened, panel: () => panel(state) });

/** @param {PlannerState} state */
function panel(state) {
  const { text, counted } = state;
  const { tokens: exact, how } = answerOf(counted.value);
  const tokens = exact ?? estimateTokens(text.value);
  const paste = (/** @type {Event} */ { target }) => {
    text.value = /** @type {HTMLTextAreaElement} */ (target).value;
    counted.value = null;
  };
  const use = (/** @type {0 | 1} */ part) => (/** @type {Event} */ event) => {
    const needs = state.needs.peek();
    const [input, output] = needs.tokens;
    put(state, { ...needs, tokens: part === 0 ? [tokens, output] : [input, tokens] });
    state.drafts.value = {};
    const button = /** @type {Element} */ (event.currentTarget)
      .closest(".hfp-popup")
      ?.querySelector("button");
    button?.focus(); // first: closing removes the focused element
    state.opened.value = "";
  };
  const ready = tokens > 0;
  return html`<div class="hfp-form hfp-plan-text" role="dialog" aria-label="Tokens from a text">
    <textarea rows="6" aria-label="Text" placeholder="Paste a prompt or an answer" .value=${live(text.value)} @input=${paste}></textarea>
    <p role="status">${exact === undefined ? html`≈ ${plural(tokens, "token")} <span class="hfp-quiet">(${ESTIMATED})</span>` : html`${integer(exact)} ${exact === 1 ? "token" : "tokens"} <span class="hfp-quiet">(${how})</span>`}</p>
    <p>${button("Use as input", ready, use(0))} ${button("Use as output", ready, use(1))} ${state.count && state.traits._counts.value ? button("Count exactly", ready && typeof counted.value !== "string", () => ask(state)) : nothing}</p>
    <p class="hfp-quiet" role="status">${python(state)}</p>
  </div>`;
}

/** @param {import("./planner-state.js").PlannerState["counted"]["value"]} said @returns {import("../widgets/asking.js").Counted} */
const answerOf = (said) => (said === null || typeof said === "string" ? {} : said);

/** @param {string} words @param {boolean} ready @param {(event: Event) => void} act */
const button = (words, ready, act) =>
  html`<button type="button" class="hfp-chip" aria-disabled=${ready ? nothing : "true"} @click=${(/** @type {Event} */ event) => ready && act(event)}>${words}</button>`;

/** @param {PlannerState} state */
async function ask({ text, counted, count }) {
  const asked = text.value;
  const waits = () => text.value === asked && typeof counted.value === "string";
  counted.value = "asking";
  const timer = setTimeout(() => {
    if (waits()) counted.value = "late";
  }, PATIENCE_MS);
  const answer = await count?.(asked);
  clearTimeout(timer);
  if (answer && waits()) counted.value = answer;
}

/** What there is to say of Python. @param {PlannerState} state */
function python({ traits, counted, count }) {
  const said = counted.value;
  if (said === "asking") return "Python is counting it with your tokenizer…";
  if (said === "late")
    return "Python has not answered yet: it is busy, or not there. Until it does, this is the estimate.";
  if (said?.error) return `${said.error}. This is the estimate.`;
  return count && traits._counts.value
    ? "The text stays in this page until you press Count exactly; Python then counts it and keeps it nowhere."
    : "The text stays in this page.";
}
