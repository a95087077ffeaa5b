// The menu that copies the rows of a widget, or the id of the chosen route.

import { copyAndSay } from "./copied.js";
import { menu } from "./popup.js";

/** @template T @typedef {import("@preact/signals-core").ReadonlySignal<T>} Read */

/**
 * @param {object} state
 * @param {import("@preact/signals-core").Signal<string>} state.opened
 * @param {import("@preact/signals-core").Signal<import("./copied.js").Copied>} state.copied
 * @param {Read<string | null>} state.chosen
 * @param {() => string} markdown  the rows as they are shown
 * @param {() => string} csv       the rows with their exact values
 */
export function copyMenu({ opened, copied, chosen }, markdown, csv) {
  const id = chosen.value;
  const items = () => [
    { key: "Markdown", label: "as Markdown", hint: "as shown" },
    { key: "CSV", label: "as CSV", hint: "exact values" },
    { key: "id", label: "model:provider", hint: id ?? "choose a row first", disabled: id === null },
  ];
  const pick = (/** @type {string} */ key) =>
    key === "id"
      ? copyAndSay(copied, id ?? "", id ?? "")
      : copyAndSay(copied, key === "CSV" ? csv() : markdown(), key);
  return menu({ id: "copy", label: "Copy", opened, kind: "action", items, pick });
}
