// Why a route takes no part: one reason for each thing asked of it that it does not meet, in plain words.
// A filter asks two things: that the figure is published, and that it is good enough. So a route without a figure has
// one reason for that, however many filters and comparisons need it. Python says the same, in data/reasons.py.

import { blendedPrices, columnOf, isNumber, MODEL_COLUMNS, modelColumn, ROUTE_COLUMNS } from "./columns.js";
import { counted, PRICES } from "./figures.js";
import { failedByModels, failedByRoutes, filterKey, isRouteKey, normalFilters } from "./filter.js";
import { displayKey, exactNumber, format, isSuspectPrice } from "./format.js";
import { value } from "./frame.js";
import { textOf } from "./text.js";

/** @typedef {import("./columns.js").ColumnSpec} ColumnSpec */
/** @typedef {import("./columns.js").Kind} Kind */
/** @typedef {import("./columns.js").Mix} Mix */
/** @typedef {import("./filter.js").FilterKey} FilterKey */
/** @typedef {import("./frame.js").Catalog} Catalog */
/** @typedef {import("./frame.js").Value} Value */
/**
 * Why one route is out: in words, in words that fit other routes too, and by how much (1 is wholly).
 * @typedef {{ words: string, group: string, shortfall: number }} Reason
 */
/**
 * Something asked of a route. `reason` is asked only for rows that fail, when it has to be said.
 * @typedef {{ fails: (row: number) => boolean, reason: (row: number) => Reason }} Demand
 */

/** @type {Partial<Record<Kind, string>>} */
const UNITS = { milliseconds: " ms", speed: " tokens/s" };

/**
 * What a route must meet: be live, meet the filters, and publish the figures, prices in no doubt.
 * @param {Catalog} catalog
 * @param {Record<string, unknown>} require  filters
 * @param {readonly string[]} figures  columns of routes that are to be compared
 * @param {Mix} mix
 * @returns {Demand[]}
 */
export function demandsOf(catalog, require, figures, mix) {
  const filters = normalFilters(require);
  const compared = figures.flatMap((name) => counted(name, mix));
  const asked = Object.entries(filters).map(
    ([key, wanted]) => /** @type {const} */ ([key, wanted, needs(key, wanted, mix)]),
  );
  const named = new Set([...compared, ...asked.flatMap(([, , columns]) => columns)]);
  const prices = PRICES.filter((price) => named.has(price));
  /** @type {Map<string, Demand>} */
  const demands = new Map([["status", live(catalog)]]);
  /** @param {string} name */
  const publish = (name) => {
    const key = PRICES.includes(name) ? "price" : name;
    if (demands.has(key)) return;
    demands.set(key, key === "price" ? pricesPublished(catalog, prices) : published(catalog, name, mix));
  };
  for (const [key, wanted, columns] of asked) {
    columns.forEach(publish);
    demands.set(`require ${key}`, meets(catalog, key, wanted, mix));
  }
  compared.forEach(publish);
  const doubtful = PRICES.filter((price) => compared.includes(price));
  demands.set("doubt", inNoDoubt(catalog, doubtful));
  return [...demands.values()];
}

/**
 * The rows that meet everything, and the others; both in the order given.
 * @param {Uint32Array} rows
 * @param {readonly Demand[]} demands
 */
export function sift(rows, demands) {
  /** @param {number} row */
  const isKept = (row) => {
    for (const demand of demands) if (demand.fails(row)) return false;
    return true;
  };
  const kept = rows.filter(isKept);
  let next = 0;
  const dropped = rows.filter((row) => {
    if (row !== kept[next]) return true;
    next++;
    return false;
  });
  return { kept, dropped };
}

/**
 * All reasons why a row is out.
 * @param {readonly Demand[]} demands
 * @param {number} row
 * @returns {Reason[]}
 */
export function reasonsOf(demands, row) {
  return demands.filter(({ fails }) => fails(row)).map(({ reason }) => reason(row));
}

/**
 * How a row of a past day is spoken of.
 * @param {Catalog} catalog
 * @param {number} row
 */
export function asLastSeen({ routes }, row) {
  const read = value(routes, "retrieved_at", row);
  return `as last seen ${read === null ? "on an unknown day" : String(read).slice(0, 10)}`;
}

