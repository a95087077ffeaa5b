// Small labels beside a name: promo, listed at zero, suspect price.

import { html } from "lit-html";
import { LABELS } from "../lib/labels.js";

/** @param {readonly (keyof typeof LABELS)[]} labels */
export const labelTags = (labels) =>
  labels.map((label) => {
    const { words, help, warn } = LABELS[label];
    return html` <span class=${warn ? "hfp-tag hfp-warn" : "hfp-tag"} title=${help}>${words}</span>`;
  });
