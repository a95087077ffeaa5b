// The budget planner: a form, the plan in a sentence, and the routes by what they cost the class.

import { html, nothing } from "lit-html";
import { integer, plural } from "../lib/format.js";
import { value } from "../lib/frame.js";
import { priceLabels } from "../lib/labels.js";
import { costWords, exactWords, planCsv, planMarkdown } from "../lib/plan-words.js";
import { tellWhenSettled } from "./announce.js";
import { catalogView } from "./catalog-view.js";
import { chosenLine } from "./chosen-line.js";
import { copiedLine } from "./copied.js";
import { copyMenu } from "./copy-menu.js";
import { noRoute } from "./no-route.js";
import { plannerForm, presetMenu } from "./planner-form.js";
import { followTraits, plannerState } from "./planner-state.js";
import { textPopup } from "./planner-text.js";
import { mountRoot } from "./root.js";
import { backToPlace, drawnRows, rowsTable, walkRows } from "./rows.js";
import { sourceLine } from "./source-line.js";
import { labelTags } from "./tags.js";
import { title } from "./title.js";

/** @typedef {import("./planner-state.js").PlannerState} PlannerState */
/** @typedef {import("./planner-state.js").PlannerTraits} PlannerTraits */
/** @typedef {import("../lib/plan-words.js").PlanColumn} PlanColumn */

/** Routes without a cost that are listed with their reasons; the others are counted. */
const LISTED = 200;
/** On a narrow screen the sticky first column must leave room for a second (px). */
const NARROW_FIRST = 132;
/** Where a word about the price stands beside the name. */
const LABELLED_PROVIDER = 212;

/**
 * @param {HTMLElement} el
 * @param {PlannerTraits} traits
 * @param {AbortSignal} end
 * @param {((text: string) => Promise<import("../widgets/asking.js").Counted>) | null} count
 */
export function mountPlanner(el, traits, end, count) {
  const state = plannerState(traits, count);
  const root = mountRoot(el, {
    name: "hfp-planner",
    // The first that is found on the page: the form stands before the rows, and is meant only where there are none.
    home: ".hfp-pick[tabindex='0'], .hfp-planner:not(:has(.hfp-pick)) .hfp-number input",
    end,
    ...catalogView("planner", state, (narrow) => template(state, narrow)),
    python: traits,
    resized: () => backToPlace(root, state),
  });
  const another = () => [traits.model.value, traits.filters.value];
  walkRows(root, state, another, end);
  tellWhenSettled(state.sentence, state.told, end);
  end.addEventListener("abort", followTraits(state));
}

/** @param {PlannerState} state @param {boolean} narrow */
function template(state, narrow) {
  return html`<div class="hfp-bar">${heading(state)}<span class="hfp-menus">${textPopup(state)}${presetMenu(state)}${copying(state)}</span></div>
    ${plannerForm(state)}
    ${state.all.value.length ? results(state, narrow) : noRoute(state, "planner")}
    ${copiedLine(state.copied)}
    <div class="hfp-foot">${chosenLine(state, state.rows.value, "without a cost")}${sourceLine(state.catalog.value, state.traits)}</div>`;
}

/** @param {PlannerState} state */
const heading = (state) =>
  title(state, "Cost of a class", state.single.value === null ? nothing : "· cost of a class");

/** The sentence is read out once typing rests, and not at each letter. @param {PlannerState} state @param {boolean} narrow */
function results(state, narrow) {
  const notes = state.notes.value;
  return html`<p class="hfp-plan-sentence" aria-hidden="true">${state.sentence.value}</p>
    ${state.rows.value.length ? table(state, narrow) : nothing}
    ${leftOut(state)}
    ${notes.length ? html`<div class="hfp-foot hfp-policies"><span class="hfp-notes">${notes.join(" · ")}</span></div>` : nothing}`;
}

/** @param {PlannerState} state @param {boolean} narrow */
function table(state, narrow) {
  const columns = state.columns.value;
  const drawn = drawnRows(state);
  const { start, long, tab } = drawn;
  const rows = state.rows.value.subarray(start, drawn.end);
  return rowsTable(state, drawn, {
    widths: columns.map(({ name, width }, at) => {
      if (narrow) return at === 0 ? NARROW_FIRST : width;
      return name === "provider" && state.labelled.value ? LABELLED_PROVIDER : width;
    }),
    caption:
      "What each route costs, cheapest first, in US dollars. Choose a row with the button in its first cells.",
    head: html`<thead><tr aria-rowindex=${long ? 1 : nothing}>${columns.map(head)}</tr></thead>`,
    lines: Array.from(rows, (row, at) =>
      line(state, columns, row, { at: start + at, tab: start + at === tab, long }),
    ),
  });
}