/**
 * A figure's text with its unit, as in a sentence.
 * @param {Kind} kind
 * @param {string} text
 */
export function amount(kind, text) {
  return isPrice(kind) ? `$${text}` : `${text}${UNITS[kind] ?? ""}`;
}

/** @param {ColumnSpec} spec */
export const saidOf = ({ said, label }) => said ?? label.toLowerCase();

/** @param {Kind} kind */
const isPrice = (kind) => kind === "price" || kind === "blended";

/**
 * All digits of a figure, with its unit.
 * @param {Kind} kind
 * @param {number} figure
 */
const exactAmount = (kind, figure) => amount(kind, exactNumber(figure, isPrice(kind) ? 2 : 0));

/**
 * The columns that must be published for a route to meet a filter.
 * @param {string} key
 * @param {unknown} wanted
 * @param {Mix} mix
 * @returns {string[]}
 */
function needs(key, wanted, mix) {
  if (key === "priced") return wanted === true ? PRICES : [];
  const { name } = specOf(key);
  // Every route has a model and a provider, and of its status speaks the demand that it be live.
  return name === "model" || name === "provider" || name === "status" ? [] : counted(name, mix);
}

/** @param {string} key */
const specOf = (key) => /** @type {FilterKey} */ (filterKey(key)).spec;

/**
 * How to read a column off a route, or off its model; null is unknown, or is another demand's affair.
 * @param {Catalog} catalog
 * @param {string} name
 * @param {Mix} mix
 * @returns {(row: number) => Value}
 */
function reader(catalog, name, mix) {
  const { routes } = catalog;
  if (name === "status") {
    return (row) => (value(routes, name, row) === "live" ? "live" : null);
  }
  if (name === "priced") {
    const [input, output] = PRICES.map((price) => columnOf(routes, price).codes);
    return (row) => (input[row] === 0 || output[row] === 0 ? null : true);
  }
  if (name === "price_blended") {
    const prices = blendedPrices(routes, mix);
    return (row) => (Number.isNaN(prices[row]) ? null : prices[row]);
  }
  if (ROUTE_COLUMNS.has(name)) {
    const { values, codes } = columnOf(routes, name);
    return (row) => values[codes[row]];
  }
  const { values, codes } = modelColumn(catalog, name);
  const model = routes.columns.model.codes;
  return (row) => values[codes[model[row] - 1]];
}

/** @param {Catalog} catalog @returns {Demand} */
function live(catalog) {
  const { values, codes } = columnOf(catalog.routes, "status");
  const isLive = Uint8Array.from(values, (status) => (status === "live" ? 1 : 0));
  return {
    fails: (row) => isLive[codes[row]] === 0,
    reason: (row) => {
      const status = values[codes[row]];
      const group = status === null ? "status not published" : `status ${status}`;
      return wholly(catalog.dated_rows ? `${group}, ${asLastSeen(catalog, row)}` : group, group);
    },
  };
}

/** @param {Catalog} catalog @param {readonly string[]} names @returns {Demand} */
function pricesPublished({ routes }, names) {
  const columns = names.map((name) => columnOf(routes, name).codes);
  return {
    fails: (row) => columns.some((codes) => codes[row] === 0),
    reason: (row) => {
      const hasNone = PRICES.every((price) => columnOf(routes, price).codes[row] === 0);
      const missing = names[columns.findIndex((codes) => codes[row] === 0)];
      return wholly(`no ${hasNone ? "price" : routeSaid(missing)} published`);
    },
  };
}

/** @param {Catalog} catalog @param {string} name @param {Mix} mix @returns {Demand} */
function published(catalog, name, mix) {
  const spec = /** @type {ColumnSpec} */ (ROUTE_COLUMNS.get(name) ?? MODEL_COLUMNS.get(name));
  const cellOf = reader(catalog, name, mix);
  const said = saidOf(spec);
  const reason = wholly(isNumber(spec.kind) ? `no ${said} published` : `${said} not published`);
  return { fails: (row) => isUnknown(cellOf(row)), reason: () => reason };
}

/** A list without entries says nothing. @param {Value} cell */
const isUnknown = (cell) => cell === null || (typeof cell === "object" && cell.length === 0);

