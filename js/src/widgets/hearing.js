// Whether Python still hears this page. A widget drawn from a saved notebook, or left over from a kernel that was
// restarted, looks alive and reaches nobody; the host says nothing of it. So the page asks, and Python answers.

import { signal } from "@preact/signals-core";

/** How long a question may go without an answer. A busy kernel needs it; an absent one never answers. */
const PATIENCE_MS = 3000;

/**
 * @param {import("./afm.js").Model} model
 * @param {AbortSignal} end
 * @returns {{ silent: import("@preact/signals-core").Signal<boolean>, ask: () => void }}
 *   silent: a question has had no answer in time, and none has come since
 */
export function hearing(model, end) {
  const silent = signal(false);
  if (typeof model.send !== "function") return { silent, ask: () => {} }; // a page without any Python is not asked
  // Every view of a model hears all answers; each counts from a number of its own, and knows its own by it.
  const first = Math.floor(Math.random() * 2 ** 40);
  let asked = first;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let timer;

  const wait = () => {
    timer ??= setTimeout(() => (silent.value = true), PATIENCE_MS);
  };
  const rest = () => {
    clearTimeout(timer);
    timer = undefined;
  };
  const hear = (/** @type {any} */ message) => {
    const isOurs = message?.kind === "answer" && message.number > first && message.number <= asked;
    if (!isOurs) return;
    silent.value = false;
    rest();
    if (message.number < asked) wait();
  };
  const ask = () => {
    if (end.aborted) return;
    asked += 1;
    wait();
    send(model, { kind: "ask", number: asked });
  };

  model.on("msg:custom", hear);
  end.addEventListener("abort", () => {
    rest();
    model.off("msg:custom", hear);
  });
  ask();
  return { silent, ask };
}

/**
 * A channel that is closed throws, or rejects what it promised: that is a question without an answer, not a fault.
 * @param {import("./afm.js").Model} model
 * @param {object} message
 */
async function send(model, message) {
  try {
    await model.send?.(message);
  } catch (error) {
    console.warn(error);
  }
}
