// Where the user has scrolled a list to. Browsers forget it when the list is hidden, printed or taken off the page (a
// notebook does that with cells out of view); so it is kept here and given back.

/**
 * @typedef {object} Place
 * @property {number} place   px scrolled, exactly
 * @property {import("@preact/signals-core").Signal<number>} scroll   cut to whole rows: rows are drawn anew once per row
 * @property {import("@preact/signals-core").Signal<boolean>} printing
 */

/** After a scroll. @param {Element} scroller @param {Place} state @param {number} height  of a row */
export function readPlace(scroller, state, height) {
  if (scroller.clientHeight === 0 || state.printing.peek()) return; // what it says now is not the user's doing
  state.place = scroller.scrollTop;
  state.scroll.value = Math.floor(state.place / height) * height;
}

/** After it was hidden, printed or resized. @param {Element | null} scroller @param {Place} state @param {number} height  of a row */
export function restorePlace(scroller, state, height) {
  if (!scroller) return;
  scroller.scrollTop = state.place;
  readPlace(scroller, state, height);
}
