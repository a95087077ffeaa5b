// The planner's form: what is asked of each call, by how many, and what may be spent.

import { html, nothing } from "lit-html";
import { live } from "lit-html/directives/live.js";
import presets from "../../../hfprov_widgets/data/credit.json" with { type: "json" };
import { cleanNumber, exactNumber } from "../lib/format.js";
import { FIELDS, readField } from "../lib/plan-fields.js";
import { typedNumber } from "../lib/typed-number.js";
import { forget, put, type } from "./planner-state.js";
import { menu } from "./popup.js";

/** @typedef {import("./planner-state.js").PlannerState} PlannerState */
/** @typedef {import("../lib/plan-fields.js").FieldName} FieldName */

/** @param {number} usd */
const dollars = (usd) => `$${exactNumber(usd, 2)}`;

/** @param {PlannerState} state */
export function plannerForm(state) {
  const names = /** @type {FieldName[]} */ (Object.keys(FIELDS));
  const wrong = names.flatMap((name) => state.drafts.value[name]?.why || []);
  return html`<div class="hfp-plan-form" role="group" aria-label="What is planned">
      ${names.map((name) => field(state, name))}${whose(state)}</div>
    <div class=${wrong.length ? "hfp-plan-wrong" : ""} role="alert">${[...new Set(wrong)].join(" ")}${wrong.length ? " The plan below is the last that made sense." : ""}</div>
    ${statement(state)}`;
}

/**
 * A number field with its label above it. Escape gives back what stood in it when it was reached.
 * @param {PlannerState} state
 * @param {FieldName} name
 */
function field(state, name) {
  const { label, unit, whole, text } = FIELDS[name];
  const draft = state.drafts.value[name];
  const why = draft?.why ?? "";
  const read = (/** @type {Event} */ { target }) => /** @type {HTMLInputElement} */ (target).value;
  const keys = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Enter") type(state, name, read(event), true);
    const step = { ArrowUp: 1, ArrowDown: -1 }[event.key];
    const number = typedNumber(read(event), whole) ?? 0;
    if (step && !Number.isNaN(number)) {
      type(state, name, String(Math.max(0, cleanNumber(number + step))));
      event.preventDefault();
    }
    if (event.key !== "Escape") return;
    forget(state, name);
    const { needs } = readField(
      name,
      state.needs.value,
      before.get(/** @type {Element} */ (event.target)) ?? "",
    );
    if (needs) put(state, needs);
    event.stopPropagation();
  };
  const shown = draft?.text ?? text(state.needs.value);
  return html`<label class="hfp-number" data-field=${name}><span>${label} <small>${unit}</small></span>
    <input type="text" autocomplete="off" inputmode=${whole ? "numeric" : "decimal"} placeholder=${name === "credit" ? "none" : nothing}
      .value=${live(shown)} aria-invalid=${why ? "true" : nothing} aria-description=${why || nothing} title=${why || nothing}
      @focus=${(/** @type {Event} */ { target }) => before.set(/** @type {Element} */ (target), text(state.needs.peek()))}
      @input=${(/** @type {Event} */ event) => type(state, name, read(event))}
      @change=${(/** @type {Event} */ event) => type(state, name, read(event), true)} @keydown=${keys}></label>`;
}

/** What stood in a field when it was reached. @type {WeakMap<Element, string>} */
const before = new WeakMap();

/** @param {PlannerState} state */
function whose({ traits: { credit_for } }) {
  const choice = (/** @type {"student" | "class"} */ one, /** @type {string} */ words) =>
    html`<button type="button" class="hfp-chip" aria-pressed=${String(credit_for.value === one)} @click=${() => (credit_for.value = one)}>${words}</button>`;
  return html`<span class="hfp-whose" role="group" aria-label="Whose credit">${choice("student", "per student")}${choice("class", "for the class")}</span>`;
}

/** @param {PlannerState} state */
export function presetMenu(state) {
  const items = () =>
    presets.map(({ name, usd, dated }, at) => ({
      key: String(at),
      label: name,
      hint: `${dollars(usd)} · ${dated}`,
      checked: isShown(state, at),
    }));
  const pick = (/** @type {string} */ at) => {
    state.preset.value = Number(at);
    state.traits.credit.value = presets[Number(at)].usd;
    forget(state, "credit");
  };
  return menu({
    id: "presets",
    label: "Credit presets",
    title: "Credit that services are said to grant",
    opened: state.opened,
    kind: "radio",
    items,
    pick,
  });
}

/** @param {PlannerState} state @param {number} at */
const isShown = ({ preset, traits }, at) => preset.value === at && traits.credit.value === presets[at].usd;

/** What a preset rests on, while its sum stands in the field. @param {PlannerState} state */
function statement(state) {
  const at = state.preset.value;
  if (at < 0 || !isShown(state, at)) return nothing;
  const { words, source, dated, per } = presets[at];
  return html`<div class="hfp-plan-said">${words} <span class="hfp-quiet">Per ${per}; said by ${source}, ${dated}. It can have changed.</span></div>`;
}
