// The line under every widget that says which data this is, how old, and what can be done about it.

import { html, nothing } from "lit-html";
import { plural } from "../lib/format.js";

/** @template T @typedef {import("@preact/signals-core").Signal<T>} Signal */
/** @typedef {import("../lib/frame.js").Catalog} Catalog */

/**
 * What Python says of the data's freshness.
 * @typedef {object} Freshness
 * @property {"still" | "refreshing" | "failed" | "offline"} phase
 * @property {string} message     what happened, in the phase "failed"
 * @property {boolean} can_refresh
 */

/** These are of a past day whatever the clock says; a snapshot of the user's own is as the user wants it. */
const BUNDLED = new Set(["sample", "documented", "tasks"]);

/** After this long (hours) data from a live service is called stale. */
const STALE_HOURS = 24;

/**
 * @param {Catalog} catalog
 * @param {Freshness} freshness
 * @param {Date} now
 * @returns {{ tag: string, warn: boolean, text: string }}
 */
export function sourceWords(catalog, freshness, now) {
  const live = catalog.source === "router";
  const hours = catalog.retrieved_at
    ? (now.getTime() - Date.parse(catalog.retrieved_at)) / 3.6e6
    : Number.NaN;
  const stale = live && hours >= STALE_HOURS;
  const when =
    catalog.retrieved_at === null
      ? "at an unknown time"
      : live
        ? age(hours)
        : `of ${catalog.retrieved_at.slice(0, 10)}`;
  const counts = `${plural(catalog.models.length, "model")} · ${plural(catalog.routes.length, "route")}`;
  const phase = {
    still: "",
    refreshing: " · looking for newer data…",
    failed: " · not refreshed",
    offline: " · offline",
  };
  const seen = catalog.dated_rows
    ? `as last seen, up to ${when.replace("of ", "")}`
    : live
      ? when
      : `catalogue ${when}`;
  return {
    tag: stale ? `${catalog.source}, stale` : catalog.source,
    warn: stale || BUNDLED.has(catalog.source),
    text: `${seen} · ${counts}${phase[freshness.phase]}`,
  };
}

/**
 * @param {number} hours
 */
function age(hours) {
  if (hours < 1 / 60) return "just now";
  if (hours < 1) return `${plural(Math.floor(hours * 60), "minute")} ago`;
  if (hours < 48) return `${plural(Math.floor(hours), "hour")} ago`;
  return `${plural(Math.floor(hours / 24), "day")} ago`;
}

/**
 * @param {Catalog} catalog
 * @param {{ _freshness: Signal<Freshness>, _refresh: Signal<number> }} traits
 */
export function sourceLine(catalog, { _freshness, _refresh }) {
  const freshness = _freshness.value;
  const { tag, warn, text } = sourceWords(catalog, freshness, new Date());
  const [age, ...news] = text.split(" · "); // a reader is not told each minute that another has gone by
  const label = freshness.phase === "failed" ? "Try again" : "Refresh";
  return html`<span class="hfp-source"><span class=${warn ? "hfp-tag hfp-warn" : "hfp-tag"}>${tag}</span> ${age} · <span role="status">${news.join(" · ")}</span></span>
    ${freshness.phase === "failed" ? html`<span class="hfp-error" role="alert">${freshness.message}</span>` : nothing}
    ${
      freshness.can_refresh
        ? html`<button type="button" class="hfp-button" aria-disabled=${freshness.phase === "refreshing" ? "true" : nothing} @click=${() => _refresh.value++}>${label}</button>`
        : nothing
    }`;
}
