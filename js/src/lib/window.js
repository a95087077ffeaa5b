// Which rows of a long list to draw: those in view and a few around them.

/** Rows drawn beyond each edge, so that a small scroll shows no gap before the next frame. */
const AROUND = 6;

/**
 * @param {number} scroll    px scrolled
 * @param {number} viewport  px visible
 * @param {number} height    px per row
 * @param {number} length    rows in all
 * @returns {{ start: number, end: number }}  rows start … end - 1
 */
export function visible(scroll, viewport, height, length) {
  const first = Math.floor(scroll / height) - AROUND;
  const last = Math.ceil((scroll + viewport) / height) + AROUND;
  const end = Math.min(length, Math.max(0, last));
  return { start: Math.min(Math.max(0, first), end), end };
}

/**
 * The scroll position that brings a row into view, as near to the present one as possible.
 * @param {number} row
 * @param {number} scroll
 * @param {number} viewport
 * @param {number} height
 */
export function scrollTo(row, scroll, viewport, height) {
  const top = row * height;
  if (top < scroll) return top;
  return Math.max(scroll, top + height - viewport);
}
