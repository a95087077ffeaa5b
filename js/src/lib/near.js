// Suggestions when a search finds nothing: the ids that share most pairs of neighbouring characters with the query.
// Characters are looked up in a small table and pairs counted in another, so no string is made per id.

import { compareText } from "./text.js";

/** @typedef {{ row: number, score: number }} Candidate */

const LETTERS = 36;
const OTHER = 255;
// The place of a character among a-z and 0-9 once it is lower-cased.
const PLACES = Uint8Array.from({ length: 128 }, (_, code) => {
  if (code >= 97 && code <= 122) return code - 97;
  if (code >= 65 && code <= 90) return code - 65;
  return code >= 48 && code <= 57 ? code - 22 : OTHER;
});
const LEAST_COVERAGE = 0.5;

/**
 * Ids near to a query, best first; none for a query of fewer than two letters or digits.
 * @param {string} query
 * @param {readonly string[]} ids
 * @param {number} [limit]
 * @returns {string[]}
 */
export function nearNames(query, ids, limit = 5) {
  const wanted = new Uint32Array(LETTERS * LETTERS);
  const size = countPairs(query, wanted);
  if (size === 0) return [];
  const pairsTaken = new Uint16Array(size); // out of `wanted`, to be put back before the next id
  /** @type {Candidate[]} */
  const best = [];
  for (let row = 0; row < ids.length; row++) {
    const id = ids[row];
    const name = id.indexOf("/") + 1;
    let taken = 0;
    let pairs = 0;
    let first = OTHER;
    let score = 0;
    // The name before the organisation: its pairs alone are one candidate, all pairs of the id the other.
    for (let part = 0; part < 2; part++) {
      const end = part === 0 ? id.length : name;
      let left = OTHER;
      for (let at = part === 0 ? name : 0; at <= end; at++) {
        // The organisation's last character makes a pair with the name's first.
        const place = at < end ? placeOf(id, at) : part === 0 ? OTHER : first;
        if (place === OTHER) continue;
        if (part === 0 && first === OTHER) first = place;
        if (left !== OTHER) {
          const pair = left * LETTERS + place;
          pairs++;
          if (wanted[pair] > 0) {
            wanted[pair]--;
            pairsTaken[taken++] = pair;
          }
        }
        left = place;
      }
      score = Math.max(score, scoreOf(taken, size, pairs));
    }
    while (taken > 0) wanted[pairsTaken[--taken]]++;
    if (score > 0) insert(best, { row, score }, ids, limit);
  }
  return best.map(({ row }) => ids[row]);
}

/**
 * Coverage of the query plus Dice's coefficient; 0 where less than half of the query is covered.
 * @param {number} shared
 * @param {number} size   pairs of the query
 * @param {number} pairs  pairs of the other
 */
function scoreOf(shared, size, pairs) {
  const coverage = shared / size;
  return coverage < LEAST_COVERAGE ? 0 : coverage + (2 * shared) / (size + pairs);
}

/**
 * @param {string} text
 * @param {Uint32Array} counts  of each pair
 * @returns {number}  how many pairs there are
 */
function countPairs(text, counts) {
  let size = 0;
  let left = OTHER;
  for (let at = 0; at < text.length; at++) {
    const place = placeOf(text, at);
    if (place === OTHER) continue;
    if (left !== OTHER) {
      counts[left * LETTERS + place]++;
      size++;
    }
    left = place;
  }
  return size;
}

/**
 * @param {string} text
 * @param {number} at
 */
function placeOf(text, at) {
  const code = text.charCodeAt(at);
  if (code < 128) return PLACES[code];
  // The two other characters that become an English letter in lower case: the Kelvin sign and the dotted capital I.
  if (code === 0x212a) return PLACES[107];
  return code === 0x130 ? PLACES[105] : OTHER;
}

/**
 * Keep the best few, in order.
 * @param {Candidate[]} best
 * @param {Candidate} candidate
 * @param {readonly string[]} ids
 * @param {number} limit
 */
function insert(best, candidate, ids, limit) {
  if (best.length >= limit && !isBetter(candidate, best[best.length - 1], ids)) return;
  const at = best.findIndex((other) => isBetter(candidate, other, ids));
  best.splice(at === -1 ? best.length : at, 0, candidate);
  if (best.length > limit) best.pop();
}

/**
 * @param {Candidate} a
 * @param {Candidate} b
 * @param {readonly string[]} ids
 */
function isBetter(a, b, ids) {
  return a.score !== b.score ? a.score > b.score : compareText(ids[a.row], ids[b.row]) < 0;
}
