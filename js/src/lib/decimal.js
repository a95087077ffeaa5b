// Arithmetic with the decimals one sees (the shortest that stands for a number), so that what just fits does fit.
// Python has it built in.

/** A number that is units / 10^places. @typedef {{ units: bigint, places: number }} Decimal */

/** @param {number} value  finite, not negative @returns {Decimal} */
export function decimal(value) {
  const [mantissa, power] = value.toExponential().split("e");
  const digits = mantissa.replace(".", "");
  const places = digits.length - 1 - Number(power);
  return places < 0
    ? { units: BigInt(digits) * 10n ** BigInt(-places), places: 0 }
    : { units: BigInt(digits), places };
}

/** @param {Decimal} a @param {Decimal} b @returns {Decimal} */
export function plus(a, b) {
  const [x, y, places] = aligned(a, b);
  return { units: x + y, places };
}

/** @param {Decimal} a @param {Decimal} b @returns {Decimal} */
export function minus(a, b) {
  const [x, y, places] = aligned(a, b);
  return { units: x - y, places };
}

/** @param {Decimal} a @param {Decimal} b @returns {Decimal} */
export function times(a, b) {
  return { units: a.units * b.units, places: a.places + b.places };
}

/** How often b goes into a. @param {Decimal} a  not negative @param {Decimal} b  positive */
export function wholeTimes(a, b) {
  const [x, y] = aligned(a, b);
  return x / y;
}

/** The nearest float. @param {Decimal} a */
export function toNumber({ units, places }) {
  return Number(`${units}e${-places}`);
}

/** @param {Decimal} a @param {Decimal} b @returns {[bigint, bigint, number]} */
function aligned(a, b) {
  const places = Math.max(a.places, b.places);
  return [scaled(a, places), scaled(b, places), places];
}

/** @param {Decimal} a @param {number} places */
const scaled = (a, places) => a.units * 10n ** BigInt(places - a.places);
