// The host of a widget in a page of its own, made by `to_html()`: no notebook, no Python, no network. It gives the
// widget's module, the very same that anywidget loads, what it needs of a model, and puts the widget where the plain
// table was. When that goes wrong, the plain table stays.

/**
 * What the page carries.
 * @typedef {object} Content
 * @property {string} esm                      the widget's module, as text
 * @property {Record<string, unknown>} traits  JSON values
 * @property {Record<string, string>} bytes    traits that are bytes, base64
 */

const MOUNT = "hfp-live";
const TWIN = "hfp-static";

start().catch((error) => {
  console.error(error);
  say(`The table below is as it was saved. It cannot be searched or sorted here. ${error}`);
});

async function start() {
  const content = /** @type {Content} */ (JSON.parse(element("hfp-content").textContent ?? ""));
  const address = URL.createObjectURL(new Blob([content.esm], { type: "text/javascript" }));
  const { default: widget } = await import(address);
  URL.revokeObjectURL(address);
  const el = element(MOUNT);
  await widget.render({ model: model(content), el });
  if (!el.hasChildNodes()) throw new Error("The widget drew nothing.");
  // What the widget could not draw it says itself, in an alert; then the rows below are all there is.
  element(TWIN).hidden = el.querySelector("[role=alert]") === null;
}

/**
 * A model that nobody else shares: what is set is kept, and whoever listens is told.
 * @param {Content} content
 * @returns {import("../widgets/afm.js").Model}
 */
function model({ traits, bytes }) {
  const values = new Map(Object.entries(traits));
  for (const [name, text] of Object.entries(bytes)) values.set(name, view(text));
  /** @type {Map<string, Set<() => void>>} */
  const listeners = new Map();
  return {
    get: (name) => values.get(name),
    set(name, value) {
      if (values.get(name) === value) return;
      values.set(name, value);
      for (const listener of listeners.get(`change:${name}`) ?? []) listener();
    },
    on(event, listener) {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(listener));
    },
    off(event, listener) {
      listeners.get(event)?.delete(listener);
    },
    save_changes() {},
  };
}

/** @param {string} base64 */
function view(base64) {
  return new DataView(Uint8Array.from(atob(base64), (character) => character.charCodeAt(0)).buffer);
}

/** @param {string} words */
function say(words) {
  const line = document.createElement("p");
  line.setAttribute("role", "alert");
  line.textContent = words;
  element(MOUNT).replaceChildren(line);
  element(TWIN).hidden = false;
}

/** @param {string} id */
function element(id) {
  return /** @type {HTMLElement} */ (document.getElementById(id));
}
