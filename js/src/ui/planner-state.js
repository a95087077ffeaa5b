// From the planner's traits to the plan it shows, stage by stage. What is typed and makes no sense stays in the form;
// so do a pasted text and the preset that was taken: none of them is a trait.

import { computed, effect, signal } from "@preact/signals-core";
import { mixOf, priced, sieveOf } from "../lib/budget.js";
import { explainPlan } from "../lib/explain-plan.js";
import { priceLabels } from "../lib/labels.js";
import { speedDays } from "../lib/notes.js";
import { FIELDS, readField } from "../lib/plan-fields.js";
import { planColumns } from "../lib/plan-words.js";
import { NOTHING_COPIED } from "./copied.js";
import { routeState } from "./route-state.js";
import { rowsState } from "./rows.js";

/** @template T @typedef {import("@preact/signals-core").Signal<T>} Signal */
/** @typedef {import("../lib/budget.js").PlanNeeds} PlanNeeds */
/** @typedef {import("../lib/plan-fields.js").FieldName} FieldName */
/** @typedef {import("../widgets/asking.js").Counted} Counted */
/** @typedef {{ text: string, why: string }} Draft  what stands in a field; why: it makes no sense; "": it does */

/**
 * @typedef {object} OwnTraits
 * @property {Signal<readonly [number, number]>} tokens
 * @property {Signal<number>} calls
 * @property {Signal<number>} students
 * @property {Signal<number>} margin
 * @property {Signal<number | null>} credit
 * @property {Signal<"student" | "class">} credit_for
 * @property {Signal<boolean>} _counts   whether Python was given a tokenizer
 */
/** @typedef {import("./route-state.js").PlainTraits & OwnTraits} PlannerTraits */
/** @typedef {ReturnType<typeof plannerState>} PlannerState */

/**
 * @param {PlannerTraits} traits
 * @param {((text: string) => Promise<Counted>) | null} count  by the tokenizer in Python
 */
export function plannerState(traits, count) {
  const state = routeState(traits);
  const { decoded, catalog, all, ascending, asked, single } = state;
  /** @type {import("@preact/signals-core").ReadonlySignal<PlanNeeds>} */
  const needs = computed(() => ({
    tokens: traits.tokens.value,
    calls: traits.calls.value,
    students: traits.students.value,
    margin: traits.margin.value,
    credit: traits.credit.value,
    credit_for: traits.credit_for.value,
  }));
  const mix = computed(() => mixOf(traits.tokens.value, traits.filters.value));
  const sieve = computed(() => sieveOf(catalog.value, ascending.value, mix.value, traits.filters.value));
  const rows = computed(() => sieve.value.cheapestFirst(traits.tokens.value));
  const plan = computed(() => priced(catalog.value, sieve.value, rows.value, needs.value));
  return {
    traits,
    ...state,
    ...rowsState(state, rows),
    needs,
    plan,
    columns: computed(() => planColumns(plan.value, single.value !== null)),
    sentence: computed(() =>
      decoded.value.catalog && all.value.length ? explainPlan(catalog.value, plan.value, asked.value) : "",
    ),
    told: signal(""),
    // Of all, with those that have no cost: nothing that is typed changes it.
    labelled: computed(() =>
      ascending.value.some((row) => priceLabels(catalog.value.routes, row).length > 0),
    ),
    notes: computed(() => speedDays(catalog.value, ascending.value)),
    /** @type {Signal<Partial<Record<FieldName, Draft>>>} */
    drafts: signal({}),
    /** The preset that was taken last, by its place. */
    preset: signal(-1),
    /** A pasted text, and what Python says of it. */
    text: signal(""),
    /** @type {Signal<Counted | "asking" | "late" | null>} */
    counted: signal(null),
    count,
    /** Whether the routes without a cost are unfolded. */
    unfolded: signal(false),
    opened: signal(""),
    copied: signal(NOTHING_COPIED),
  };
}

/**
 * What is typed: what makes sense becomes the plan at once, the rest stays in its field with the reason.
 * @param {PlannerState} state
 * @param {FieldName} name
 * @param {string} text
 * @param {boolean} [left]  whether the field was left: only then an empty one is wrong
 */
export function type(state, name, text, left = false) {
  const { needs, why } = readField(name, state.needs.peek(), text);
  const draft = { text, why: text === "" && !left ? "" : why };
  state.drafts.value = { ...state.drafts.value, [name]: draft };
  if (needs) put(state, needs);
  if (left && !why) forget(state, name);
}

/** @param {PlannerState} state @param {FieldName} name */
export function forget({ drafts }, name) {
  const { [name]: _, ...rest } = drafts.value;
  drafts.value = rest;
}

/** Sets those traits that change. @param {PlannerState} state @param {PlanNeeds} needs */
export function put({ traits }, needs) {
  const { tokens } = traits;
  const [input, output] = tokens.value;
  if (input !== needs.tokens[0] || output !== needs.tokens[1]) tokens.value = needs.tokens;
  traits.calls.value = needs.calls;
  traits.students.value = needs.students;
  traits.margin.value = needs.margin;
  traits.credit.value = needs.credit;
}

/**
 * A value that comes from elsewhere (Python, another view, a preset) takes the place of what was typed.
 * @param {PlannerState} state
 * @returns {() => void}
 */
export function followTraits(state) {
  const names = /** @type {FieldName[]} */ (Object.keys(FIELDS));
  const stops = names.map((name) => {
    const shown = computed(() => FIELDS[name].text(state.needs.value));
    return effect(() => {
      const text = shown.value;
      const draft = state.drafts.peek()[name];
      if (draft === undefined) return;
      const typed = readField(name, state.needs.peek(), draft.text).needs;
      if (typed === null || FIELDS[name].text(typed) !== text) forget(state, name);
    });
  });
  return () => {
    for (const stop of stops) stop();
  };
}
