// A button that opens a small panel above everything else, and the two panels made of it: a menu and a form.

import { html, nothing } from "lit-html";
import { Directive, directive } from "lit-html/directive.js";

/** @template T @typedef {import("@preact/signals-core").Signal<T>} Signal */

/**
 * @typedef {object} MenuItem
 * @property {string} key
 * @property {string} label
 * @property {string} [hint]      muted, after the label
 * @property {boolean} [checked]  left out: a plain action
 * @property {boolean} [disabled]
 */

/**
 * @param {object} options
 * @param {string} options.id                    names this popup in `opened`
 * @param {unknown} options.label
 * @param {string} [options.title]
 * @param {Signal<string>} options.opened        the id of the open popup, or ""
 * @param {"radio" | "checkbox" | "action"} options.kind
 * @param {() => readonly MenuItem[]} options.items   asked for only while the menu is open
 * @param {(key: string) => void} options.pick
 */
export function menu({ id, label, title, opened, kind, items, pick }) {
  const role = kind === "action" ? "menuitem" : `menuitem${kind}`;
  /** @param {MenuItem} item @param {Event} event */
  const choose = (item, event) => {
    if (item.disabled) return;
    const line = /** @type {Element} */ (event.currentTarget);
    if (kind !== "checkbox") {
      line.closest(".hfp-popup")?.querySelector("button")?.focus(); // first: closing removes the focused element
      opened.value = "";
    }
    pick(item.key);
  };
  /** @param {MenuItem} item */
  const line = (item) => html`<div class="hfp-item" role=${role} tabindex="-1" data-key=${item.key}
    aria-checked=${item.checked === undefined ? nothing : String(item.checked)}
    aria-disabled=${item.disabled ? "true" : nothing}
    @click=${(/** @type {Event} */ event) => choose(item, event)} @keydown=${pressed((event) => choose(item, event))}
    ><span class="hfp-check" aria-hidden="true">${item.checked ? "✓" : ""}</span><span class="hfp-label">${item.label}</span
    >${item.hint ? html`<span class="hfp-hint">${item.hint}</span>` : nothing}</div>`;
  const panel = () => html`<div role="menu" aria-label=${title ?? String(label)}>${items().map(line)}</div>`;
  return popup({ id, label, title, opened, has: "menu", panel });
}

/**
 * @param {object} options
 * @param {string} options.id
 * @param {unknown} options.label
 * @param {string | undefined} [options.title]
 * @param {Signal<string>} options.opened
 * @param {"menu" | "dialog"} [options.has]
 * @param {() => unknown} options.panel
 */
export function popup({ id, label, title, opened, has = "dialog", panel }) {
  const open = opened.value === id;
  const toggle = () => (opened.value = open ? "" : id);
  return html`<span class="hfp-popup" @focusout=${leave(opened)} @keydown=${keys(opened)}>
    <button type="button" class="hfp-button" data-popup=${id} title=${title ?? nothing} aria-haspopup=${has} aria-expanded=${String(open)}
      @mousedown=${open ? hold : nothing} @click=${toggle}>${label}<span class="hfp-caret" aria-hidden="true">▾</span></button>
    ${open ? html`<div class="hfp-panel" popover="manual" ${shown()}>${panel()}</div>` : nothing}
  </span>`;
}

/** Pressing the button of an open popup must not first close it by taking the focus. @param {Event} event */
const hold = (event) => event.preventDefault();

/** @param {(event: KeyboardEvent) => void} act @returns {(event: KeyboardEvent) => void} */
const pressed = (act) => (event) => {
  if (event.key !== "Enter" && event.key !== " ") return;
  event.preventDefault();
  act(event);
};

/** Calls `show` once, when the panel is drawn first. */
class Shown extends Directive {
  isShown = false;

  render() {}

  /** @override @param {import("lit-html").ElementPart} part */
  update({ element }) {
    if (!this.isShown) show(/** @type {HTMLElement} */ (element));
    this.isShown = true;
  }
}
const shown = directive(Shown);

