// The menus above the chart: its two axes, the mix, and what can be taken along.

import { html, nothing } from "lit-html";
import { axisName, placeWords } from "../lib/chart-words.js";
import { columnSpec } from "../lib/columns.js";
import { toMarkdown } from "../lib/export.js";
import { AXES } from "../lib/pareto.js";
import { savePicture } from "./chart-picture.js";
import { copyAndSay } from "./copied.js";
import { mixPopup } from "./mix-popup.js";
import { menu } from "./popup.js";

/** @typedef {import("./chart-state.js").ChartState} ChartState */

/** @param {ChartState} state @param {() => SVGSVGElement | null} drawing */
export function chartMenus(state, drawing) {
  const { x, y } = state.traits;
  const isMixed = x.value === "price_blended" || y.value === "price_blended";
  return html`<span class="hfp-menus">${axisMenu(state, "x")}${axisMenu(state, "y")}${isMixed ? mixPopup(state) : nothing}${exportMenu(state, drawing)}</span>`;
}

/** @param {ChartState} state @param {"x" | "y"} name */
function axisMenu({ traits, opened }, name) {
  const [own, other] = name === "x" ? [traits.x, traits.y] : [traits.y, traits.x];
  const items = () =>
    AXES.map((key) => ({
      key,
      label: axisName(key),
      hint: key === other.value ? `is the ${name === "x" ? "y" : "x"} axis` : columnSpec(key).unit,
      checked: key === own.value,
      disabled: key === other.value,
    }));
  const pick = (/** @type {string} */ key) => (own.value = key);
  const label = `${name}: ${axisName(own.value)}`;
  return menu({ id: name, label, title: `The ${name} axis`, opened, kind: "radio", items, pick });
}

/** @param {ChartState} state @param {() => SVGSVGElement | null} drawing */
function exportMenu(state, drawing) {
  const { catalog, front, chosen, copied } = state;
  const isDrawn = state.points.value.rows.length > 0;
  const items = () => [
    { key: "svg", label: "Save SVG", hint: "to edit and to print", disabled: !isDrawn },
    { key: "png", label: "Save PNG", hint: "twice its size", disabled: !isDrawn },
    { key: "markdown", label: "Copy as Markdown", hint: "all routes and their places" },
    {
      key: "id",
      label: "Copy model:provider",
      hint: chosen.value ?? "choose a point first",
      disabled: chosen.value === null,
    },
  ];
  const pick = (/** @type {string} */ key) => {
    if (key === "markdown") return copyAndSay(copied, markdown(state), "Markdown");
    if (key === "id") return copyAndSay(copied, chosen.value ?? "", chosen.value ?? "");
    const svg = drawing();
    if (!svg) return;
    const { source, retrieved_at } = catalog.value;
    const when = retrieved_at?.slice(0, 10) ?? "time unknown";
    const title = `${state.single.value ?? "Routes"}: ${state.summary.value}`;
    const name = [state.single.value?.split("/").at(-1) ?? "routes", ...front.value.axes].join("-");
    return savePicture(
      svg,
      { title, source: `${source}, ${when}`, name, kind: key === "png" ? "png" : "svg" },
      copied,
    );
  };
  return menu({ id: "export", label: "Export", opened: state.opened, kind: "action", items, pick });
}

/** The text twin's table. @param {ChartState} state */
function markdown({ catalog, front, single, about, traits }) {
  const { front: best, dominated, not_comparable: not, axes } = front.value;
  const rows = Uint32Array.from([...best, ...dominated, ...not]);
  return toMarkdown({
    catalog: catalog.value,
    rows,
    columns: single.value === null ? ["model", "provider", ...axes] : ["provider", ...axes],
    mix: traits.mix.value,
    last: { head: "Place", cells: Array.from(rows, (row) => placeWords(about.value, row)) },
  });
}
