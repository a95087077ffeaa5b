// Under the chart: the point that is looked at or what the front means, who cannot be compared and why, and the source.

import { html, nothing } from "lit-html";
import { figureWords, frontWords, nameOf, placeDetails, reasonWords } from "../lib/chart-words.js";
import { integer } from "../lib/format.js";
import { chosenLine } from "./chosen-line.js";
import { copiedLine } from "./copied.js";
import { hiddenLine } from "./hidden-line.js";
import { sourceLine } from "./source-line.js";

/** @typedef {import("./chart-state.js").ChartState} ChartState */

const PROBED = new Set(["throughput", "first_token_latency_ms"]);

/** @param {ChartState} state */
export function chartFoot(state) {
  const { traits, catalog } = state;
  const notes = notesOf(state);
  return html`${notes.length ? html`<div class="hfp-foot hfp-policies"><span class="hfp-notes">${notes.join(" · ")}</span></div>` : nothing}
    ${hiddenLine(state)}${copiedLine(state.copied)}
    <div class="hfp-foot">${chosenLine(state, state.rows.value)}${sourceLine(catalog.value, traits)}</div>`;
}

/** @param {ChartState} state */
function notesOf({ front, scene, points, days, traits }) {
  const { not_comparable: not } = front.value;
  const { routes } = scene.value;
  const all = points.value.rows.length;
  return [
    ...(routes < all ? [`${integer(routes)} of ${integer(all)} points drawn, all of the front`] : []),
    ...(not.length && all ? [`${integer(not.length)} not comparable: ${reasonWords(front.value)}`] : []),
    ...(PROBED.has(traits.x.value) || PROBED.has(traits.y.value) ? days.value : []),
  ];
}

/**
 * It speaks of its own accord only when the focus is elsewhere: a point that has it says the same itself.
 * @param {ChartState} state
 */
export function details(state) {
  const row = lookedAt(state);
  const content = row < 0 ? frontWords(state.about.value) : rowWords(state, row);
  const look = state.single.value === null ? "hfp-details hfp-with-ids" : "hfp-details";
  return html`<div class=${look} aria-live=${state.reached.value ? "off" : "polite"}>${content}</div>`;
}

/** The row under the pointer, else of the point with the focus, else the chosen one; -1: none. @param {ChartState} state */
function lookedAt({ scene, hovered, reached, active, chosenRow, rows }) {
  const { marks } = scene.value;
  const mark = marks[hovered.value] ?? (reached.value ? marks[active.value] : undefined);
  if (mark) return mark.rows.includes(chosenRow.value) ? chosenRow.value : mark.rows[0];
  return rows.value.includes(chosenRow.value) ? chosenRow.value : -1;
}

/** @param {ChartState} state @param {number} row */
function rowWords(state, row) {
  const { catalog, single, about, scene } = state;
  const mark = scene.value.marks.find(({ rows }) => rows.includes(row));
  const others = (mark?.rows ?? []).filter((one) => one !== row);
  const same = others.slice(0, 3).map((one) => nameOf(catalog.value, one, single.value));
  const more = others.length > same.length ? ` and ${integer(others.length - same.length)} more` : "";
  return html`<b>${nameOf(catalog.value, row, single.value)}</b> ${figureWords(about.value, row).map((words) => html`· ${words} `)}· ${placeDetails(about.value, row)}${
    same.length ? ` · ${integer(others.length + 1)} routes here, also ${same.join(", ")}${more}` : nothing
  }`;
}
