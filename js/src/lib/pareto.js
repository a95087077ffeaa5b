// The Pareto front: the routes of which none is beaten, by whom the others are, and which cannot be compared.
// A route beats another when it is no worse on every axis and strictly better on one, by exact figures. Routes with
// the same figures stand or fall together. The answer is that of Catalog.pareto in Python.

import { compareCells } from "./choose.js";
import { columnOf, DEFAULT_MIX, ROUTE_COLUMNS } from "./columns.js";
import { figures } from "./figures.js";
import { filterRoutes } from "./filter.js";
import { value } from "./frame.js";
import { countGroups, demandsOf, reasonsOf } from "./reasons.js";

/** @typedef {import("./columns.js").Mix} Mix */
/** @typedef {import("./frame.js").Catalog} Catalog */
/**
 * @typedef {object} ParetoFront
 * @property {Uint32Array} front      rows that no other beats, best on the first axis first
 * @property {Uint32Array} dominated  rows that another beats
 * @property {{ rows: Uint32Array, figures: readonly Float64Array[] }} compared   both together, with their figures on each axis
 * @property {(row: number) => number[]} by   the rows of the front that beat a dominated one, in the front's order
 * @property {Uint32Array} not_comparable   rows that are not live, do not publish a figure or whose price is in doubt
 * @property {(row: number) => string[]} reasons   all of them, of a row that is not comparable
 * @property {() => [group: string, count: number][]} groups   how many rows are not comparable for what
 * @property {readonly string[]} axes
 * @property {Mix} mix
 */

/** Columns that can be an axis: those with a better end. */
export const AXES = [...ROUTE_COLUMNS.values()].filter(({ better }) => better).map(({ name }) => name);

/**
 * @param {Catalog} catalog
 * @param {Uint32Array} rows  the routes to compare, ascending
 * @param {{ axes?: readonly string[], require?: Record<string, unknown>, mix?: Mix }} what
 * @returns {ParetoFront}
 */
export function pareto(
  catalog,
  rows,
  { axes = ["price_blended", "throughput"], require = {}, mix = DEFAULT_MIX },
) {
  const isAny = Object.keys(require).length > 0;
  const selected = isAny ? filterRoutes(catalog, rows, require, mix) : rows;
  const demands = demandsOf(catalog, {}, axes, mix);
  const all = axes.map((name) => figures(catalog.routes, name, mix, selected));
  const isComparable = comparable(catalog, selected, all);
  const kept = part(selected, isComparable, 1);
  const dropped = part(selected, isComparable, 0);
  const compared = all.map((numbers) => part(numbers, isComparable, 1));
  const points = axes.map((name, axis) => turned(compared[axis], name));
  const best = frontOf(points, kept.length);
  const onFront = new Uint8Array(kept.length);
  for (const at of best) onFront[at] = 1;
  best.sort((a, b) => comparePoints(points, a, b) || compareNames(catalog, kept[a], kept[b]));
  return {
    front: best.map((at) => kept[at]),
    dominated: part(kept, onFront, 0),
    compared: { rows: kept, figures: compared },
    by: (row) => {
      const at = kept.indexOf(row);
      return at < 0
        ? []
        : Array.from(
            best.filter((other) => beats(points, other, at)),
            (i) => kept[i],
          );
    },
    not_comparable: dropped,
    reasons: (row) => reasonsOf(demands, row),
    groups: () => countGroups(demands, dropped),
    axes,
    mix,
  };
}

/**
 * Which routes are live and have all figures; the others are those that do not meet the demands.
 * @param {Catalog} catalog
 * @param {Uint32Array} rows
 * @param {readonly Float64Array[]} all   the figures of each axis, NaN where unknown
 */
function comparable({ routes }, rows, all) {
  const { values, codes } = columnOf(routes, "status");
  const live = values.indexOf("live");
  const marks = new Uint8Array(rows.length);
  for (let at = 0; at < rows.length; at++) {
    let sum = 0;
    for (const figures of all) sum += figures[at];
    if (codes[rows[at]] === live && !Number.isNaN(sum)) marks[at] = 1;
  }
  return marks;
}

