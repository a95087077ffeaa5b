// The number that a typed text means. A browser's own number field drops what it does not know: of "0,10" it makes 10.

/**
 * @param {string} text  with a point or a comma before decimals, and no separators of thousands
 * @param {boolean} whole  whether only whole numbers make sense: then a separator could only be one of thousands
 * @returns {number | null}   null: nothing is typed; NaN: no number, or one that can be read in two ways ("1,000")
 */
export function typedNumber(text, whole) {
  const typed = text.trim();
  if (typed === "") return null;
  const isNumber = whole ? /^-?\d+$/ : /^-?(\d+[.,]?\d*|[.,]\d+)$/;
  const isTwofold = /^-?[1-9]\d*,\d{3}$/;
  if (!isNumber.test(typed) || isTwofold.test(typed)) return Number.NaN;
  return Number(typed.replace(",", "."));
}
