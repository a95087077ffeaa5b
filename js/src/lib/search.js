// Search while typing: every word of the query must occur in a model's id, and the ids rank by where it does.
// All ids lie in one lower-cased text, so a word is found by one fast scan and not by one call per id.

/**
 * @typedef {object} Index
 * @property {readonly string[]} ids
 * @property {string} text          the lower-cased ids, each followed by a line break
 * @property {Uint32Array} starts   where each id starts in the text, and where the last one ends
 * @property {Uint32Array} names    where each id's name starts: after its first "/"
 * @property {Uint32Array} rowAt    the row of every 32nd character of the text
 */
/** @typedef {{ ranks: Uint8Array, count: number }} Found  ranks: one per id, NO_MATCH where it does not match */

/** The rank of an id that does not match. */
export const NO_MATCH = 255;
const WORST_RANK = 254;
const WORD_CHARACTER = /[\p{L}\p{N}]/u;

/**
 * The words of a query, lower-cased.
 * @param {string} query
 * @returns {string[]}
 */
export function terms(query) {
  return query
    .toLowerCase()
    .split(/\s+/)
    .filter((term) => term !== "");
}

/**
 * What search needs to know of a catalogue; made once for each.
 * @param {readonly string[]} ids
 * @returns {Index}
 */
export function makeIndex(ids) {
  const lower = ids.map((id) => id.toLowerCase());
  const starts = new Uint32Array(ids.length + 1);
  const names = new Uint32Array(ids.length);
  for (let row = 0; row < ids.length; row++) {
    names[row] = starts[row] + lower[row].indexOf("/") + 1;
    starts[row + 1] = starts[row] + lower[row].length + 1;
  }
  const text = lower.length === 0 ? "" : `${lower.join("\n")}\n`;
  const rowAt = new Uint32Array((text.length >> 5) + 1);
  for (let block = 0, row = 0; block * 32 < text.length; block++) {
    while (starts[row + 1] <= block * 32) row++;
    rowAt[block] = row;
  }
  return { ids, text, starts, names, rowAt };
}

/**
 * The rank of each id: the sum over the terms, lower is better; 0 everywhere when there are no terms.
 * @param {Index} index
 * @param {readonly string[]} words  as terms(query) gives them
 * @returns {Found}
 */
export function search(index, words) {
  let ranks = new Uint8Array(index.ids.length);
  let count = ranks.length;
  for (const word of words) {
    const sums = new Uint8Array(ranks.length).fill(NO_MATCH);
    count = addRanks(index, word, ranks, sums);
    ranks = sums;
  }
  return { ranks, count };
}

/**
 * The parts of an id to mark: for each term the occurrence that gave its rank.
 * @param {string} id
 * @param {readonly string[]} words  as terms(query) gives them
 * @returns {[start: number, end: number][]}  sorted, merged, in UTF-16 code units
 */
export function marks(id, words) {
  const lower = id.toLowerCase();
  if (lower.length !== id.length) return [];
  const name = lower.indexOf("/") + 1;
  /** @type {[number, number][]} */
  const ranges = [];
  for (const word of words) {
    const start = markedPlace(lower, name, word);
    if (start !== -1) ranges.push([start, start + word.length]);
  }
  ranges.sort((a, b) => a[0] - b[0]);
  /** @type {[number, number][]} */
  const merged = [];
  for (const [start, end] of ranges) {
    const last = merged.at(-1);
    if (last === undefined || start > last[1]) merged.push([start, end]);
    else last[1] = Math.max(last[1], end);
  }
  return merged;
}

/**
 * Add the rank of one word to those of the ids that matched so far.
 * @param {Index} index
 * @param {string} word
 * @param {Uint8Array} before
 * @param {Uint8Array} after  filled with NO_MATCH
 * @returns {number}  how many ids still match
 */
function addRanks(index, word, before, after) {
  const { text, starts, rowAt } = index;
  let count = 0;
  let at = text.indexOf(word);
  while (at !== -1) {
    let row = rowAt[at >> 5];
    while (starts[row + 1] <= at) row++;
    if (before[row] !== NO_MATCH) {
      after[row] = Math.min(before[row] + rankIn(index, row, word, at), WORST_RANK);
      count++;
    }
    at = text.indexOf(word, starts[row + 1]);
  }
  return count;
}

/**
 * 0 the whole id or name, 1 the start of either, 2 the start of a word, 3 elsewhere.
 * @param {Index} index
 * @param {number} row
 * @param {string} word
 * @param {number} at  its first occurrence in this row
 */
function rankIn({ text, starts, names }, row, word, at) {
  const start = starts[row];
  const end = starts[row + 1] - 1;
  const startsName = text.startsWith(word, names[row]);
  if (startsName && names[row] + word.length === end) return 0;
  if (at === start && start + word.length === end) return 0;
  if (startsName || at === start) return 1;
  for (let place = at; place !== -1 && place < end; place = text.indexOf(word, place + 1)) {
    if (!isWordCharacter(text, place - 1)) return 2;
  }
  return 3;
}

/**
 * @param {string} lower
 * @param {number} name  where the name starts
 * @param {string} word
 * @returns {number}  -1 when it does not occur
 */
function markedPlace(lower, name, word) {
  if (lower === word) return 0;
  if (lower.startsWith(word, name)) return name;
  const first = lower.indexOf(word);
  if (first <= 0) return first;
  for (let place = first; place !== -1; place = lower.indexOf(word, place + 1)) {
    if (!isWordCharacter(lower, place - 1)) return place;
  }
  return first;
}

/**
 * Whether the character that ends at this place is a letter or a digit.
 * @param {string} text
 * @param {number} place
 */
function isWordCharacter(text, place) {
  const unit = text.charCodeAt(place);
  if (unit < 128) return (unit > 96 && unit < 123) || (unit > 47 && unit < 58);
  const isSecondHalf = unit >= 0xdc00 && unit < 0xe000 && place > 0;
  return WORD_CHARACTER.test(String.fromCodePoint(text.codePointAt(isSecondHalf ? place - 1 : place) ?? 0));
}
