// What all sorting is made of: text order, dense integer ranks of a column's distinct values, and stable counting
// passes over those ranks. So a sort looks at each distinct value once and never compares rows.

import { displayKey } from "./format.js";
import { textOf } from "./text.js";

/** @typedef {import("./frame.js").Column} Column */
/** @typedef {import("./columns.js").Direction} Direction */
/** @typedef {import("./columns.js").Kind} Kind */
/**
 * One sort key: for every item its rank, 0 first; equal ranks are ties, `size` is one more than the greatest.
 * @typedef {{ ranks: Uint32Array, size: number }} Ranks
 */

/**
 * The sort keys without those whose column came before: they could not decide anything any more.
 * @param {readonly import("./columns.js").SortKey[]} keys
 * @returns {import("./columns.js").SortKey[]}
 */
export function firstOfEach(keys) {
  return keys.filter(([name], at) => keys.findIndex(([other]) => other === name) === at);
}

/**
 * Items in the order of the keys; items that tie on all of them keep their original order. A key is asked for its
 * ranks only while some items still tie: ranking the ids of a large catalogue is the dearest part of a sort.
 * @param {number} length  how many items there are
 * @param {readonly (() => Ranks)[]} keys  the most important first
 * @returns {Uint32Array}  positions of the items
 */
export function orderBy(length, keys) {
  let order = new Uint32Array(length).map((_, i) => i);
  /** For each item the place of its group: the items it ties with so far. @type {Ranks} */
  let groups = { ranks: new Uint32Array(length), size: 1 };
  for (const key of keys) {
    if (groups.size >= length) break;
    const { ranks, size } = key();
    if (size < 2) continue;
    order = sortStably(sortStably(order, ranks, size), groups.ranks, groups.size);
    groups = regroup(order, groups.ranks, ranks);
  }
  return order;
}

/**
 * One stable counting pass.
 * @param {Uint32Array} order
 * @param {Uint32Array} ranks
 * @param {number} size
 */
function sortStably(order, ranks, size) {
  const next = new Uint32Array(size + 1);
  for (let i = 0; i < order.length; i++) next[ranks[i] + 1]++;
  for (let rank = 1; rank < size; rank++) next[rank] += next[rank - 1];
  const sorted = new Uint32Array(order.length);
  for (let i = 0; i < order.length; i++) sorted[next[ranks[order[i]]]++] = order[i];
  return sorted;
}

/**
 * Split the groups where the items of one differ in rank.
 * @param {Uint32Array} order  by group, then rank
 * @param {Uint32Array} groups
 * @param {Uint32Array} ranks
 * @returns {Ranks}
 */
function regroup(order, groups, ranks) {
  const split = new Uint32Array(order.length);
  let group = 0;
  for (let at = 1; at < order.length; at++) {
    const [item, before] = [order[at], order[at - 1]];
    if (groups[item] !== groups[before] || ranks[item] !== ranks[before]) group++;
    split[item] = group;
  }
  return { ranks: split, size: group + 1 };
}

/**
 * Ranks of numbers; NaN is unknown and comes last in both directions.
 * @param {Float64Array} numbers
 * @param {Direction} direction
 * @returns {Ranks}
 */
export function rankNumbers(numbers, direction) {
  const sorted = numbers.slice().sort(); // NaN goes to the end
  let known = 0;
  for (let i = 0; i < sorted.length && !Number.isNaN(sorted[i]); i++) {
    if (known === 0 || sorted[i] !== sorted[known - 1]) sorted[known++] = sorted[i];
  }
  const ranks = new Uint32Array(numbers.length);
  for (let i = 0; i < numbers.length; i++) {
    const number = numbers[i];
    if (Number.isNaN(number)) {
      ranks[i] = known;
      continue;
    }
    let low = 0;
    for (let high = known - 1; low < high; ) {
      const middle = (low + high) >> 1;
      if (sorted[middle] < number) low = middle + 1;
      else high = middle;
    }
    ranks[i] = direction === "asc" ? low : known - 1 - low;
  }
  return { ranks, size: known + 1 };
}

/**
 * Ranks of a column's cells in the given rows by its kind: numbers as they are displayed, or exactly; text in text
 * order; unknown last in both directions. Only the values these rows hold are looked at.
 * @param {Column} column
 * @param {Kind} kind
 * @param {Uint32Array} rows
 * @param {Direction} direction
 * @param {boolean} [exact]  compare numbers by their exact value
 * @returns {Ranks}
 */
