// The fields of the planner's form: how a number of the plan stands in one, and what a text in one means.

import { refusal } from "./budget.js";
import { cleanNumber, exactNumber, integer } from "./format.js";

/** @typedef {import("./budget.js").PlanNeeds} PlanNeeds */
/** @typedef {"input" | "output" | "calls" | "students" | "margin" | "credit"} FieldName */
/**
 * @typedef {object} Field
 * @property {string} label
 * @property {string} unit
 * @property {"1" | "any"} step
 * @property {(needs: PlanNeeds) => string} text
 * @property {(needs: PlanNeeds, number: number | null) => PlanNeeds} put   null: the field is empty
 */

/** The trait's fraction is a percentage here. */
const PERCENT = 100;

/** @param {number} number  as a number field takes it: no exponent, no commas */
const plain = (number) => exactNumber(number).replaceAll(",", "");

/** @param {number | null} number  what is no number is refused in the plan's own words */
const orNaN = (number) => number ?? Number.NaN;

/** @type {Readonly<Record<FieldName, Field>>} */
export const FIELDS = {
  input: {
    label: "Input",
    unit: "tokens a call",
    step: "1",
    text: ({ tokens }) => plain(tokens[0]),
    put: (needs, number) => ({ ...needs, tokens: [orNaN(number), needs.tokens[1]] }),
  },
  output: {
    label: "Output",
    unit: "tokens a call",
    step: "1",
    text: ({ tokens }) => plain(tokens[1]),
    put: (needs, number) => ({ ...needs, tokens: [needs.tokens[0], orNaN(number)] }),
  },
  calls: {
    label: "Calls",
    unit: "a student",
    step: "1",
    text: ({ calls }) => plain(calls),
    put: (needs, number) => ({ ...needs, calls: orNaN(number) }),
  },
  students: {
    label: "Students",
    unit: "in the class",
    step: "1",
    text: ({ students }) => plain(students),
    put: (needs, number) => ({ ...needs, students: orNaN(number) }),
  },
  margin: {
    label: "To spare",
    unit: "%",
    step: "any",
    text: ({ margin }) => (margin === 0 ? "0" : plain(cleanNumber(margin * PERCENT))),
    put: (needs, number) => ({ ...needs, margin: number ? cleaned(number / PERCENT) : orNaN(number) }),
  },
  credit: {
    label: "Credit",
    unit: "$",
    step: "any",
    text: ({ credit }) => (credit === null ? "" : plain(credit)),
    put: (needs, number) => ({ ...needs, credit: number }),
  },
};

/** @param {number} number */
const cleaned = (number) => (number > 0 ? cleanNumber(number) : number);

/**
 * What a text in a field makes of the plan: the new needs, or why there are none.
 * @param {FieldName} name
 * @param {PlanNeeds} needs
 * @param {string} text
 * @returns {{ needs: PlanNeeds, why: "" } | { needs: null, why: string }}
 */
export function readField(name, needs, text) {
  const next = FIELDS[name].put(needs, text.trim() === "" ? null : Number(text));
  const why = refusal(next);
  return why === null ? { needs: next, why: "" } : { needs: null, why: asInForm(name, why) };
}

/** Python's words speak of its traits; a form has percent, and no None. @param {FieldName} name @param {string} why */
function asInForm(name, why) {
  const words = name === "margin" ? `to spare is a number from 0 to ${integer(10_000)} %` : why;
  return `${words[0].toUpperCase()}${words.slice(1)}.`.replace("None for no budget", "empty for no budget");
}
