// How values become text, and which number a text shows: two prices that look equal are a tie, so sorting and
// "best" marks use displayKey. Rounding is half up on the shortest decimal (what String(value) shows), never on
// the binary value: 2.675 is 2.68. Float noise goes first: 1.0399999999999998 is 1.04.

import { textOf } from "./text.js";

/** @typedef {import("./columns.js").Kind} Kind */
/** @typedef {import("./frame.js").Value} Value */

/** What stands for "not published". */
export const DASH = "—";

const POWERS = Float64Array.from({ length: 23 }, (_, n) => Number(`1e${n}`));
const CLEAN_DIGITS = 12;
// Cleaning moves a number by at most half a unit of its twelfth digit, 5e-12 of it; nearer to a tie than that (and a
// little more for the arithmetic itself) the decimal digits must decide.
const DOUBT = 6e-12;

/**
 * @param {Kind} kind
 * @param {Value} value
 * @returns {string}
 */
export function format(kind, value) {
  if (value === null || value === undefined) return DASH;
  if (kind === "bool") return value ? "yes" : "no";
  if (typeof value !== "number") {
    const text = textOf(value);
    if (text === null || /^[ \t\r\n]*$/.test(text)) return DASH;
    return kind === "time" ? text.slice(0, 10) : text;
  }
  const key = displayKey(kind, value);
  if (key === null) return DASH;
  const text = layOut(kind, Math.abs(key), Math.abs(value));
  return key < 0 ? `-${text}` : text;
}

/**
 * The number that format shows, 1 or 0 for a bool; null for what is unknown or no number.
 * @param {Kind} kind
 * @param {Value} value
 * @returns {number | null}
 */
export function displayKey(kind, value) {
  if (typeof value === "boolean") return value ? 1 : 0;
  if (typeof value !== "number" || !Number.isFinite(value)) return null;
  if (value === 0) return 0;
  const key = value < 0 ? -roundFor(kind, -value) : roundFor(kind, value);
  return Number.isFinite(key) ? key : null; // the greatest numbers round up to infinity
}

/**
 * Whether a price is so far from any usual one that its unit is in doubt.
 * @param {number | null} price  USD per 1M tokens
 * @returns {boolean}
 */
export function isSuspectPrice(price) {
  return price !== null && price > 0 && (price < 0.0001 || price > 1000);
}

/**
 * A positive number without float noise: its shortest decimal, rounded half up to 12 significant digits.
 * @param {number} value
 * @returns {number}
 */
export function cleanNumber(value) {
  const places = CLEAN_DIGITS - 1 - Math.floor(Math.log10(value));
  if (places >= 0 && places < POWERS.length) {
    const scaled = value * POWERS[places];
    const whole = Math.floor(scaled);
    const over = scaled - whole - 0.5;
    if (Math.abs(over) > 0.01) return (over < 0 ? whole : whole + 1) / POWERS[places];
  }
  const { units, exponent } = decimal(value);
  return Number(`${units}e${exponent}`);
}

/**
 * @param {Kind} kind
 * @param {number} value  positive
 * @returns {number}
 */
function roundFor(kind, value) {
  switch (kind) {
    case "price":
      return value < 0.1 ? roundToThree(value) : cleanNumber(value);
    case "blended":
      return value < 0.1 ? roundToThree(value) : roundTo(value, 2);
    case "milliseconds":
      return roundTo(value, 0);
    case "speed":
      return roundTo(value, value < 10 ? 1 : 0);
    case "tokens":
    case "count":
      return roundToThree(value);
    default:
      return value;
  }
}

/** @param {number} value */
function roundToThree(value) {
  return roundTo(value, 2 - Math.floor(Math.log10(value)));
}

/**
 * A positive number rounded half up to so many decimal places; negative places round to tens, hundreds, ...
 * @param {number} value
 * @param {number} places
 * @returns {number}
 */