export function rankCells(column, kind, rows, direction, exact = false) {
  const used = usedCodes(column, rows);
  const ranked = isText(kind)
    ? rankTexts(column, used, kind, direction)
    : rankNumbers(numbersOf(column, used, kind, exact), direction);
  const rankOf = new Uint32Array(column.values.length);
  for (let i = 0; i < used.length; i++) rankOf[used[i]] = ranked.ranks[i];
  const ranks = new Uint32Array(rows.length);
  for (let i = 0; i < rows.length; i++) ranks[i] = rankOf[column.codes[rows[i]]];
  return { ranks, size: ranked.size };
}

/** @param {Kind} kind */
function isText(kind) {
  return kind === "text" || kind === "status" || kind === "time" || kind === "list";
}

/**
 * @param {Column} column
 * @param {Uint32Array} rows
 */
function usedCodes({ values, codes }, rows) {
  const isUsed = new Uint8Array(values.length);
  let count = 0;
  for (let i = 0; i < rows.length; i++) {
    const code = codes[rows[i]];
    if (isUsed[code] === 0) {
      isUsed[code] = 1;
      count++;
    }
  }
  const used = new Uint32Array(count);
  for (let code = 0, i = 0; i < count; code++) if (isUsed[code] === 1) used[i++] = code;
  return used;
}

/**
 * @param {Column} column
 * @param {Uint32Array} used
 * @param {Kind} kind
 * @param {boolean} exact
 */
function numbersOf({ values }, used, kind, exact) {
  const numbers = new Float64Array(used.length);
  for (let i = 0; i < used.length; i++) {
    const value = values[used[i]];
    numbers[i] = (exact && typeof value === "number" ? value : displayKey(kind, value)) ?? Number.NaN;
  }
  return numbers;
}

/**
 * The order of all texts of a dictionary, worked out once: a column never changes, and to put 100,000 ids in order costs
 * more than all the rest of a sort.
 * @type {WeakMap<Column["values"], Ranks>}
 */
const wholeOrders = new WeakMap();

/**
 * @param {Column} column
 * @param {Uint32Array} used
 * @param {Kind} kind
 * @param {Direction} direction
 * @returns {Ranks}
 */
function rankTexts({ values }, used, kind, direction) {
  const isMost = used.length * 4 > values.length;
  const { ranks, size } = isMost ? pick(wholeOrder(values, kind), used) : sortTexts(values, used, kind);
  const unknown = size - 1;
  if (direction === "desc")
    for (let i = 0; i < ranks.length; i++) if (ranks[i] !== unknown) ranks[i] = unknown - 1 - ranks[i];
  return { ranks, size };
}

/** @param {Column["values"]} values @param {Kind} kind @returns {Ranks} */
function wholeOrder(values, kind) {
  const known = wholeOrders.get(values);
  if (known) return known;
  const codes = Uint32Array.from(values, (_, code) => code);
  const order = sortTexts(values, codes, kind);
  wholeOrders.set(values, order);
  return order;
}

/** @param {Ranks} order @param {Uint32Array} used @returns {Ranks} */
const pick = ({ ranks, size }, used) => ({ ranks: used.map((code) => ranks[code]), size });

/**
 * @param {Column["values"]} values
 * @param {Uint32Array} used
 * @param {Kind} kind
 * @returns {Ranks}  ascending, unknown last
 */
function sortTexts(values, used, kind) {
  const texts = Array.from(used, (code) => textOf(values[code]));
  const lower = texts.map((text) => (text === null ? "" : text.toLowerCase()));
  const place = kind === "status" ? texts.map(statusPlace) : null;
  const known = new Uint32Array(used.length).map((_, i) => i).filter((i) => texts[i] !== null);
  known.sort((i, j) => {
    if (place !== null && place[i] !== place[j]) return place[i] - place[j];
    if (lower[i] !== lower[j]) return lower[i] < lower[j] ? -1 : 1;
    if (texts[i] === texts[j]) return 0;
    return /** @type {string} */ (texts[i]) < /** @type {string} */ (texts[j]) ? -1 : 1;
  });
  const ranks = new Uint32Array(used.length).fill(known.length);
  let last = -1;
  for (let at = 0; at < known.length; at++) {
    // Two lists may hold the same parts in another order: the same text, so the same rank.
    const isTie = at > 0 && texts[known[at]] === texts[known[at - 1]];
    if (!isTie) last = at;
    ranks[known[at]] = last;
  }
  return { ranks, size: known.length + 1 };
}

/**
 * Live first, then staging, words not known here, and error at the end.
 * @param {string | null} status
 */
function statusPlace(status) {
  if (status === "live") return 0;
  if (status === "staging") return 1;
  return status === "error" ? 3 : 2;
}
