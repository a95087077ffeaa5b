// The text of a value, and the one order in which all text is sorted.

/**
 * Text order: lower-cased by UTF-16 code units, then raw.
 * @param {string} a
 * @param {string} b
 * @returns {number}
 */
export function compareText(a, b) {
  const lowA = a.toLowerCase();
  const lowB = b.toLowerCase();
  if (lowA !== lowB) return lowA < lowB ? -1 : 1;
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

/**
 * The text a value is ordered and filtered by; null for an unknown one. A list without entries says nothing.
 * @param {import("./frame.js").Value} value
 * @returns {string | null}
 */
export function textOf(value) {
  if (value === null || typeof value === "string") return value;
  if (typeof value !== "object") return String(value);
  return value.length === 0 ? null : joinList(value);
}

/**
 * A list as one text: "text" first, the others in text order, joined by "+".
 * @param {readonly string[]} parts
 */
function joinList(parts) {
  const others = parts.filter((part) => part !== "text").sort(compareText);
  return [...parts.filter((part) => part === "text"), ...others].join("+");
}
