// What every widget needs of its host: a lifetime for each view, traits as signals, and a word when that goes wrong.

import { effect, signal } from "@preact/signals-core";
import { mountPlain } from "../ui/plain.js";
import { hearing } from "./hearing.js";

/** @template T @typedef {import("@preact/signals-core").Signal<T>} Signal */

/**
 * The part of a host's model that is used here. A page without Python has no `send`.
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(name: string, value: unknown) => void} set
 * @property {(event: string, callback: (message?: any) => void) => void} on
 * @property {(event: string, callback: (message?: any) => void) => void} off
 * @property {() => void} save_changes
 * @property {(message: object) => unknown} [send]
 */

/** @typedef {{ model: Model, el: HTMLElement, signal?: AbortSignal }} View */

/** Every widget has these: one counts the wishes for newer data, the others come from Python alone. */
const SHARED = /** @type {const} */ (["_refresh"]);
const RECEIVED = /** @type {const} */ (["_catalog", "_freshness", "_fault"]);

/** A choice may be None; every other trait that is undefined is one that Python does not have. */
const MAY_BE_NONE = new Set(["value", "model", "policy", "credit"]);

/** How long typing rests before the kernel hears of it; every other change goes at once. */
const TYPING_MS = 200;

/**
 * An anywidget front-end module. Older hosts give no `signal`; they call the function that `render` returns.
 * @template {string} Name
 * @param {object} front
 * @param {import("../ui/plain.js").Kind} front.kind
 * @param {readonly Name[]} front.shared     traits that both sides set
 * @param {readonly Name[]} [front.received]   traits that only Python sets
 * @param {ReadonlySet<string>} [front.typed]   shared ones whose changes come from typing
 * @param {(el: HTMLElement, traits: Record<Name | typeof SHARED[number] | typeof RECEIVED[number] | "_silent", Signal<any>>, end: AbortSignal, model: Model) => void} front.mount   the model is for what is no trait
 */
export function widget({ kind, shared: both, received: fromPython = [], typed = new Set(), mount }) {
  const sharedNames = [...both, ...SHARED];
  const receivedNames = [...fromPython, ...RECEIVED];

  /** @type {(model: Model, el: HTMLElement, end: AbortSignal) => void} */
  const open = (model, el, end) => {
    const needed = [...sharedNames, ...receivedNames].filter((name) => !MAY_BE_NONE.has(name));
    const missing = needed.filter((name) => model.get(name) === undefined);
    if (missing.length) {
      const why = `It comes from another version of hfprov_widgets, without ${missing.join(", ")}. Run its cell again.`;
      return mountPlain(el, { kind, why, bytes: model.get("_catalog"), asked: model.get("model") }, end);
    }
    const python = hearing(model, end);
    const fromKernel = received(model, receivedNames, end);
    fromKernel._fault.value = ""; // one that was there before is of an earlier change: of a saved copy, days ago
    const traits = {
      ...fromKernel,
      ...shared(model, sharedNames, end, { typed, saved: python.ask }),
      _silent: python.silent,
    };
    mount(el, /** @type {any} */ (traits), end, model);
  };

  return {
    /** @param {View} view */
    render({ model, el, signal: hostEnd }) {
      const view = new AbortController();
      const end = () => view.abort();
      if (hostEnd?.aborted) return end;
      hostEnd?.addEventListener("abort", end, { once: true });
      try {
        open(model, el, view.signal);
      } catch (error) {
        console.error(error);
        if (!el.hasChildNodes()) el.append(lastWords(kind, error)); // else what is drawn says it, and more
      }
      return end;
    },
  };
}

/**
 * When nothing else could be drawn.
 * @param {string} kind
 * @param {unknown} error
 */
function lastWords(kind, error) {
  const line = document.createElement("p");
  line.setAttribute("role", "alert");
  line.textContent = `This ${kind} cannot be drawn: ${error}. Run its cell again; the Python values are not touched.`;
  return line;
}

/**
 * Traits that only Python sets, as signals.
 * @template {string} Name
 * @param {Model} model
 * @param {readonly Name[]} names
 * @param {AbortSignal} end
 * @returns {Record<Name, Signal<any>>}
 */
export function received(model, names, end) {
  const traits = /** @type {Record<Name, Signal<any>>} */ ({});
  for (const name of names) {
    const mirror = signal(read(model, name));
    traits[name] = mirror;
    listen(model, name, () => (mirror.value = read(model, name)), end);
  }
  return traits;
}

/**
 * Traits that both sides set, as signals: writing one tells the kernel and every other view of the model.
 * @template {string} Name
 * @param {Model} model
 * @param {readonly Name[]} names
 * @param {AbortSignal} end
 * @param {object} [how]
 * @param {ReadonlySet<string>} [how.typed]  names whose changes come from typing and wait until it rests
 * @param {() => void} [how.saved]           called when something was sent to the kernel
 * @returns {Record<Name, Signal<any>>}
 */
export function shared(model, names, end, { typed = new Set(), saved = () => {} } = {}) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const save = () => {
    clearTimeout(timer);
    timer = undefined;
    try {
      model.save_changes();
    } catch (error) {
      console.warn(error); // the channel is closed; the page goes on, and what follows says that nobody hears it
    }
    saved();
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(save, TYPING_MS);
  };
  const traits = /** @type {Record<Name, Signal<any>>} */ ({});
  for (const name of names) {
    const mirror = signal(read(model, name));
    traits[name] = mirror;
    const follow = () => {
      if (same(read(model, name), mirror.peek())) return;
      // While typing waits to be saved, what arrives is older: the kernel's echo of the first letters.
      if (timer !== undefined && typed.has(name)) model.set(name, mirror.peek());
      else mirror.value = read(model, name);
    };
    listen(model, name, follow, end);
    const stop = effect(() => {
      if (same(mirror.value, read(model, name))) return; // an echo of what the kernel or another view said
      model.set(name, mirror.value);
      (typed.has(name) ? later : save)();
    });
    end.addEventListener("abort", stop);
  }
  end.addEventListener("abort", () => timer && save());
  return traits;
}

/**
 * A trait's value. Python's None arrives as undefined where Python runs in the browser, elsewhere as null.
 * @param {Model} model
 * @param {string} name
 */
function read(model, name) {
  return model.get(name) ?? null;
}

/**
 * @param {Model} model
 * @param {string} name
 * @param {() => void} callback
 * @param {AbortSignal} end
 */
function listen(model, name, callback, end) {
  model.on(`change:${name}`, callback);
  end.addEventListener("abort", () => model.off(`change:${name}`, callback));
}

/**
 * Traits are plain JSON values.
 * @param {unknown} a
 * @param {unknown} b
 */
function same(a, b) {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}
