// Figures within a sentence: with their unit, all digits where they matter, and what a column is called there.

import { displayKey, exactNumber, format } from "./format.js";

/** @typedef {import("./columns.js").ColumnSpec} ColumnSpec */
/** @typedef {import("./columns.js").Kind} Kind */

/** @type {Partial<Record<Kind, string>>} */
const UNITS = { milliseconds: " ms", speed: " tokens/s" };

/**
 * A figure's text with its unit, as in a sentence.
 * @param {Kind} kind
 * @param {string} text
 */
export function amount(kind, text) {
  return isPrice(kind) ? `$${text}` : `${text}${UNITS[kind] ?? ""}`;
}

/** @param {ColumnSpec} spec */
export const saidOf = ({ said, label }) => said ?? label.toLowerCase();

/** @param {Kind} kind */
export const isPrice = (kind) => kind === "price" || kind === "blended";

/**
 * All digits of a figure, with its unit.
 * @param {Kind} kind
 * @param {number} figure
 */
export const exactAmount = (kind, figure) => amount(kind, exactNumber(figure, isPrice(kind) ? 2 : 0));

/**
 * A figure beside a limit that it misses: as displayed, unless rounding would hide that; tokens always exactly.
 * @param {Kind} kind
 * @param {number} figure
 * @param {number} limit
 */
export function beside(kind, figure, limit) {
  const key = displayKey(kind, figure);
  const isHidden = key === null || key < limit !== figure < limit || key === limit;
  if (kind === "tokens" || kind === "count" || isHidden) return exactAmount(kind, figure);
  return amount(kind, format(kind, figure));
}
