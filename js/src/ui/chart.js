// The chart: the routes as points of two figures, better towards the top right, and the front as a staircase.
// Each point is a button that chooses its route; hover and the keys' place are the view's own and no traits.

import { effect } from "@preact/signals-core";
import { html, nothing } from "lit-html";
import { nearest } from "../lib/chart-marks.js";
import { axisName, countWords, otherAxes, reasonWords } from "../lib/chart-words.js";
import { plural } from "../lib/format.js";
import { tellWhenSettled } from "./announce.js";
import { catalogView } from "./catalog-view.js";
import { chartFoot, details } from "./chart-foot.js";
import { chartMenus } from "./chart-menus.js";
import { plot } from "./chart-plot.js";
import { chartState } from "./chart-state.js";
import { noRoute } from "./no-route.js";
import { mountRoot } from "./root.js";
import { title } from "./title.js";

/** @typedef {import("./chart-state.js").ChartState} ChartState */
/** @typedef {import("./chart-state.js").ChartTraits} ChartTraits */

/** A pointer means the nearest point within so many px. */
const NEAR = 24;
/** Where the host has not laid the page out yet: px, until it has. */
const WIDTH = 640;

/**
 * @param {HTMLElement} el
 * @param {ChartTraits} traits
 * @param {AbortSignal} end
 */
export function mountChart(el, traits, end) {
  const state = chartState(traits, (el.clientWidth || WIDTH) - 2);
  const drawing = () => /** @type {SVGSVGElement | null} */ (root.querySelector(".hfp-plot"));
  const root = mountRoot(el, {
    name: "hfp-chart",
    home: ".hfp-point[tabindex='0'], .hfp-menus button",
    end,
    ...catalogView("chart", state, () => template(state, drawing)),
    python: traits,
    resized: () => (state.room.value = root.clientWidth),
  });
  const on = { signal: end };
  root.addEventListener("keydown", (event) => onKey(state, event, root), on);
  root.addEventListener("click", (event) => onClick(state, event, root), on);
  root.addEventListener("pointermove", (event) => (state.hovered.value = markAt(state, event)), on);
  root.addEventListener("pointerleave", () => (state.hovered.value = -1), on);
  root.addEventListener("focusin", ({ target }) => onFocus(state, target), on);
  root.addEventListener("focusout", () => (state.reached.value = false), on);
  tellWhenSettled(state.summary, state.told, end);
  end.addEventListener("abort", followPoint(state, root));
}

/**
 * Points are drawn into the elements that were there. When others take their places, the focus goes along with its route.
 * @param {ChartState} state
 * @param {HTMLElement} root
 */
function followPoint({ decoded, scene, hovered }, root) {
  return effect(() => {
    if (!decoded.value.catalog) return;
    scene.value;
    hovered.value = -1;
    queueMicrotask(() => root.querySelector(".hfp-point:focus") && focusPoint(root)); // once it is drawn
  });
}

/** @param {ChartState} state @param {() => SVGSVGElement | null} drawing */
function template(state, drawing) {
  return html`<div class="hfp-bar">${heading(state)}${chartMenus(state, drawing)}</div>
    ${body(state)}${chartFoot(state)}`;
}

/** @param {ChartState} state */
function heading(state) {
  const count = state.rows.value.length
    ? html`<span aria-hidden="true">· ${countWords(state.front.value)}</span>`
    : nothing;
  return title(state, "Routes", count);
}

/** @param {ChartState} state */
function body(state) {
  if (!state.rows.value.length) return noRoute(state, "chart");
  if (state.points.value.rows.length) return html`${plot(state)}${details(state)}`;
  return notComparable(state);
}

