// From the chart's traits to what is drawn, stage by stage: routes, front, points, and these laid out in px.

import { computed, signal } from "@preact/signals-core";
import { axisOf } from "../lib/chart-axis.js";
import { boxOf, placeLabels } from "../lib/chart-labels.js";
import { frontInOrder, marksOf } from "../lib/chart-marks.js";
import { countWords, nameOf } from "../lib/chart-words.js";
import { columnSpec } from "../lib/columns.js";
import { dropped } from "../lib/dropped.js";
import { filterRoutes } from "../lib/filter.js";
import { value } from "../lib/frame.js";
import { speedDays } from "../lib/notes.js";
import { pareto } from "../lib/pareto.js";
import { routeRow } from "../lib/route-id.js";
import { NOTHING_COPIED } from "./copied.js";
import { NARROW } from "./root.js";
import { routeState } from "./route-state.js";

/** @template T @typedef {import("@preact/signals-core").Signal<T>} Signal */
/** @typedef {import("../lib/chart-marks.js").Mark} Mark */
/** @typedef {import("../lib/chart-labels.js").Label} Label */
/** @typedef {import("./route-state.js").RouteTraits & { x: Signal<string>, y: Signal<string> }} ChartTraits */
/** @typedef {ReturnType<typeof chartState>} ChartState */
/** @typedef {NonNullable<ChartState["scene"]["value"]>} Scene */

/** px of the drawing, and what is left of it for the plot. */
const HEIGHT = 300;
const NARROW_HEIGHT = 240;
const MARGIN = { left: 66, top: 12, right: 16, bottom: 44 };
/** px between the marks of an axis. */
const SPACING = { x: 84, y: 46 };
/** With so few points also those that are beaten have their names. */
const FEW = 12;
const MOST_LABELS = 60;
const LONGEST_LABEL = 26;

const NO_POINTS = {
  marks: /** @type {Mark[]} */ ([]),
  x: null,
  y: null,
  front: /** @type {Mark[]} */ ([]),
  labels: /** @type {Map<Mark, Label & { text: string }>} */ (new Map()),
  inX: /** @type {number[]} */ ([]),
  inY: /** @type {number[]} */ ([]),
  routes: 0,
};

/** @param {ChartTraits} traits @param {number} width  px, as far as it is known */
export function chartState(traits, width) {
  const state = routeState(traits);
  const { decoded, catalog, all, ascending, single, offsets, chosenRow } = state;
  const rows = computed(() => {
    const { filters, mix } = traits;
    return Object.keys(filters.value).length
      ? filterRoutes(catalog.value, ascending.value, filters.value, mix.value)
      : ascending.value;
  });
  const front = computed(() =>
    once(
      pareto(catalog.value, rows.value, { axes: [traits.x.value, traits.y.value], mix: traits.mix.value }),
    ),
  );
  const points = computed(() => pointsOf(front.value));
  const room = signal(width);
  const draw = (/** @type {number} */ wanted) =>
    sceneOf(catalog.value, front.value, points.value, single.value, room.value, wanted);
  const usual = computed(() => draw(-1));
  /** A choice that is not in the sample of very many points is drawn all the same. */
  const scene = computed(() => {
    const row = chosenRow.value;
    const isDrawn = usual.value.marks.some(({ rows }) => rows.includes(row));
    return isDrawn || !points.value.rows.includes(row) ? usual.value : draw(row);
  });
  /** @type {Signal<string | null>} The route that the keys have reached, or a click. */
  const activeKey = signal(null);
  const active = computed(() => {
    const row =
      activeKey.value === null ? chosenRow.value : routeRow(catalog.value, offsets.value, activeKey.value);
    const { marks, front } = scene.value;
    const at = marks.findIndex(({ rows }) => rows.includes(row));
    return at >= 0 ? at : marks.length - front.length; // of the front, which is drawn last, the best on the x axis
  });
  return {
    traits,
    ...state,
    rows,
    front,
    points,
    scene,
    room,
    about: computed(() => ({ catalog: catalog.value, front: front.value, single: single.value })),
    /** The shape of each provider's mark stays the same whatever the filters hide. */
    shapeOf: computed(() => shapes(catalog.value, ascending.value, single.value)),
    days: computed(() => speedDays(catalog.value, rows.value)),
    hidden: computed(() => dropped(catalog.value, all.value, traits.filters.value, traits.mix.value)),
    activeKey,
    /** Position of the mark that Tab reaches. */
    active,
    /** @type {Signal<number>} Position of the mark under the pointer; -1: none is near. */
    hovered: signal(-1),
    /** Whether the focus is on a mark. */
    reached: signal(false),
    summary: computed(() => (decoded.value.catalog ? countWords(front.value) : "")),
    told: signal(""),
    opened: signal(""),
    copied: signal(NOTHING_COPIED),
  };
}

/**
 * The reasons are counted once: several lines say them.
 * @param {import("../lib/pareto.js").ParetoFront} front
 * @returns {import("../lib/pareto.js").ParetoFront}
 */
function once(front) {
  const groups = computed(front.groups);
  return { ...front, groups: () => groups.peek() };
}

/**
 * What is compared, with those on the front put first.
 * @param {import("../lib/pareto.js").ParetoFront} front
 * @returns {import("../lib/chart-marks.js").Points}
 */
