// The same answers as the fast paths, the slow and plain way: one row, one id, one decimal digit at a time.

import { format } from "../src/lib/format.js";
import { compareText } from "../src/lib/text.js";

/** @typedef {Record<string, any>} Row */

/**
 * The number to show, by its decimal digits only.
 * @param {string} kind
 * @param {number} value  positive
 */
export function slowKey(kind, value) {
  const clean = roundDigits(value, 12);
  if (kind === "tokens" || kind === "count") return roundDigits(clean, 3);
  if (kind === "price") return clean < 0.1 ? roundDigits(clean, 3) : clean;
  if (kind === "blended") return clean < 0.1 ? roundDigits(clean, 3) : roundPlaces(clean, 2);
  return roundPlaces(clean, kind === "speed" && clean < 10 ? 1 : 0);
}

/** @param {number} value @param {number} digits */
const roundDigits = (value, digits) =>
  roundPlaces(value, digits - 1 - Number(value.toExponential().split("e")[1]));

/**
 * @param {number} value
 * @param {number} places
 */
function roundPlaces(value, places) {
  const [mantissa, power] = value.toExponential().split("e");
  const [whole, part = ""] = mantissa.split(".");
  const shift = Number(power) - part.length + places; // value is this many powers of ten away from its units
  const units = BigInt(whole + part);
  if (shift >= 0) return value;
  const step = 10n ** BigInt(-shift);
  return Number(`${(units * 2n + step) / (step * 2n)}e${-places}`);
}

/**
 * @param {string} text  as format gives it
 * @returns {number}
 */
export function parse(text) {
  const power = { k: "e3", M: "e6", B: "e9", T: "e12" }[text.at(-1) ?? ""];
  const plain = text.replaceAll(",", "");
  return power === undefined ? Number(plain) : Number(plain.slice(0, -1) + power);
}

/**
 * @param {string} id
 * @param {readonly string[]} words
 * @returns {number}  255 where a word does not occur
 */
export function slowRank(id, words) {
  const lower = id.toLowerCase();
  const name = lower.slice(lower.indexOf("/") + 1);
  /** @type {number[]} */
  const ranks = words.map((word) => {
    if (lower === word || name === word) return 0;
    if (lower.startsWith(word) || name.startsWith(word)) return 1;
    if (!lower.includes(word)) return 255;
    const pieces = Array.from({ length: lower.length }, (_, at) => at).filter((at) =>
      lower.startsWith(word, at),
    );
    return pieces.some((at) => !/[\p{L}\p{N}]$/u.test(lower.slice(0, at))) ? 2 : 3;
  });
  if (ranks.includes(255)) return 255;
  return Math.min(
    ranks.reduce((a, b) => a + b, 0),
    254,
  );
}

/**
 * @param {string} query
 * @param {readonly string[]} ids
 * @param {number} limit
 */
export function slowNear(query, ids, limit) {
  const q = pairs(query);
  const scored = ids.map((id) => ({
    id,
    score: Math.max(score(q, id.slice(id.indexOf("/") + 1)), score(q, id)),
  }));
  return scored
    .filter((one) => one.score > 0)
    .sort((a, b) => b.score - a.score || compareText(a.id, b.id))
    .slice(0, limit)
    .map((one) => one.id);
}

/** @param {string} text */
function pairs(text) {
  const plain = text.toLowerCase().replace(/[^a-z0-9]/g, "");
  return Array.from({ length: Math.max(plain.length - 1, 0) }, (_, at) => plain.slice(at, at + 2));
}

/**
 * @param {readonly string[]} q
 * @param {string} text
 */
function score(q, text) {
  const left = pairs(text);
  const size = q.length + left.length;
  const shared = q.filter((pair) => {
    const at = left.indexOf(pair);
    if (at >= 0) left.splice(at, 1);
    return at >= 0;
  }).length;
  const coverage = shared / q.length;
  return coverage >= 0.5 ? coverage + (2 * shared) / size : 0;
}

/**
 * Routes in order, by comparing rows two by two.
 * @param {readonly Row[]} rows
 * @param {readonly (readonly [string, string])[]} sort
 * @param {readonly [number, number]} mix
 */
export function slowSort(rows, sort, mix) {
  const wanted = sort.length === 0 ? [["price_blended", "asc"]] : sort;
  const isPrice = wanted[0][0].startsWith("price_");
  const ties = isPrice ? ["throughput", "desc"] : ["price_blended", "asc"];
  const keys = [...wanted, ties, ["provider", "asc"], ["model", "asc"], ["task", "asc"]];
  if (!wanted.some(([name]) => name === "status")) keys.unshift(["is_live", "desc"]);
  return rows.toSorted((a, b) => {
    for (const [name, direction] of keys) {
      const order = compareCells(name, cell(a, name, mix), cell(b, name, mix), direction);
      if (order !== 0) return order;
    }
    return 0;
  });
}

/**
 * @param {Row} row
 * @param {string} name
 * @param {readonly [number, number]} mix
 */
function cell(row, name, [a, b]) {
  if (name === "is_live") return row.status === "live";
  if (name !== "price_blended") return row[name] ?? null;
  const isKnown = (a === 0 || row.price_input != null) && (b === 0 || row.price_output != null);
  return isKnown ? (a * (row.price_input ?? 0) + b * (row.price_output ?? 0)) / (a + b) : null;
}

/** @type {Record<string, string>} */
const KINDS = {
  price_input: "price",
  price_output: "price",
  price_blended: "blended",
  throughput: "speed",
  context_length: "tokens",
};

/**
 * @param {string} name
 * @param {any} a
 * @param {any} b
 * @param {string} direction
 */
function compareCells(name, a, b, direction) {
  if (a === null || b === null) return Number(a === null) - Number(b === null);
  const sign = direction === "asc" ? 1 : -1;
  if (name === "status") return sign * (place(a) - place(b) || compareText(a, b));
  if (typeof a === "string") return sign * compareText(a, b);
  return sign * (shown(name, a) - shown(name, b));
}

/** @param {string} name @param {number | boolean} value */
const shown = (name, value) =>
  typeof value === "boolean" ? Number(value) : parse(format(/** @type {any} */ (KINDS[name]), value));

/** @param {string} status */
const place = (status) => ({ live: 0, staging: 1, error: 3 })[status] ?? 2;

/**
 * Models that have one live route which passes, or all that pass where routes do not matter.
 * @param {readonly Row[]} models
 * @param {(model: Row) => boolean} modelPasses
 * @param {((route: Row) => boolean) | null} routePasses
 */
export const slowMatch = (models, modelPasses, routePasses) =>
  models.filter(
    (model) =>
      modelPasses(model) &&
      (routePasses === null ||
        model.routes.some((/** @type {Row} */ r) => r.status === "live" && routePasses(r))),
  );