/** Why no point can be drawn, and the axes by which most could. @param {ChartState} state */
function notComparable({ front, traits, catalog, rows }) {
  const { x, y } = traits;
  const axes = [x, y].map((axis) => axisName(axis.value)).join(" and ");
  const who = plural(front.value.not_comparable.length, "route");
  const others = otherAxes(catalog.value, rows.value, front.value);
  const button = (/** @type {typeof others[number]} */ { axis, name, count }) =>
    html`<p><button type="button" class="hfp-link" @click=${() => (traits[axis].value = name)}>${axisName(axis === "x" ? name : x.value)} and ${axisName(axis === "y" ? name : y.value)}</button><span class="hfp-quiet">${plural(count, "route")}</span></p>`;
  return html`<div class="hfp-none"><p><b>No route can be compared by ${axes}.</b> ${who}: ${reasonWords(front.value)}.</p>
    <p>${others.length ? "These axes can be compared:" : "Choose other axes above."}</p>${others.map(button)}</div>`;
}

/** @param {EventTarget | null} target */
const isPoint = (target) => target instanceof Element && target.matches(".hfp-point");

/** The position of the mark that a pointer means; -1: none. @param {ChartState} state @param {MouseEvent} event */
function markAt({ scene }, event) {
  const svg = event.target instanceof Element ? event.target.closest(".hfp-plot") : null;
  if (!svg) return -1;
  const { left, top, width } = svg.getBoundingClientRect();
  const scale = scene.value.width / width;
  return nearest(scene.value.marks, (event.clientX - left) * scale, (event.clientY - top) * scale, NEAR);
}

/** @param {ChartState} state @param {MouseEvent} event @param {HTMLElement} root */
function onClick(state, event, root) {
  // A screen reader's press comes without a place of its own, to the point itself.
  const point = /** @type {Element} */ (event.target).closest(".hfp-point");
  const at = event.detail === 0 && point ? Number(point.getAttribute("data-at")) : markAt(state, event);
  if (at < 0) return;
  choose(state, at);
  focusPoint(root);
}

/** Of routes with the same figures a further press chooses the next. @param {ChartState} state @param {number} at */
function choose(state, at) {
  const { rows } = state.scene.value.marks[at];
  const next = rows[(rows.indexOf(state.chosenRow.value) + 1) % rows.length];
  state.activeKey.value = state.routeId(next);
  state.traits.value.value = state.activeKey.value;
}

/** A reader's cursor may come to any point; the keys go on from there. @param {ChartState} state @param {EventTarget | null} target */
function onFocus(state, target) {
  state.reached.value = isPoint(target);
  if (!isPoint(target)) return;
  const at = Number(/** @type {Element} */ (target).getAttribute("data-at"));
  if (at !== state.active.value) state.activeKey.value = state.routeId(state.scene.value.marks[at].rows[0]);
}

/** @param {HTMLElement} root */
function focusPoint(root) {
  /** @type {SVGElement | null} */ (root.querySelector(".hfp-point[tabindex='0']"))?.focus({
    preventScroll: true,
  });
}

/** @param {ChartState} state @param {KeyboardEvent} event @param {HTMLElement} root */
function onKey(state, event, root) {
  if (!isPoint(event.target) || event.ctrlKey || event.metaKey || event.altKey) return;
  const { inX, inY, marks } = state.scene.value;
  const at = state.active.value;
  const last = marks.length - 1;
  const [x, y] = [inX.indexOf(at), inY.indexOf(at)];
  /** @type {Record<string, number>} */
  const moves = {
    ArrowRight: inX[Math.min(last, x + 1)],
    ArrowLeft: inX[Math.max(0, x - 1)],
    ArrowUp: inY[Math.min(last, y + 1)],
    ArrowDown: inY[Math.max(0, y - 1)],
    Home: inX[0],
    End: inX[last],
  };
  if (event.key in moves) {
    state.hovered.value = -1;
    state.activeKey.value = state.routeId(marks[moves[event.key]].rows[0]);
    focusPoint(root);
  } else if (event.key === "Enter" || event.key === " ") choose(state, at);
  else if (event.key === "Escape" && state.chosen.value !== null) state.traits.value.value = null;
  else return;
  event.preventDefault();
  event.stopPropagation();
}
