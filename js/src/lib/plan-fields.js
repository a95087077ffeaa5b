// The fields of the planner's form: how a number of the plan stands in one, and what a text in one means.

import { refusal } from "./budget.js";
import { cleanNumber, exactNumber, integer } from "./format.js";
import { typedNumber } from "./typed-number.js";

/** @typedef {import("./budget.js").PlanNeeds} PlanNeeds */
/** @typedef {"input" | "output" | "calls" | "students" | "margin" | "credit"} FieldName */
/**
 * @typedef {object} Field
 * @property {string} label
 * @property {string} unit
 * @property {boolean} whole
 * @property {(needs: PlanNeeds) => string} text
 * @property {(needs: PlanNeeds, number: number | null) => PlanNeeds} put   null: the field is empty
 */

/** The trait's fraction is a percentage here. */
const PERCENT = 100;

/** @param {number} number  as it is typed: no exponent, no commas */
const plain = (number) => exactNumber(number).replaceAll(",", "");

/** @param {number | null} number  what is no number is refused in the plan's own words */
const orNaN = (number) => number ?? Number.NaN;

/** @type {Readonly<Record<FieldName, Field>>} */
export const FIELDS = {
  input: {
    label: "Input",
    unit: "tokens a call",
    whole: true,
    text: ({ tokens }) => plain(tokens[0]),
    put: (needs, number) => ({ ...needs, tokens: [orNaN(number), needs.tokens[1]] }),
  },
  output: {
    label: "Output",
    unit: "tokens a call",
    whole: true,
    text: ({ tokens }) => plain(tokens[1]),
    put: (needs, number) => ({ ...needs, tokens: [needs.tokens[0], orNaN(number)] }),
  },
  calls: {
    label: "Calls",
    unit: "a student",
    whole: true,
    text: ({ calls }) => plain(calls),
    put: (needs, number) => ({ ...needs, calls: orNaN(number) }),
  },
  students: {
    label: "Students",
    unit: "in the class",
    whole: true,
    text: ({ students }) => plain(students),
    put: (needs, number) => ({ ...needs, students: orNaN(number) }),
  },
  margin: {
    label: "To spare",
    unit: "%",
    whole: false,
    text: ({ margin }) => (margin === 0 ? "0" : plain(cleanNumber(margin * PERCENT))),
    put: (needs, number) => ({ ...needs, margin: number ? cleaned(number / PERCENT) : orNaN(number) }),
  },
  credit: {
    label: "Credit",
    unit: "$",
    whole: false,
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
  const { put, whole } = FIELDS[name];
  const next = put(needs, typedNumber(text, whole));
  const why = refusal(next);
  if (why === null) return { needs: next, why: "" };
  const hint = /\d[.,\s]\d{3}\b/.test(text) ? " Write thousands without a separator: 1000." : "";
  return { needs: null, why: asInForm(name, why) + hint };
}

/** Python's words speak of its traits; a form has percent, and no None. @param {FieldName} name @param {string} why */
function asInForm(name, why) {
  const words = name === "margin" ? `to spare is a number from 0 to ${integer(10_000)} %` : why;
  return `${words[0].toUpperCase()}${words.slice(1)}.`.replace("None for no budget", "empty for no budget");
}
