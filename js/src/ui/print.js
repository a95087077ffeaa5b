// Paper has no scroll bars: while the page is printed, a list is drawn as a whole, up to a limit that is said.

import { html, nothing } from "lit-html";
import { integer, plural } from "../lib/format.js";

/** Rows on paper. */
const MOST = 500;

/** Which rows of a list go on paper. @param {number} length */
export const printed = (length) => ({ start: 0, end: Math.min(MOST, length) });

/** What is said below a list that is cut. @param {number} length  rows in all */
export function notPrinted(length) {
  if (length <= MOST) return nothing;
  const more = length - MOST;
  const words = more === 1 ? "row is" : "rows are";
  return html`<div class="hfp-unprinted">${integer(more)} more ${words} not printed; this is ${integer(MOST)} of ${plural(length, "row")}.</div>`;
}

/**
 * @param {import("@preact/signals-core").Signal<boolean>} printing
 * @param {AbortSignal} end
 * @param {() => void} after   once the screen is back: browsers forget scroll positions
 */
export function followPrint(printing, end, after) {
  addEventListener("beforeprint", () => (printing.value = true), { signal: end });
  addEventListener(
    "afterprint",
    () => {
      printing.value = false;
      after();
    },
    { signal: end },
  );
}
