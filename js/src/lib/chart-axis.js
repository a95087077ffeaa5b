// One axis of the chart: where a figure stands, on which scale, and at which figures it is marked.
// Better is always towards `to`, so an axis on which less is better runs the other way round.

import { cleanNumber, displayKey, format } from "./format.js";

/** @typedef {import("./columns.js").ColumnSpec} ColumnSpec */
/** @typedef {{ at: number, text: string }} Tick  px, and the figure as text */
/**
 * @typedef {object} Axis
 * @property {string} name    a column of routes
 * @property {boolean} isLog
 * @property {number | null} zero  px of the line beyond which zeros stand, apart from a log scale that has no place for them
 * @property {readonly Tick[]} ticks
 * @property {(figure: number) => number} place   px
 */

/** A spread over this factor is drawn on a log scale. */
const LOG_FROM = 10;
/** px between the ends of the axis and the outermost points. */
const INSET = 22;
/** px between the scale and the zeros beside it. */
const ZERO_BAND = 40;

/** 24 steps of 0.1 are a little more than 2.4. */
const NOISE = 1e-9;

/**
 * @param {ColumnSpec} column
 * @param {Float64Array} figures  one at least, all known
 * @param {{ from: number, to: number, spacing: number }} room  px of the worse and of the better end, and between marks
 * @returns {Axis}
 */
export function axisOf({ name, kind, better }, figures, { from, to, spacing }) {
  const { least, most, leastPositive, hasZero } = extent(figures);
  const isLog = least >= 0 && leastPositive > 0 && most / leastPositive > LOG_FROM;
  const sign = Math.sign(to - from);
  const start = better === "high" ? from : to; // px where small figures are
  const up = better === "high" ? sign : -sign;
  const band = isLog && hasZero ? ZERO_BAND : 0;
  const first = start + up * (INSET + band);
  const last = (better === "high" ? to : from) - up * INSET;
  const low = isLog ? leastPositive : least;
  const bend = isLog ? Math.log10 : (/** @type {number} */ figure) => figure;
  const unbend = isLog
    ? (/** @type {number} */ bent) => 10 ** bent
    : (/** @type {number} */ figure) => figure;
  const perUnit = (last - first) / (bend(most) - bend(low));
  const isFlat = !Number.isFinite(perUnit);
  const zeroAt = start + up * (INSET / 2 + 2);
  const place = (/** @type {number} */ figure) => {
    if (isFlat) return (first + last) / 2;
    return isLog && figure === 0 ? zeroAt : first + (bend(figure) - bend(low)) * perUnit;
  };
  const margin = isFlat ? 0 : INSET / Math.abs(perUnit);
  const ends = /** @type {const} */ ([unbend(bend(low) - margin), unbend(bend(most) + margin)]);
  const count = Math.max(2, Math.abs(to - from) / spacing);
  const candidates = isFlat
    ? [least]
    : isLog
      ? []
      : steps(Math.max(ends[0], least < 0 ? ends[0] : 0), ends[1], count);
  const marks = isLog ? powers(...ends, (figures) => areApart(figures, place, spacing)) : candidates;
  const exact = marks.filter((figure) => isShownExactly(kind, figure));
  const shown = exact.length > 1 || isFlat ? marksOr(exact, least) : [low, most];
  const texts = new Map(
    (band ? [0, ...shown] : shown).map((figure) => [format(kind, figure), place(figure)]),
  );
  return {
    name,
    isLog,
    zero: band ? first - up * INSET : null,
    ticks: Array.from(texts, ([text, at]) => ({ text, at })),
    place,
  };
}

/** @param {readonly number[]} figures @param {number} other */
const marksOr = (figures, other) => (figures.length ? figures : [other]);

/** A mark must not say another figure than the one it stands at. @param {import("./columns.js").Kind} kind @param {number} figure */
const isShownExactly = (kind, figure) =>
  figure === 0 || (figure > 0 && displayKey(kind, figure) === cleanNumber(figure));

/** @param {Float64Array} figures */
function extent(figures) {
  let [least, most, leastPositive, hasZero] = [Infinity, -Infinity, Infinity, false];
  for (const figure of figures) {
    if (figure < least) least = figure;
    if (figure > most) most = figure;
    if (figure > 0 && figure < leastPositive) leastPositive = figure;
    if (figure === 0) hasZero = true;
  }
  return { least, most, leastPositive, hasZero };
}

/**
 * Multiples of 1, 2 or 5 times a power of ten, about so many.
 * @param {number} low
 * @param {number} high
 * @param {number} count
 */
export function steps(low, high, count) {
  const raw = (high - low) / count;
  const power = 10 ** Math.floor(Math.log10(raw));
  const step = power * (raw / power > 5 ? 10 : raw / power > 2 ? 5 : raw / power > 1 ? 2 : 1);
  const figures = [];
  const last = Math.floor(high / step + NOISE);
  for (let n = Math.ceil(low / step - NOISE); n <= last; n++)
    figures.push(Number((n * step).toPrecision(12)));
  return figures;
}

/**
 * 1, 2, 5 or 1, 3 or 1 times each power of ten, or fewer: the most that have room.
 * @param {number} low
 * @param {number} high
 * @param {(figures: readonly number[]) => boolean} fits
 */
export function powers(low, high, fits) {
  const [first, last] = [Math.floor(Math.log10(low)), Math.floor(Math.log10(high))];
  const decades = Array.from({ length: last - first + 1 }, (_, n) => first + n);
  for (const parts of [[1, 2, 5], [1, 3], [1]]) {
    const figures = decades
      .flatMap((power) => parts.map((part) => Number(`${part}e${power}`)))
      .filter((figure) => figure >= low && figure <= high);
    if (fits(figures)) return figures;
  }
  const tens = decades
    .map((power) => Number(`1e${power}`))
    .filter((figure) => figure >= low && figure <= high);
  for (let every = 2; every < tens.length; every++) {
    const figures = tens.filter((_, n) => n % every === 0);
    if (fits(figures)) return figures;
  }
  return tens.slice(0, 1);
}

/**
 * @param {readonly number[]} figures
 * @param {(figure: number) => number} place
 * @param {number} spacing
 */
const areApart = (figures, place, spacing) =>
  figures.every((figure, n) => n === 0 || Math.abs(place(figure) - place(figures[n - 1])) >= spacing * 0.6);
