// The explorer: the picker, and beside it one of four views of the routes it leads to, all over the same signals. A choice
// made in one is there in the others at once, without a word to Python in between.

import { computed, effect, signal } from "@preact/signals-core";
import { html } from "lit-html";
import { readCatalog } from "../lib/wire.js";
import { catalogView } from "./catalog-view.js";
import { mountChart } from "./chart.js";
import { mountPicker } from "./picker.js";
import { mountPlanner } from "./planner.js";
import { mountRoot } from "./root.js";
import { mountSnippet } from "./snippet.js";
import { sourceLine } from "./source-line.js";
import { mountTable } from "./table.js";
import { onTabKey, tabs } from "./tabs.js";

/** @template T @typedef {import("@preact/signals-core").Signal<T>} Signal */

/** @typedef {Parameters<typeof mountPlanner>[3]} Count */

/** @type {ReadonlyMap<string, { label: string, mount: (el: HTMLElement, traits: ExplorerTraits, end: AbortSignal, count: Count) => void }>} */
const VIEWS = new Map([
  ["compare", { label: "Compare", mount: mountTable }],
  ["chart", { label: "Chart", mount: mountChart }],
  ["plan", { label: "Plan", mount: mountPlanner }],
  ["code", { label: "Code", mount: mountSnippet }],
]);

/** Models in the list: beside a view, where it is as tall as a table of eleven routes, and above one. */
const BESIDE = 8;
const BELOW = 5;

/**
 * @typedef {object} OwnTraits
 * @property {Signal<string>} view   a key of VIEWS
 * @property {Signal<string>} query
 * @property {Signal<readonly (readonly [string, "asc" | "desc"])[]>} model_sort   the order of the list of models
 */
/** @typedef {import("./table-state.js").TableTraits & import("./chart-state.js").ChartTraits} CompareTraits */
/** @typedef {import("./planner-state.js").PlannerTraits & import("./snippet-state.js").SnippetTraits} UseTraits */
/** @typedef {CompareTraits & UseTraits & OwnTraits} ExplorerTraits */

/**
 * @param {HTMLElement} el
 * @param {ExplorerTraits} traits
 * @param {AbortSignal} end
 * @param {Count} count
 */
export function mountExplorer(el, traits, end, count) {
  const rows = signal(BELOW);
  const decoded = computed(() => readCatalog(traits._catalog.value));
  const picker = part("hfp-explorer-picker");
  const panel = part("hfp-explorer-panel");
  panel.id = `hfp-${Math.random().toString(36).slice(2, 9)}`;
  panel.setAttribute("role", "tabpanel");
  const asked = computed(() => [traits.model.value ?? []].flat());
  const template = () => {
    const view = traits.view.value;
    panel.setAttribute("aria-label", VIEWS.get(view)?.label ?? "");
    return html`<div class="hfp-explorer-parts">${picker}<div class="hfp-explorer-side">
        ${tabs({ label: "What to look at", names: VIEWS, chosen: traits.view, controls: panel.id })}${panel}</div></div>
      <div class="hfp-foot">${sourceLine(/** @type {any} */ (decoded.value.catalog), traits)}</div>`;
  };
  const root = mountRoot(el, {
    name: "hfp-explorer",
    home: "[role='tab'][aria-selected='true']",
    end,
    ...catalogView("explorer", { decoded, traits, asked }, template),
    python: traits,
    resized: () => fitPicker(),
  });
  const fitPicker = () => (rows.value = root.dataset.size === "wide" ? BESIDE : BELOW);
  root.addEventListener("keydown", (event) => onTabKey(event, VIEWS, traits.view), { signal: end });
  const parts = quiet(traits);
  mountPicker(picker, pickerTraits(parts), end, rows);
  end.addEventListener("abort", showView(panel, parts, count));
}

/** @param {string} name */
function part(name) {
  const element = document.createElement("div");
  element.className = name;
  return element;
}

/**
 * What is to be said of Python is said once, under all parts.
 * @param {ExplorerTraits} traits
 * @returns {ExplorerTraits}
 */
const quiet = (traits) => ({ ...traits, _fault: signal(""), _silent: signal(false) });

/**
 * The picker's choice is the model of all views.
 * @param {ExplorerTraits} traits
 * @returns {import("./picker-state.js").PickerTraits}
 */
function pickerTraits(traits) {
  const multiple = computed(() => Array.isArray(traits.model.value));
  return { ...traits, value: traits.model, sort: traits.model_sort, multiple };
}

/** @param {HTMLElement} panel @returns {HTMLElement | null | undefined} */
const chosenTab = (panel) => panel.parentElement?.querySelector("[role=tab][aria-selected=true]");

/**
 * Keep the chosen view, and it alone, in the panel.
 * @param {HTMLElement} panel
 * @param {ExplorerTraits} traits
 * @param {Count} count
 */
function showView(panel, traits, count) {
  let shown = new AbortController();
  const stop = effect(() => {
    const view = VIEWS.get(traits.view.value);
    const page = /** @type {Document | ShadowRoot} */ (panel.getRootNode());
    const hadFocus = panel.contains(page.activeElement ?? null);
    shown.abort();
    shown = new AbortController();
    view?.mount(panel, traits, shown.signal, count);
    // Python, or another view of this widget, may change what the user is in.
    if (hadFocus) queueMicrotask(() => chosenTab(panel)?.focus({ preventScroll: true }));
  });
  return () => {
    stop();
    shown.abort();
  };
}