/** @param {PlanColumn} column */
const head = ({ label, unit, numeric, help }) =>
  html`<th scope="col" class="hfp-th ${numeric ? "hfp-n" : ""}" title=${help || nothing}>${label}<small>${unit}</small></th>`;

/**
 * @param {PlannerState} state
 * @param {readonly PlanColumn[]} columns
 * @param {number} row   of `routes`
 * @param {{ at: number, tab: boolean, long: boolean }} place
 */
function line(state, columns, row, { at, tab, long }) {
  const { routes } = state.catalog.value;
  const cost = state.plan.value.cost(at);
  const chosen = state.chosenRow.value === row;
  const cells = columns.map(({ name, numeric }, index) => {
    const words = name === "model" || name === "provider" ? "" : costWords(cost, name);
    const content =
      name === "model"
        ? modelName(String(value(routes, name, row)))
        : name === "provider"
          ? provider(state, row, chosen, tab)
          : words === "—"
            ? UNKNOWN
            : words;
    const over = name === "breaks_budget" && cost.breaks_budget;
    const look = `${numeric ? "hfp-n" : ""}${over ? " hfp-over" : ""}`;
    const title = name === "model" ? String(value(routes, name, row)) : exactWords(cost, name);
    return index
      ? html`<td class=${look} title=${title}>${content}</td>`
      : html`<th scope="row" class=${look} title=${title}>${content}</th>`;
  });
  return html`<tr data-key=${state.routeId(row)} class=${chosen ? "hfp-chosen-row" : ""} aria-rowindex=${long ? at + 2 : nothing}>${cells}</tr>`;
}

const UNKNOWN = html`<span class="hfp-dash" role="img" aria-label="not published" title="speed or first token not published">—</span>`;

/** @param {string} id */
function modelName(id) {
  const name = id.indexOf("/") + 1;
  return html`<span class="hfp-org">${id.slice(0, name)}</span><span class="hfp-name">${id.slice(name)}</span>`;
}

/** @param {PlannerState} state @param {number} row @param {boolean} chosen @param {boolean} tab */
function provider({ catalog, routeId }, row, chosen, tab) {
  const { routes } = catalog.value;
  return html`<button type="button" class="hfp-pick" aria-pressed=${String(chosen)} tabindex=${tab ? "0" : "-1"}
    title=${routeId(row)}><bdi>${value(routes, "provider", row)}</bdi></button>${labelTags(priceLabels(routes, row))}`;
}

/** The routes without a cost, apart, each with its reasons. @param {PlannerState} state */
function leftOut(state) {
  const { plan, traits, unfolded, routeId } = state;
  const { dropped, reasons } = plan.value;
  if (!dropped.length) return nothing;
  const toggle = (/** @type {Event} */ { currentTarget }) =>
    (unfolded.value = /** @type {HTMLDetailsElement} */ (currentTarget).open);
  const filtered = Object.keys(traits.filters.value).length > 0;
  const more = dropped.length - LISTED;
  return html`<div class="hfp-foot hfp-left-out"><details ?open=${unfolded.value} @toggle=${toggle}><summary>${plural(dropped.length, "route")} without a cost, and why</summary>
      ${
        unfolded.value
          ? html`<ul>${Array.from(dropped.subarray(0, LISTED), (row) => html`<li><b>${routeId(row)}</b> ${reasons(row).join("; ")}</li>`)}
        ${more > 0 ? html`<li>${integer(more)} more</li>` : nothing}</ul>`
          : nothing
      }</details>
    ${filtered ? html`<button type="button" class="hfp-link" @click=${() => (traits.filters.value = {})}>Clear filters</button>` : nothing}</div>`;
}

/** @param {PlannerState} state */
const copying = (state) => {
  const { catalog, plan, single } = state;
  return copyMenu(
    state,
    () => planMarkdown(catalog.value, plan.value, single.value !== null),
    () => planCsv(catalog.value, plan.value),
  );
};
