// Why a route takes no part: one reason for each thing asked of it that it does not meet, in plain words.
// A filter asks two things: that the figure is published, and that it is good enough. So a route without a figure has
// one reason for that, however many filters and comparisons need it. Python says the same, in data/reasons.py.

import { exactAmount, isPrice, saidOf } from "./amounts.js";
import {
  blendedPrices,
  columnOf,
  columnSpec,
  isNumber,
  MODEL_COLUMNS,
  modelColumn,
  otherUnit,
  ROUTE_COLUMNS,
} from "./columns.js";
import { counted, PRICES } from "./figures.js";
import { failedByModels, failedByRoutes, filterKey, isRouteKey, normalFilters } from "./filter.js";
import { isSuspectPrice } from "./format.js";
import { value } from "./frame.js";
import { compareText } from "./text.js";
import { unmet } from "./unmet.js";

/** @typedef {import("./columns.js").ColumnSpec} ColumnSpec */
/** @typedef {import("./columns.js").Kind} Kind */
/** @typedef {import("./columns.js").Mix} Mix */
/** @typedef {import("./filter.js").FilterKey} FilterKey */
/** @typedef {import("./frame.js").Catalog} Catalog */
/** @typedef {import("./frame.js").Value} Value */
/**
 * Something asked of a route. What is not met is told of rows that fail, and only when it has to be said: in words, in
 * words that fit other routes too, and by how much (1 is wholly).
 * @typedef {object} Demand
 * @property {(row: number) => boolean} fails
 * @property {(row: number) => string} words
 * @property {(row: number) => string} group
 * @property {(row: number) => number} shortfall
 */

/**
 * What a route must meet: be live, meet the filters, and publish the figures, prices for tokens and in no doubt.
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
 * All reasons why a row is out, in words.
 * @param {readonly Demand[]} demands
 * @param {number} row
 * @returns {string[]}
 */
export function reasonsOf(demands, row) {
  return demands.filter(({ fails }) => fails(row)).map(({ words }) => words(row));
}

/**
 * For how many rows each kind of reason holds, most first.
 * @param {readonly Demand[]} demands
 * @param {Uint32Array} rows
 * @returns {[group: string, count: number][]}
 */
export function countGroups(demands, rows) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const { fails, group } of demands) {
    for (const row of rows) {
      if (!fails(row)) continue;
      const name = group(row);
      counts.set(name, (counts.get(name) ?? 0) + 1);
    }
  }
  return [...counts].sort(([a, n], [b, m]) => m - n || compareText(a, b));
}

/**
 * How far each row is from what is asked: how many reasons it has, and the sum of their shortfalls.
 * @param {readonly Demand[]} demands
 * @param {Uint32Array} rows
 */
export function missesOf(demands, rows) {
  const counts = new Uint32Array(rows.length);
  const shortfalls = new Float64Array(rows.length);
  for (const { fails, shortfall } of demands) {
    for (let i = 0; i < rows.length; i++) {
      if (!fails(rows[i])) continue;
      counts[i]++;
      shortfalls[i] += shortfall(rows[i]);
    }
  }
  return { counts, shortfalls };
}

/**
 * A demand that is met or not, without anything between.
 * @param {(row: number) => boolean} fails
 * @param {(row: number) => string} words
 * @param {(row: number) => string} [group]
 * @returns {Demand}
 */
export const plainDemand = (fails, words, group = words) => ({ fails, words, group, shortfall: () => 1 });

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
  const groups = values.map((status) => (status === null ? "status not published" : `status ${status}`));
  /** @param {number} row */
  const group = (row) => groups[codes[row]];
  /** @param {number} row */
  const words = (row) => `${group(row)}, ${asLastSeen(catalog, row)}`;
  return plainDemand((row) => isLive[codes[row]] === 0, catalog.dated_rows ? words : group, group);
}

/** @param {Catalog} catalog @param {readonly string[]} names @returns {Demand} */
function pricesPublished({ routes }, names) {
  const columns = names.map((name) => columnOf(routes, name).codes);
  const all = PRICES.map((name) => columnOf(routes, name).codes);
  const isOther = otherUnit(routes);
  return plainDemand(
    (row) => isOther(row) || columns.some((codes) => codes[row] === 0),
    (row) => {
      if (all.every((codes) => codes[row] === 0)) return "no price published";
      if (isOther(row)) return `priced by another unit (${value(routes, "task", row)})`;
      return `no ${routeSaid(names[columns.findIndex((codes) => codes[row] === 0)])} published`;
    },
  );
}

/** @param {Catalog} catalog @param {string} name @param {Mix} mix @returns {Demand} */
function published(catalog, name, mix) {
  const spec = /** @type {ColumnSpec} */ (ROUTE_COLUMNS.get(name) ?? MODEL_COLUMNS.get(name));
  const cellOf = reader(catalog, name, mix);
  const words = isNumber(spec.kind) ? `no ${saidOf(spec)} published` : `${saidOf(spec)} not published`;
  return plainDemand(
    (row) => isUnknown(cellOf(row)),
    () => words,
  );
}

/** A list without entries says nothing. @param {Value} cell */
const isUnknown = (cell) => cell === null || (typeof cell === "object" && cell.length === 0);

/** @param {Catalog} catalog @param {readonly string[]} names @returns {Demand} */
function inNoDoubt({ routes }, names) {
  const isOther = otherUnit(routes);
  const columns = names.map((name) => {
    const { values, codes } = columnOf(routes, name);
    return {
      values,
      codes,
      doubt: values.map((price) => typeof price === "number" && isSuspectPrice(price)),
    };
  });
  return plainDemand(
    (row) => !isOther(row) && columns.some(({ codes, doubt }) => doubt[codes[row]]),
    (row) => {
      const doubtful = columns.filter(({ codes, doubt }) => doubt[codes[row]]);
      const texts = doubtful.map(({ values, codes }) => exactAmount("price", Number(values[codes[row]])));
      return `price in doubt: ${[...new Set(texts)].join(" and ")} per 1M tokens`;
    },
    () => "price in doubt",
  );
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
  const { kind, name } = specOf(key);
  const cellOf = reader(catalog, name, mix);
  const isOther = isPrice(kind) ? otherUnit(routes) : () => false;
  const ofRoute = isRouteKey(key);
  const failed = ofRoute
    ? failedByRoutes(routes, { [key]: wanted }, mix)
    : failedByModels(catalog, { [key]: wanted });
  const model = routes.columns.model.codes;
  const { words, group, shortfall } = unmet(/** @type {FilterKey} */ (filterKey(key)), wanted);
  return {
    fails: (row) => failed[ofRoute ? row : model[row] - 1] !== 0 && !isUnknown(cellOf(row)) && !isOther(row),
    words: (row) => words(cellOf(row)),
    group: (row) => group(cellOf(row)),
    shortfall: (row) => shortfall(cellOf(row)),
  };
}

/** @param {string} name */
const routeSaid = (name) => saidOf(columnSpec(name));
