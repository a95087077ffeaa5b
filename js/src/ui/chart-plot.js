// The drawing: grid, axes, the staircase of the front, a mark for each point, names, and rings for what is chosen and pointed at.

import { html, nothing, svg } from "lit-html";
import { guard } from "lit-html/directives/guard.js";
import { axisName, axisTitle, pointWords } from "../lib/chart-words.js";
import { integer } from "../lib/format.js";
import { labelBeside, labelText } from "./chart-state.js";

/** @typedef {import("./chart-state.js").ChartState} ChartState */
/** @typedef {import("./chart-state.js").Scene} Scene */
/** @typedef {import("../lib/chart-marks.js").Mark} Mark */
/** @typedef {import("../lib/chart-axis.js").Axis} Axis */

/** Paths around 0, 0, of about the same area: circle, square, triangle, diamond, triangle upside down, hexagon. */
const SHAPES = [
  "M-4.8,0a4.8,4.8 0 1 0 9.6,0a4.8,4.8 0 1 0 -9.6,0Z",
  "M-4.4,-4.4H4.4V4.4H-4.4Z",
  "M0,-5.6L5.4,4H-5.4Z",
  "M0,-6L6,0L0,6L-6,0Z",
  "M0,5.6L5.4,-4H-5.4Z",
  "M-5.2,0L-2.6,-4.6H2.6L5.2,0L2.6,4.6H-2.6Z",
];
/** Up to so many points each has room for a finger of its own; beyond, the nearest one is meant. */
const ROOMY = 100;
const FINGER = 12;
/** Then the beaten ones are smaller, so that the front is seen. */
const SMALL = "scale(0.7)";

/** @param {ChartState} state */
export function plot(state) {
  const scene = state.scene.value;
  const { width, height } = scene;
  const { x, y, mix } = state.traits;
  const { front, dominated } = state.front.value;
  const says = `${axisName(x.value)} and ${axisName(y.value)}: ${integer(front.length)} on the front, ${integer(dominated.length)} beaten. Arrow keys go from point to point.`;
  return html`<svg class="hfp-plot" role="group" aria-label=${says} viewBox="0 0 ${width} ${height}">
    ${guard([scene, mix.value], () => svg`<g aria-hidden="true">${grid(scene)}${titles(scene, mix.value)}</g>${staircase(scene)}`)}
    ${points(state, scene)}
    ${guard([scene], () => svg`<g aria-hidden="true">${Array.from(scene.labels.values(), label)}</g>`)}
    <g class="hfp-over" aria-hidden="true">${rings(state, scene)}</g>
  </svg>`;
}

/** @param {Scene} scene */
function grid({ frame, x, y }) {
  if (!x || !y) return nothing;
  const { left, top, right, bottom } = frame;
  return svg`
    ${x.ticks.map(({ at, text }) => svg`<line class="hfp-hair" x1=${at} x2=${at} y1=${top} y2=${bottom} /><text class="hfp-tick" x=${at} y=${bottom + 16} text-anchor="middle">${text}</text>`)}
    ${y.ticks.map(({ at, text }) => svg`<line class="hfp-hair" x1=${left} x2=${right} y1=${at} y2=${at} /><text class="hfp-tick" x=${left - 7} y=${at + 4} text-anchor="end">${text}</text>`)}
    ${x.zero === null ? nothing : svg`<line class="hfp-break" x1=${x.zero} x2=${x.zero} y1=${top} y2=${bottom} />`}
    ${y.zero === null ? nothing : svg`<line class="hfp-break" x1=${left} x2=${right} y1=${y.zero} y2=${y.zero} />`}
    <path class="hfp-axis" d="M${left},${top}V${bottom}H${right}" />`;
}

/** @param {Scene} scene @param {import("../lib/columns.js").Mix} mix */
function titles({ frame, x, y, height }, mix) {
  if (!x || !y) return nothing;
  return svg`<text class="hfp-axis-title" x=${frame.right} y=${height - 8} text-anchor="end">${axisTitle(x.name, mix, x.isLog)}</text>
    <text class="hfp-axis-title" transform="translate(14 ${frame.top}) rotate(-90)" text-anchor="end">${axisTitle(y.name, mix, y.isLog)}</text>`;
}

/**
 * The border of all that the front beats: from each point down to the height of the next, then across to it. On to the
 * edges it is thinner: there it says what would be beaten, and leads to no point.
 * @param {Scene} scene
 */
function staircase({ front, frame }) {
  if (!front.length) return nothing;
  const [first, last] = [front[0], front[front.length - 1]];
  const path = front.map(({ x, y }, at) => (at ? `V${y}H${x}` : `M${x},${y}`)).join("");
  return svg`<path class="hfp-beyond" d="M${frame.left},${first.y}H${first.x}M${last.x},${last.y}V${frame.bottom}" /><path class="hfp-stairs" d=${path} />`;
}

/**
 * Of very many marks only those are drawn anew of which something has changed.
 * @param {ChartState} state
 * @param {Scene} scene
 */
function points(state, { marks }) {
  const [chosen, active] = [state.chosenRow.value, state.active.value];
  const [about, shapeOf] = [state.about.value, state.shapeOf.value];
  const isRoomy = marks.length <= ROOMY;
  return marks.map((mark, at) => {
    const look = { isPressed: mark.rows.includes(chosen), isActive: at === active, isRoomy, at };
    return guard([mark, about, shapeOf, look.isPressed, look.isActive], () =>
      point(mark, { ...look, words: pointWords(about, mark), shape: SHAPES[shapeOf(mark) % SHAPES.length] }),
    );
  });
}

/**
 * @param {Mark} mark
 * @param {{ words: string, shape: string, isPressed: boolean, isActive: boolean, isRoomy: boolean, at: number }} look
 */
function point({ x, y, isFront }, { words, shape, isPressed, isActive, isRoomy, at }) {
  return svg`<g class=${isFront ? "hfp-point hfp-on-front" : "hfp-point"} role="button" aria-pressed=${String(isPressed)} aria-label=${words}
    tabindex=${isActive ? "0" : "-1"} data-at=${at} transform="translate(${x} ${y})"
    >${isRoomy || isActive ? svg`<circle class="hfp-finger" r=${FINGER} />` : nothing}<path d=${shape} transform=${isFront || isRoomy ? nothing : SMALL} /></g>`;
}

/** @param {import("../lib/chart-labels.js").Label & { text: string }} label */
const label = ({ x, y, anchor, text }) =>
  svg`<text class="hfp-point-name" x=${x} y=${y} text-anchor=${anchor}>${text}</text>`;

/** @param {ChartState} state @param {Scene} scene */
function rings(state, scene) {
  const chosen = scene.marks.find(({ rows }) => rows.includes(state.chosenRow.value));
  const hovered = scene.marks[state.hovered.value];
  const named = hovered ?? (state.reached.value ? scene.marks[state.active.value] : chosen);
  return svg`${chosen ? ring(chosen, "hfp-ring hfp-ring-chosen") : nothing}${hovered ? ring(hovered, "hfp-ring") : nothing}${
    named && !scene.labels.has(named) ? name(state, scene, named) : nothing
  }`;
}

/** @param {Mark} mark @param {string} look */
const ring = ({ x, y }, look) => svg`<circle class=${look} cx=${x} cy=${y} r="9" />`;

/** @param {ChartState} state @param {Scene} scene @param {Mark} mark */
function name(state, scene, mark) {
  const text = labelText(state.catalog.value, mark, state.single.value);
  return label({ ...labelBeside(scene, mark, text), text });
}
