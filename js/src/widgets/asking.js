// One question to Python at a time, asked because the user wants it, and its answer. It is no trait: nothing of it is
// kept, in Python or in a saved notebook.

/** @typedef {{ tokens?: number, how?: string, error?: string }} Counted */

/**
 * @param {import("./afm.js").Model} model
 * @param {AbortSignal} end
 * @returns {((text: string) => Promise<Counted>) | null}  null on a page without any Python. No answer is promised to
 *   come; one that comes late comes all the same.
 */
export function counting(model, end) {
  if (typeof model.send !== "function") return null;
  // Every view of a model hears all answers; each counts from a number of its own, and knows its own by it.
  let number = Math.floor(Math.random() * 2 ** 40);
  return (text) => {
    number += 1;
    const asked = number;
    return new Promise((resolve) => {
      const hear = (/** @type {any} */ message) => {
        if (message?.kind !== "counted" || message.number !== asked) return;
        stop();
        resolve(message);
      };
      const stop = () => model.off("msg:custom", hear);
      model.on("msg:custom", hear);
      end.addEventListener("abort", stop);
      send(model, { kind: "count", number: asked, text }).catch((error) => {
        stop();
        resolve({ error: `The text did not reach Python: ${error}` });
      });
    });
  };
}

/** @param {import("./afm.js").Model} model @param {object} message */
async function send(model, message) {
  await model.send?.(message);
}
