// The outermost element of a widget: drawn again when its signals change, in the host's theme, aware of its width.

import { effect, signal } from "@preact/signals-core";
import { html, nothing, render } from "lit-html";
import { pythonLines } from "./python-lines.js";

/** Below these widths (px) a widget draws its narrow form, or leaves out what matters least. */
export const NARROW = 560;
const MEDIUM = 820;

/** How often (ms) a widget is drawn anew for the clock's sake: it says how old its data is. */
const MINUTE = 60_000;

/**
 * Keep `template()` drawn in a new element inside `el` until `end`.
 * @param {HTMLElement} el
 * @param {object} options
 * @param {string} options.name  class of the widget
 * @param {string} options.home  selector of the element that takes the focus when the focused one goes away
 * @param {AbortSignal} options.end
 * @param {(narrow: boolean) => unknown} options.template
 * @param {(why: string) => unknown} options.plain   what is drawn where the template cannot be
 * @param {import("./python-lines.js").Python} [options.python]   none where nothing is asked of it
 * @param {() => void} options.resized   also called when the widget is shown again: browsers forget scroll positions
 * @returns {HTMLElement}
 */
export function mountRoot(el, { name, home, end, template, plain, python, resized }) {
  const root = document.createElement("div");
  el.classList.add("hfp-host");
  root.className = `hfp ${name}`;
  el.append(root);
  followTheme(root, end);
  keepKeys(root, end);
  const size = signal(sizeOf(root.clientWidth));
  const minutes = signal(0);
  const clock = setInterval(() => minutes.value++, MINUTE);
  const observer = new ResizeObserver(() => {
    if (root.clientWidth === 0) return; // hidden, or off the page: it comes back as it was
    size.value = sizeOf(root.clientWidth);
    resized();
  });
  observer.observe(root);
  const stop = effect(() => {
    minutes.value;
    root.dataset.size = size.value;
    const view = drawn(template, plain, size.value === "narrow");
    const lines = python ? pythonLines(python) : nothing;
    keepFocus(root, home, () => render(html`${view}${lines}`, root));
  });
  end.addEventListener("abort", () => {
    clearInterval(clock);
    observer.disconnect();
    stop();
    root.remove();
  });
  return root;
}

/**
 * JupyterLab reads keys at the document, before any listener of ours, and would take a letter or an arrow pressed here for
 * its cells ("d d" deletes one). It leaves a focused element alone that has this attribute itself; so the attribute comes
 * with each plain key and goes with each that is held with Ctrl, Alt or Cmd: saving the notebook must go on working.
 * @param {HTMLElement} root
 * @param {AbortSignal} end
 */
function keepKeys(root, end) {
  const mark = (/** @type {KeyboardEvent} */ event) => {
    const [target] = event.composedPath();
    if (!(target instanceof Element) || !root.contains(target) || target.matches("input, textarea")) return;
    if (event.ctrlKey || event.altKey || event.metaKey) target.removeAttribute("data-lm-suppress-shortcuts");
    else target.setAttribute("data-lm-suppress-shortcuts", "true");
  };
  addEventListener("keydown", mark, { capture: true, signal: end });
}

/**
 * A fault in the drawing is shown, not left as a blank.
 * @param {(narrow: boolean) => unknown} template
 * @param {(why: string) => unknown} plain
 * @param {boolean} narrow
 */
function drawn(template, plain, narrow) {
  try {
    return template(narrow);
  } catch (error) {
    console.error(error);
    return plain(`${error}. Run its cell again; the Python values are not touched.`);
  }
}

/**
 * A control that removes itself ("clear filters", a near name) must not drop the keyboard user at the top of the page.
 * @param {HTMLElement} root
 * @param {string} home
 * @param {() => void} draw
 */
function keepFocus(root, home, draw) {
  const page = /** @type {Document | ShadowRoot} */ (root.getRootNode());
  const wasInside = root.contains(page.activeElement ?? null);
  draw();
  if (!wasInside || root.contains(page.activeElement ?? null)) return;
  /** @type {HTMLElement | null} */ (root.querySelector(home))?.focus({ preventScroll: true });
}

/**
 * An element that is not on the page yet has no width; take the wide form until it has.
 * @param {number} width  px
 */
function sizeOf(width) {
  if (width === 0 || width >= MEDIUM) return "wide";
  return width < NARROW ? "narrow" : "medium";
}

/**
 * Mark the root with the host and its theme, and keep the mark right when the user changes it.
 * The mark is on our own root: the page's is the host's.
 * @param {HTMLElement} root
 * @param {AbortSignal} end
 */
function followTheme(root, end) {
  const preference = matchMedia("(prefers-color-scheme: dark)");
  const update = () => Object.assign(root.dataset, hostTheme(preference.matches));
  const observer = new MutationObserver(update);
  const attributeFilter = ["class", "theme", "data-theme", "data-jp-theme-light", "data-vscode-theme-kind"];
  for (const element of [document.documentElement, document.body])
    observer.observe(element, { attributeFilter });
  preference.addEventListener("change", update);
  end.addEventListener("abort", () => {
    observer.disconnect();
    preference.removeEventListener("change", update);
  });
  update();
}

/**
 * @param {boolean} prefersDark
 * @returns {{ theme: "light" | "dark", host: "jupyter" | "vscode" | "other" }}
 */
function hostTheme(prefersDark) {
  const { body, documentElement: page } = document;
  const jupyter = body.dataset.jpThemeLight;
  if (jupyter !== undefined) return { host: "jupyter", theme: jupyter === "false" ? "dark" : "light" };
  const vscode = body.dataset.vscodeThemeKind;
  if (vscode !== undefined)
    return { host: "vscode", theme: /dark|high-contrast$/.test(vscode) ? "dark" : "light" };
  const said =
    page.getAttribute("theme") ??
    page.dataset.theme ??
    body.dataset.theme ??
    `${page.className} ${body.className}`;
  if (/\bdark\b/.test(said)) return { host: "other", theme: "dark" };
  if (/\blight\b/.test(said)) return { host: "other", theme: "light" };
  return { host: "other", theme: prefersDark ? "dark" : "light" };
}
