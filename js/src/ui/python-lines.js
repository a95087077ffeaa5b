// What there is to say of the Python side of a widget: that it does not answer, or that code which watches it has failed.

import { html, nothing } from "lit-html";

/** @template T @typedef {import("@preact/signals-core").Signal<T>} Signal */
/** @typedef {{ _silent: Signal<boolean>, _fault: Signal<string> }} Python */

const SILENT =
  "Python is not answering: run the cell if this is a saved copy, or wait if another cell is still running. Search, sort, filters and choice work on this page.";

/**
 * The element of a status has to be there before its words come, or a reader does not hear them.
 * @param {Python} python
 */
export function pythonLines({ _silent, _fault }) {
  const silent = _silent.value;
  return html`<div class=${silent ? "hfp-foot hfp-silent" : "hfp-silent"} role="status">${silent ? SILENT : nothing}</div>
    ${_fault.value ? html`<div class="hfp-foot hfp-fault" role="alert">${_fault.value}</div>` : nothing}`;
}
