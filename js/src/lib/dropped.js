// How many routes each filter hides, and how many of those only because the figure is not published.

import { filterRoutes } from "./filter.js";
import { value } from "./frame.js";

/** @typedef {import("./frame.js").Catalog} Catalog */

/**
 * @param {Catalog} catalog
 * @param {Uint32Array} rows  all that could be shown
 * @param {Record<string, unknown>} filters
 * @param {import("./columns.js").Mix} mix
 * @returns {{ key: string, hidden: number, unknown: number }[]}  filters that hide nothing are left out
 */
export function dropped(catalog, rows, filters, mix) {
  return Object.entries(filters)
    .map(([key, wanted]) => {
      const kept = new Set(filterRoutes(catalog, rows, { [key]: wanted }, mix));
      const hidden = rows.filter((row) => !kept.has(row));
      const unknown = hidden.filter((row) =>
        needed(key).some((name) => value(catalog.routes, name, row) === null),
      );
      return { key, hidden: hidden.length, unknown: unknown.length };
    })
    .filter(({ hidden }) => hidden > 0);
}

/** The columns a filter looks at. @param {string} key */
function needed(key) {
  if (key === "priced") return ["price_input", "price_output"];
  const column = key.replace(/^(min|max)_/, "");
  return column === "price_blended" ? ["price_input", "price_output"] : [column];
}
