// How to tell that a known cell does not meet a filter: in words, in words that fit other routes too, and by how much.

import { beside, exactAmount, saidOf } from "./amounts.js";
import { isNumber } from "./columns.js";
import { textOf } from "./text.js";

/** @typedef {import("./columns.js").ColumnSpec} ColumnSpec */
/** @typedef {import("./filter.js").FilterKey} FilterKey */
/** @typedef {import("./frame.js").Value} Value */

/**
 * How to tell that a known cell does not meet a filter.
 * @param {FilterKey} key
 * @param {any} wanted
 * @returns {{ words: (cell: Value) => string, group: (cell: Value) => string, shortfall: (cell: Value) => number }}
 */
export function unmet({ spec, bound }, wanted) {
  const { kind } = spec;
  const said = saidOf(spec);
  const shortfall = () => 1;
  if (kind === "bool") {
    /** @param {Value} cell */
    const words = (cell) => yesOrNo(spec, cell === true);
    return { words, group: words, shortfall };
  }
  if (kind === "list") {
    const words = () => `no ${wanted.join(" or ")} ${said}`;
    return { words, group: words, shortfall };
  }
  if (bound === null) {
    const group = `${said} not asked for`;
    /** @param {Value} cell */
    const text = (cell) => (isNumber(kind) ? exactAmount(kind, Number(cell)) : textOf(cell));
    return { words: (cell) => `${said} ${text(cell)} not asked for`, group: () => group, shortfall };
  }
  const sign = bound === "min" ? "<" : ">";
  if (kind === "time") {
    const group = `${said} ${bound === "min" ? "before" : "after"} ${wanted}`;
    /** @param {Value} cell */
    const day = (cell) => String(cell).slice(0, Math.max(10, wanted.length));
    return { words: (cell) => `${said} ${day(cell)} ${sign} ${wanted}`, group: () => group, shortfall };
  }
  const limit = exactAmount(kind, wanted);
  const group = `${said} ${bound === "min" ? "under" : "over"} ${limit}`;
  return {
    words: (cell) => `${said} ${beside(kind, Number(cell), wanted)} ${sign} ${limit}`,
    group: () => group,
    shortfall: (cell) => relative(Number(cell), wanted),
  };
}

/** @param {number} figure @param {number} limit */
function relative(figure, limit) {
  return Math.min(1, Math.abs(figure - limit) / Math.max(Math.abs(figure), Math.abs(limit)));
}

/** @param {ColumnSpec} spec @param {boolean} yes */
function yesOrNo(spec, yes) {
  if (spec.name === "priced") return "price published";
  const said = saidOf(spec);
  if (spec.name.startsWith("supports_")) return `${said} ${yes ? "supported" : "not supported"}`;
  return `${said}: ${yes ? "yes" : "no"}`;
}
