// From the snippet's traits to what the code calls, the code itself and what has to be said of it.

import { computed, signal } from "@preact/signals-core";
import { value } from "../lib/frame.js";
import { callWords, notesOf, whyNoCode } from "../lib/snippet-notes.js";
import { CLIENTS, snippetPieces, targetOf, VARIANTS } from "../lib/snippets.js";
import { NOTHING_COPIED } from "./copied.js";
import { routeState } from "./route-state.js";

/** @template T @typedef {import("@preact/signals-core").Signal<T>} Signal */
/** @typedef {import("../lib/snippets.js").Target} Target */
/**
 * @typedef {object} OwnTraits
 * @property {Signal<string>} client
 * @property {Signal<string>} variant
 * @property {Signal<boolean>} stream
 * @property {Signal<string | null>} policy
 */
/** @typedef {Omit<import("./route-state.js").PlainTraits, "filters"> & OwnTraits} SnippetTraits */
/** @typedef {ReturnType<typeof snippetState>} SnippetState */

/** @param {SnippetTraits} own */
export function snippetState(own) {
  // No filter hides the route that somebody has chosen.
  const traits = { ...own, filters: /** @type {Signal<Record<string, unknown>>} */ (signal({})) };
  const state = routeState(traits);
  const { catalog, chosen, chosenRow, single, offsets, ids } = state;

  /** The chosen route as a target, whether the code calls it or the router chooses. @type {import("@preact/signals-core").ReadonlySignal<Target | null>} */
  const pinned = computed(() => {
    if (chosen.value === null) return null;
    const cell = (/** @type {string} */ name) => String(value(catalog.value.routes, name, chosenRow.value));
    return chosenRow.value < 0
      ? targetOf(chosen.value)
      : { model: cell("model"), provider: cell("provider"), policy: null };
  });
  const model = computed(() => pinned.value?.model ?? single.value);
  /** What the code calls; null where nothing is chosen. @type {import("@preact/signals-core").ReadonlySignal<Target | null>} */
  const target = computed(() => {
    const policy = traits.policy.value;
    if (pinned.value && policy === null) return pinned.value;
    return model.value === null ? null : { model: model.value, provider: null, policy };
  });
  /** All routes of the model. */
  const offered = computed(() => {
    const at = model.value === null ? -1 : ids.value.indexOf(model.value);
    const [start, end] = at < 0 ? [0, 0] : [offsets.value[at], offsets.value[at + 1]];
    return Uint32Array.from({ length: end - start }, (_, row) => start + row);
  });
  /** The route where a provider is named, else all routes of the model. */
  const rows = computed(() =>
    target.value?.provider == null
      ? offered.value
      : chosenRow.value < 0
        ? new Uint32Array()
        : Uint32Array.of(chosenRow.value),
  );
  const form = computed(() => ({
    client: traits.client.value,
    variant: traits.variant.value,
    stream: traits.stream.value,
  }));
  const why = computed(() => (target.value ? whyNoCode(catalog.value, target.value, rows.value) : ""));
  /** The code; no piece where there is none. */
  const pieces = computed(() => (target.value && !why.value ? snippetPieces(target.value, form.value) : []));
  return {
    traits,
    ...state,
    target,
    offered,
    why,
    pieces,
    text: computed(() => pieces.value.map(({ text }) => text).join("")),
    notes: computed(() => (target.value ? notesOf(catalog.value, target.value, rows.value, form.value) : [])),
    call: computed(() => (target.value ? callWords(catalog.value, target.value, rows.value) : "")),
    /** What code this is, in words. */
    words: computed(() => {
      const { client, variant, stream } = form.value;
      return `${CLIENTS[client].label}, ${VARIANTS[variant].toLowerCase()}${stream ? ", streamed" : ""}`;
    }),
    told: signal(""),
    opened: signal(""),
    copied: signal(NOTHING_COPIED),
  };
}
