// What every widget needs of its host: a lifetime for each view, and traits as signals.

import { effect, signal } from "@preact/signals-core";

/** @template T @typedef {import("@preact/signals-core").Signal<T>} Signal */

/**
 * The part of a host's model that is used here.
 * @typedef {object} Model
 * @property {(name: string) => any} get
 * @property {(name: string, value: unknown) => void} set
 * @property {(event: string, callback: () => void) => void} on
 * @property {(event: string, callback: () => void) => void} off
 * @property {() => void} save_changes
 */

/** @typedef {{ model: Model, el: HTMLElement, signal?: AbortSignal }} View */

/** How long typing rests before the kernel hears of it; every other change goes at once. */
const TYPING_MS = 200;

/**
 * An anywidget front-end module. Older hosts give no `signal`; they call the function that `render` returns.
 * @param {(model: Model, el: HTMLElement, end: AbortSignal) => void} mount
 */
export function widget(mount) {
  return {
    /** @param {View} view */
    render({ model, el, signal: hostEnd }) {
      const view = new AbortController();
      const end = () => view.abort();
      if (hostEnd?.aborted) return end;
      hostEnd?.addEventListener("abort", end, { once: true });
      mount(model, el, view.signal);
      return end;
    },
  };
}

/**
 * A trait that only Python sets, as a signal.
 * @param {Model} model
 * @param {string} name
 * @param {AbortSignal} end
 * @returns {Signal<any>}
 */
export function received(model, name, end) {
  const mirror = signal(model.get(name));
  listen(model, name, () => (mirror.value = model.get(name)), end);
  return mirror;
}

/**
 * Traits that both sides set, as signals: writing one tells the kernel and every other view of the model.
 * @template {string} Name
 * @param {Model} model
 * @param {readonly Name[]} names
 * @param {AbortSignal} end
 * @param {ReadonlySet<string>} [typed]  names whose changes come from typing and wait until it rests
 * @returns {Record<Name, Signal<any>>}
 */
export function shared(model, names, end, typed = new Set()) {
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;
  const save = () => {
    clearTimeout(timer);
    timer = undefined;
    model.save_changes();
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(save, TYPING_MS);
  };
  const traits = /** @type {Record<Name, Signal<any>>} */ ({});
  for (const name of names) {
    const mirror = signal(model.get(name));
    traits[name] = mirror;
    const follow = () => {
      if (same(model.get(name), mirror.peek())) return;
      // While typing waits to be saved, what arrives is older: the kernel's echo of the first letters.
      if (timer !== undefined && typed.has(name)) model.set(name, mirror.peek());
      else mirror.value = model.get(name);
    };
    listen(model, name, follow, end);
    const stop = effect(() => {
      if (same(mirror.value, model.get(name))) return; // an echo of what the kernel or another view said
      model.set(name, mirror.value);
      (typed.has(name) ? later : save)();
    });
    end.addEventListener("abort", stop);
  }
  end.addEventListener("abort", () => timer && save());
  return traits;
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