function pointsOf({ front, compared }) {
  const first = new Map(Array.from(front, (row, at) => [row, at]));
  const { length } = compared.rows;
  const rows = new Uint32Array(length);
  const [x, y] = [new Float64Array(length), new Float64Array(length)];
  let next = front.length;
  for (let i = 0; i < length; i++) {
    const at = first.get(compared.rows[i]) ?? next++;
    rows[at] = compared.rows[i];
    x[at] = compared.figures[0][i];
    y[at] = compared.figures[1][i];
  }
  return { rows, x, y, nFront: front.length };
}

/**
 * @param {import("../lib/frame.js").Catalog} catalog
 * @param {import("../lib/pareto.js").ParetoFront} front
 * @param {import("../lib/chart-marks.js").Points} points
 * @param {string | null} single
 * @param {number} width
 * @param {number} wanted
 */
function sceneOf(catalog, { axes }, points, single, width, wanted) {
  const isNarrow = width < NARROW;
  const height = isNarrow ? NARROW_HEIGHT : HEIGHT;
  const frame = {
    left: MARGIN.left,
    top: MARGIN.top,
    right: Math.max(MARGIN.left + 80, width - MARGIN.right),
    bottom: height - MARGIN.bottom,
  };
  if (!points.rows.length) return { ...NO_POINTS, width, height, frame };
  const x = axisOf(columnSpec(axes[0]), points.x, { from: frame.left, to: frame.right, spacing: SPACING.x });
  const y = axisOf(columnSpec(axes[1]), points.y, { from: frame.bottom, to: frame.top, spacing: SPACING.y });
  const place = { x: x.place, y: y.place, width: frame.right, height: frame.bottom };
  const marks = marksOf(points, place, wanted);
  const front = frontInOrder(marks);
  const isFew = marks.length <= FEW && !isNarrow;
  const named = [...front.toReversed(), ...(isFew ? marks.filter(({ isFront }) => !isFront) : [])];
  return {
    width,
    height,
    frame,
    marks,
    x,
    y,
    front,
    labels: labelsOf(named.slice(0, MOST_LABELS), marks, front, frame, (mark) =>
      labelText(catalog, mark, single),
    ),
    /** Positions of the marks from left to right, and from bottom to top. */
    inX: order(marks, (a, b) => a.x - b.x || b.y - a.y),
    inY: order(marks, (a, b) => b.y - a.y || a.x - b.x),
    routes: marks.reduce((sum, { rows }) => sum + rows.length, 0),
  };
}

/**
 * @param {readonly Mark[]} named
 * @param {readonly Mark[]} marks
 * @param {readonly Mark[]} front
 * @param {import("../lib/chart-labels.js").Box} frame
 * @param {(mark: Mark) => string} text
 * @returns {Map<Mark, Label & { text: string }>}
 */
function labelsOf(named, marks, front, frame, text) {
  const wishes = named.map((mark) => ({ x: mark.x, y: mark.y, text: text(mark) }));
  const lines = front.slice(1).flatMap(({ x, y }, at) => {
    const before = front[at];
    return [
      { left: before.x, right: before.x, top: before.y, bottom: y },
      { left: before.x, right: x, top: y, bottom: y },
    ];
  });
  const placed = placeLabels(wishes, { frame, marks, lines });
  const labels = new Map();
  placed.forEach((label, at) => {
    if (label) labels.set(named[at], { ...label, text: wishes[at].text });
  });
  return labels;
}

/** @param {import("../lib/frame.js").Catalog} catalog @param {Mark} mark @param {string | null} single */
export function labelText(catalog, { rows }, single) {
  const name = nameOf(catalog, rows[0], single);
  const short = single === null ? name.slice(name.indexOf("/") + 1) : name;
  const cut = short.length > LONGEST_LABEL ? `${short.slice(0, LONGEST_LABEL - 1)}…` : short;
  return rows.length > 1 ? `${cut} + ${rows.length - 1}` : cut;
}

/** Beside a mark that has no label of its own. @param {Scene} scene @param {Mark} mark @param {string} text @returns {Label} */
export function labelBeside({ frame }, mark, text) {
  const right = /** @type {Label} */ ({ x: mark.x + 12, y: mark.y - 6, anchor: "start" });
  return boxOf(right, text).right <= frame.right ? right : { ...right, x: mark.x - 12, anchor: "end" };
}

/** @param {readonly Mark[]} marks @param {(a: Mark, b: Mark) => number} compare */
const order = (marks, compare) => Array.from(marks.keys()).sort((a, b) => compare(marks[a], marks[b]));

/**
 * @param {import("../lib/frame.js").Catalog} catalog
 * @param {Uint32Array} rows
 * @param {string | null} single
 * @returns {(mark: Mark) => number}  which shape; of many models a square for the front, a circle for the others
 */
function shapes({ routes }, rows, single) {
  if (single === null) return ({ isFront }) => (isFront ? 1 : 0);
  const names = new Set(Array.from(rows, (row) => value(routes, "provider", row)));
  const place = new Map([...names].sort().map((name, at) => [name, at]));
  return (mark) => place.get(value(routes, "provider", mark.rows[0])) ?? 0;
}