/**
 * What of a list has this mark; the method `filter` of such lists takes many times as long.
 * @template {Uint32Array | Float64Array} List
 * @param {List} list
 * @param {Uint8Array} marks
 * @param {number} mark
 * @returns {List}
 */
function part(list, marks, mark) {
  const some = /** @type {List} */ (list.slice());
  let length = 0;
  for (let at = 0; at < list.length; at++) if (marks[at] === mark) some[length++] = list[at];
  return /** @type {List} */ (some.slice(0, length));
}

/** So many points, of all, are compared first. */
const SAMPLE = 512;

/**
 * The positions that none beats, in no order. What a front of a few beats, and that is nearly all, need not be put in
 * order.
 * @param {readonly Float64Array[]} points  one array per axis, less is better
 * @param {number} length
 * @returns {Uint32Array}
 */
function frontOf(points, length) {
  const all = new Uint32Array(length).map((_, at) => at);
  if (length <= SAMPLE) return exactFront(points, all);
  const sample = new Uint32Array(SAMPLE).map((_, i) => Math.floor((i * length) / SAMPLE));
  const some = exactFront(points, sample);
  const counts = some.map((at) => sample.reduce((sum, other) => sum + (beats(points, at, other) ? 1 : 0), 0));
  const strongestFirst = Uint32Array.from(some.keys()).sort((i, j) => counts[j] - counts[i]);
  const strong = strongestFirst.map((i) => some[i]);
  return exactFront(
    points,
    all.filter((at) => !isBeaten(points, strong, at)),
  );
}

/**
 * @param {readonly Float64Array[]} points
 * @param {Uint32Array} by
 * @param {number} at
 */
function isBeaten(points, by, at) {
  for (let i = 0; i < by.length; i++) if (beats(points, by[i], at)) return true;
  return false;
}

/**
 * @param {readonly Float64Array[]} points
 * @param {Uint32Array} positions
 * @returns {Uint32Array}
 */
function exactFront(points, positions) {
  const ordered = positions.slice().sort((a, b) => comparePoints(points, a, b)); // none is beaten by a later one
  if (points.length === 2) return staircase(points, ordered);
  /** @type {number[]} */
  const best = [];
  for (const at of ordered) if (!best.some((other) => beats(points, other, at))) best.push(at);
  return Uint32Array.from(best);
}

/**
 * On two axes, in order of the first, a point stands on the front when it is better on the second than all before.
 * @param {readonly Float64Array[]} points
 * @param {Uint32Array} ordered
 */
function staircase(points, ordered) {
  let last = -1;
  return ordered.filter((at) => {
    const stands = last < 0 || points[1][at] < points[1][last] || comparePoints(points, at, last) === 0;
    if (stands) last = at;
    return stands;
  });
}

/**
 * Whether one point is no worse than another on every axis and better on one.
 * @param {readonly Float64Array[]} points
 * @param {number} a
 * @param {number} b
 */
function beats(points, a, b) {
  let isBetter = false;
  for (let axis = 0; axis < points.length; axis++) {
    const x = points[axis][a];
    const y = points[axis][b];
    if (x > y) return false;
    isBetter ||= x < y;
  }
  return isBetter;
}

/**
 * @param {readonly Float64Array[]} points
 * @param {number} a
 * @param {number} b
 */
function comparePoints(points, a, b) {
  for (let axis = 0; axis < points.length; axis++) {
    if (points[axis][a] !== points[axis][b]) return points[axis][a] - points[axis][b];
  }
  return 0;
}

/**
 * @param {Catalog} catalog
 * @param {number} a
 * @param {number} b  rows
 */
function compareNames({ routes }, a, b) {
  for (const name of ["provider", "model", "task"]) {
    const order = compareCells(value(routes, name, a), value(routes, name, b));
    if (order !== 0) return order;
  }
  return a - b;
}

/** Figures turned so that less is better. @param {Float64Array} numbers @param {string} name */
function turned(numbers, name) {
  return ROUTE_COLUMNS.get(name)?.better === "high" ? numbers.map((number) => -number) : numbers;
}