/**
 * Put the panel in the browser's top layer, so that no output area clips it, and give it the focus.
 * @param {HTMLElement} element
 */
function show(element) {
  queueMicrotask(() => {
    if (!element.isConnected) return;
    element.showPopover?.();
    place(element);
    const items = focusable(element);
    (items.find((item) => item.ariaChecked === "true") ?? items[0])?.focus({ preventScroll: true });
    follow(element, 0, 0);
  });
}

/**
 * The page may scroll under an open panel; it stays with its button, and this ends with it.
 * @param {HTMLElement} panel
 * @param {number} left  where the button was
 * @param {number} top
 */
function follow(panel, left, top) {
  if (!panel.isConnected) return;
  const button = /** @type {HTMLElement} */ (panel.previousElementSibling).getBoundingClientRect();
  if (button.left !== left || button.top !== top) place(panel);
  requestAnimationFrame(() => follow(panel, button.left, button.top));
}

/**
 * Under its button, or above where there is more room, and inside the window.
 * @param {HTMLElement} panel
 */
function place(panel) {
  const button = /** @type {HTMLElement} */ (panel.previousElementSibling).getBoundingClientRect();
  panel.style.maxHeight = "";
  const below = innerHeight - button.bottom - 8;
  const above = button.top - 8;
  const under = below >= panel.offsetHeight || below >= above;
  panel.style.maxHeight = `${Math.max(60, under ? below : above)}px`;
  panel.style.top = `${under ? button.bottom + 3 : button.top - 3 - panel.offsetHeight}px`;
  panel.style.left = `${Math.max(8, Math.min(button.left, innerWidth - panel.offsetWidth - 8))}px`;
}

/** @param {Element} panel @returns {HTMLElement[]} */
const focusable = (panel) => [
  .../** @type {NodeListOf<HTMLElement>} */ (
    panel.querySelectorAll("[role^=menuitem], input, textarea, button")
  ),
];

/** Leaving the popup closes it. @param {Signal<string>} opened @returns {(event: FocusEvent) => void} */
const leave = (opened) => (event) => {
  const inside = /** @type {HTMLElement} */ (event.currentTarget);
  if (!(event.relatedTarget instanceof Node && inside.contains(event.relatedTarget))) opened.value = "";
};

/** @param {Signal<string>} opened @returns {(event: KeyboardEvent) => void} */
const keys = (opened) => (event) => {
  const wrapper = /** @type {HTMLElement} */ (event.currentTarget);
  const panel = wrapper.querySelector(".hfp-panel");
  if (!panel) return;
  if (event.key === "Escape") {
    event.preventDefault();
    event.stopPropagation();
    wrapper.querySelector("button")?.focus(); // first: closing removes the focused element
    opened.value = "";
    return;
  }
  if (!panel.querySelector("[role=menu]")) return;
  const items = focusable(panel);
  const at = items.indexOf(/** @type {HTMLElement} */ (event.target));
  const to =
    { ArrowDown: at + 1, ArrowUp: at < 0 ? -1 : at - 1, Home: 0, End: -1 }[event.key] ??
    nextWith(event, items, at);
  if (to === undefined) return;
  event.preventDefault();
  event.stopPropagation();
  items.at(to % items.length)?.focus();
};

/**
 * A letter goes to the next item that begins with it. A blank is a press.
 * @param {KeyboardEvent} event
 * @param {readonly HTMLElement[]} items
 * @param {number} at
 */
function nextWith({ key, ctrlKey, metaKey, altKey }, items, at) {
  if (key.length !== 1 || key === " " || ctrlKey || metaKey || altKey) return undefined;
  const letter = key.toLowerCase();
  const begins = (/** @type {HTMLElement} */ item) =>
    item.querySelector(".hfp-label")?.textContent?.toLowerCase().startsWith(letter);
  const to = [...items.slice(at + 1), ...items.slice(0, at + 1)].findIndex(begins);
  return to < 0 ? undefined : at + 1 + to;
}