function roundTo(value, places) {
  if (places > -POWERS.length && places < POWERS.length) {
    const scaled = places < 0 ? value / POWERS[-places] : value * POWERS[places];
    const whole = Math.floor(scaled);
    const over = scaled - whole - 0.5;
    if (Math.abs(over) > scaled * DOUBT) {
      const rounded = over < 0 ? whole : whole + 1;
      return places < 0 ? rounded * POWERS[-places] : rounded / POWERS[places];
    }
  }
  return roundDecimal(value, places);
}

/**
 * The same as roundTo, by decimal digits: slower, and right at every tie.
 * @param {number} value
 * @param {number} places
 * @returns {number}
 */
function roundDecimal(value, places) {
  const { units, exponent } = decimal(value);
  const drop = -(exponent + places);
  if (drop <= 0) return Number(`${units}e${exponent}`);
  if (drop > CLEAN_DIGITS + 1) return 0;
  const kept = Math.floor(units / POWERS[drop]);
  const isUp = (units % POWERS[drop]) * 2 >= POWERS[drop];
  return Number(`${isUp ? kept + 1 : kept}e${-places}`);
}

/**
 * A positive number as an integer of at most 12 digits and a power of ten, rounded half up from its shortest decimal.
 * @param {number} value
 */
function decimal(value) {
  const [mantissa, power] = value.toExponential().split("e");
  const digits = mantissa.replace(".", "");
  const kept = digits.slice(0, CLEAN_DIGITS);
  const units = Number(kept) + (digits.charAt(CLEAN_DIGITS) >= "5" ? 1 : 0);
  return { units, exponent: Number(power) - kept.length + 1 };
}

/**
 * @param {Kind} kind
 * @param {number} key    the number to show, not negative
 * @param {number} value  the number it was rounded from
 */
function layOut(kind, key, value) {
  switch (kind) {
    case "price":
    case "blended":
      // Three significant digits below 0.10, also where rounding has just reached it: 0.0999996 is 0.100.
      return plain(key, value > 0 && cleanNumber(value) < 0.1 ? 2 - powerOf(key) : 2);
    case "speed":
      return plain(key, key < 10 ? 1 : 0);
    case "tokens":
    case "count":
      return shortCount(key);
    default:
      return plain(key, 0);
  }
}

/** @param {number} key */
function shortCount(key) {
  if (key >= 1e12) return `${plain(key / 1e12, 0)}T`;
  if (key >= 1e9) return `${plain(key / 1e9, 0)}B`;
  if (key >= 1e6) return `${plain(key / 1e6, 0)}M`;
  return key >= 1e3 ? `${plain(key / 1e3, 0)}k` : plain(key, 0);
}

/** @param {number} key */
function powerOf(key) {
  return Number(key.toExponential().split("e")[1]);
}

/**
 * All digits of a finite number's shortest decimal, with "," between thousands.
 * @param {number} value
 * @param {number} [places]  decimal places at least
 */
export function exactNumber(value, places = 0) {
  const text = plain(Math.abs(value), places);
  return value < 0 ? `-${text}` : text;
}

/**
 * A whole number with "," between thousands. (The browser's own formatter takes 20 ms to wake up.)
 * @param {number | string} count
 */
export function integer(count) {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ",");
}

/**
 * All digits of a number, never an exponent, with "," between thousands.
 * @param {number} key
 * @param {number} least  decimal places at least
 */
function plain(key, least) {
  const [mantissa, power] = key.toExponential().split("e");
  const digits = mantissa.replace(".", "");
  const point = Number(power) + 1;
  const whole = point <= 0 ? "0" : digits.slice(0, point).padEnd(point, "0");
  const part = (point <= 0 ? "0".repeat(-point) + digits : digits.slice(point)).padEnd(least, "0");
  const grouped = integer(whole);
  return part === "" ? grouped : `${grouped}.${part}`;
}

/**
 * A number of things in words.
 * @param {number} n
 * @param {string} word
 */
export function plural(n, word) {
  return `${integer(n)} ${word}${n === 1 ? "" : "s"}`;
}
