// A host's model for tests: `set` tells all listeners, as a host does; `arrive` is what the kernel sends.

/** @typedef {(message?: any) => void} Listener */

/** @param {Record<string, unknown>} state */
export function fakeModel(state) {
  /** @type {Map<string, Set<Listener>>} */
  const listeners = new Map();
  const tell = (/** @type {string} */ event, /** @type {unknown} */ message) => {
    for (const callback of [...(listeners.get(event) ?? [])]) callback(message);
  };
  const set = (/** @type {string} */ name, /** @type {unknown} */ value) => {
    if (state[name] === value) return;
    state[name] = value;
    tell(`change:${name}`, undefined);
  };
  return {
    saves: 0,
    get: (/** @type {string} */ name) => state[name],
    set,
    arrive: set,
    tell,
    on: (/** @type {string} */ event, /** @type {Listener} */ callback) => {
      listeners.set(event, (listeners.get(event) ?? new Set()).add(callback));
    },
    off: (/** @type {string} */ event, /** @type {Listener} */ callback) => {
      listeners.get(event)?.delete(callback);
    },
    save_changes() {
      this.saves++;
    },
    count: () => [...listeners.values()].reduce((sum, set) => sum + set.size, 0),
  };
}

/** A model whose Python side can be asked: `asked` are the numbers, `answer` answers one. @param {Record<string, unknown>} [state] */
export function answeringModel(state = {}) {
  const model = fakeModel(state);
  /** @type {number[]} */
  const asked = [];
  const send = (/** @type {any} */ message) => {
    if (message.kind === "ask") asked.push(message.number);
  };
  const answer = (/** @type {number} */ number) => model.tell("msg:custom", { kind: "answer", number });
  return { ...model, asked, send, answer };
}