/** @param {Catalog} catalog @param {readonly string[]} names @returns {Demand} */
function inNoDoubt({ routes }, names) {
  const columns = names.map((name) => {
    const { values, codes } = columnOf(routes, name);
    return {
      values,
      codes,
      doubt: values.map((price) => typeof price === "number" && isSuspectPrice(price)),
    };
  });
  return {
    fails: (row) => columns.some(({ codes, doubt }) => doubt[codes[row]]),
    reason: (row) => {
      const doubtful = columns.filter(({ codes, doubt }) => doubt[codes[row]]);
      const texts = doubtful.map(({ values, codes }) => exactAmount("price", Number(values[codes[row]])));
      return wholly(`price in doubt: ${[...new Set(texts)].join(" and ")} per 1M tokens`, "price in doubt");
    },
  };
}

/**
 * @param {Catalog} catalog
 * @param {string} key
 * @param {unknown} wanted
 * @param {Mix} mix
 * @returns {Demand}
 */
function meets(catalog, key, wanted, mix) {
  const { routes } = catalog;
  const cellOf = reader(catalog, specOf(key).name, mix);
  const ofRoute = isRouteKey(key);
  const failed = ofRoute
    ? failedByRoutes(routes, { [key]: wanted }, mix)
    : failedByModels(catalog, { [key]: wanted });
  const model = routes.columns.model.codes;
  return {
    fails: (row) => failed[ofRoute ? row : model[row] - 1] !== 0 && !isUnknown(cellOf(row)),
    reason: (row) => unmet(/** @type {FilterKey} */ (filterKey(key)), wanted, cellOf(row)),
  };
}

/**
 * @param {FilterKey} key
 * @param {any} wanted
 * @param {Value} cell  known
 * @returns {Reason}
 */
function unmet({ spec, bound }, wanted, cell) {
  const { kind } = spec;
  const said = saidOf(spec);
  if (kind === "bool") return wholly(yesOrNo(spec, cell === true));
  if (kind === "list") return wholly(`no ${wanted.join(" or ")} ${said}`);
  if (bound === null) {
    const text = isNumber(kind) ? exactAmount(kind, Number(cell)) : textOf(cell);
    return wholly(`${said} ${text} not asked for`, `${said} not asked for`);
  }
  const sign = bound === "min" ? "<" : ">";
  if (kind === "time") {
    const day = String(cell).slice(0, Math.max(10, wanted.length));
    return wholly(
      `${said} ${day} ${sign} ${wanted}`,
      `${said} ${bound === "min" ? "before" : "after"} ${wanted}`,
    );
  }
  const figure = Number(cell);
  const limit = exactAmount(kind, wanted);
  return {
    words: `${said} ${beside(kind, figure, wanted)} ${sign} ${limit}`,
    group: `${said} ${bound === "min" ? "under" : "over"} ${limit}`,
    shortfall: Math.min(1, Math.abs(figure - wanted) / Math.max(Math.abs(figure), Math.abs(wanted))),
  };
}

/** @param {ColumnSpec} spec @param {boolean} yes */
function yesOrNo(spec, yes) {
  if (spec.name === "priced") return "price published";
  const said = saidOf(spec);
  if (spec.name.startsWith("supports_")) return `${said} ${yes ? "supported" : "not supported"}`;
  return `${said}: ${yes ? "yes" : "no"}`;
}

/**
 * A figure beside a limit that it misses: as displayed, unless rounding would hide that; tokens always exactly.
 * @param {Kind} kind
 * @param {number} figure
 * @param {number} limit
 */
function beside(kind, figure, limit) {
  const key = displayKey(kind, figure);
  const isHidden = key === null || key < limit !== figure < limit || key === limit;
  if (kind === "tokens" || kind === "count" || isHidden) return exactAmount(kind, figure);
  return amount(kind, format(kind, figure));
}

/** @param {string} name */
const routeSaid = (name) => saidOf(/** @type {ColumnSpec} */ (ROUTE_COLUMNS.get(name)));

/**
 * @param {string} words
 * @param {string} [group]
 * @returns {Reason}
 */
const wholly = (words, group = words) => ({ words, group, shortfall: 1 });
