// Sentences about a choice and about a front: what was found, what was left out, and no more than the data says.
// They are those of Python's data/explain.py, word for word.

import { amount, saidOf } from "./amounts.js";
import { costPerCall, GOALS } from "./choose.js";
import { columnSpec } from "./columns.js";
import { counted, figures } from "./figures.js";
import { displayKey, exactNumber, format, integer, isSuspectPrice } from "./format.js";
import { value } from "./frame.js";
import { zeroWords } from "./labels.js";
import { asLastSeen } from "./reasons.js";

/** @typedef {import("./choose.js").Choice} Choice */
/** @typedef {import("./columns.js").ColumnSpec} ColumnSpec */
/** @typedef {import("./columns.js").Mix} Mix */
/** @typedef {import("./frame.js").Catalog} Catalog */
/** @typedef {import("./pareto.js").ParetoFront} ParetoFront */
/** @typedef {import("./policy.js").PolicyChoice} PolicyChoice */
/** @typedef {readonly string[] | null} Models  the ids asked for; null is all */

const NOUNS = {
  cost: "price",
  speed: "speed",
  latency: "time to first token",
  balanced: "price for its speed",
};

/**
 * @param {Catalog} catalog
 * @param {Choice} choice
 * @param {Models} models
 * @returns {string}
 */
export function explainChoice(catalog, choice, models) {
  const total = choice.kept.length + choice.dropped.length;
  if (total === 0) return nothingToChooseFrom(models);
  const first = choice.route < 0 ? nothingFits(catalog, choice, models) : chosen(catalog, choice);
  const sentences = [first, leftOut(choice, total), policyWords(catalog, choice, models)];
  return sentences.filter((sentence) => sentence !== "").join(" ");
}

/**
 * @param {Catalog} catalog
 * @param {ParetoFront} front
 * @param {Models} models
 * @returns {string}
 */
export function explainFront(catalog, front, models) {
  const [onFront, beaten, not] = [front.front.length, front.dominated.length, front.not_comparable.length];
  const total = onFront + beaten + not;
  const axes = listed(
    front.axes.map((name) => axisWords(name, front.mix)),
    "and",
  );
  if (total === 0) return `No routes to compare by ${axes}.`;
  const sentences = [];
  if (onFront === 0) sentences.push(`No route can be compared by ${axes}.`);
  else {
    const names = Array.from(front.front.slice(0, 6), (row) => nameOf(catalog, row, models));
    if (onFront > 6) names.push(`${integer(onFront - 6)} more`);
    const routes = total === 1 ? "1 route" : `${integer(total)} routes`;
    const stand = onFront === 1 ? "stands" : "stand";
    sentences.push(
      `On the front of ${axes} ${stand} ${integer(onFront)} of ${routes}: ${listed(names, "and")}.`,
    );
  }
  if (beaten > 0) {
    const verb = beaten === 1 ? "is" : "are";
    sentences.push(
      `${integer(beaten)} ${verb} dominated: another is no worse in all of it and better in one.`,
    );
  }
  if (not > 0) {
    sentences.push(`${integer(not)} cannot be compared: ${groupWords(front.groups(), not)}.`);
  }
  return sentences.join(" ");
}

/** @param {Catalog} catalog @param {Choice} choice */
function chosen(catalog, choice) {
  const { route } = choice;
  const model = modelOf(catalog, route);
  const seen = catalog.dated_rows ? `, ${asLastSeen(catalog, route)},` : "";
  // Only where the price was not compared: otherwise such a route is dropped.
  const doubt = isInDoubt(catalog, route, choice.mix) ? "; its price is in doubt" : "";
  const who = `${nameOf(catalog, route, [model])}${seen}`;
  return `${who} serves ${model} ${figureWords(catalog, choice)}, ${lead(catalog, choice)}${doubt}.`;
}

/** @param {Catalog} catalog @param {Choice} choice */
function figureWords(catalog, choice) {
  const { route, optimize, tokens, mix } = choice;
  if (optimize === "latency") {
    return `with the first token after ${probe(catalog, route, "first_token_latency_ms")}`;
  }
  const parts = [];
  if (optimize !== "speed") {
    const unit = tokens
      ? `call of ${integer(tokens[0])} + ${integer(tokens[1])} tokens`
      : `1M tokens for a mix of ${ratio(mix)}`;
    parts.push(`${money(catalog, choice, route)} per ${unit}${zero(catalog, choice, route)}`);
  }
  if (optimize !== "cost") parts.push(probe(catalog, route, "throughput"));
  return `at ${parts.join(" and ")}`;
}

/** How the route stands to the runner-up. @param {Catalog} catalog @param {Choice} choice */
function lead(catalog, choice) {
  const { runner_up: other, optimize, margin, margin_percent: share } = choice;
  if (other < 0) return choice.dropped.length > 0 ? "the only route left" : "the only route there is";
  const name = nameOf(catalog, other, [modelOf(catalog, choice.route)]);
  if (margin === 0) return `the same ${NOUNS[optimize]}${tie(catalog, choice, name)}`;
  const more = optimize === "speed" ? "more" : optimize === "balanced" ? "less for its speed" : "less";
  const percent = share === null ? "" : `${percentWords(share)} % `;
  return `${percent}${more} than the next, ${name} (${short(catalog, choice, other)})`;
}

/**
 * What decided between two that look the same.
 * @param {Catalog} catalog
 * @param {Choice} choice
 * @param {string} name
 */
function tie(catalog, choice, name) {
  const { routes } = catalog;
  const { route, runner_up: other, mix } = choice;
  const rows = Uint32Array.of(route, other);
  const second = GOALS[choice.optimize][1];
  const bySpeed = second === "throughput";
  const noun = bySpeed ? "speed" : "price";
  const { kind } = columnSpec(second);
  const [own, others] = Array.from(figures(routes, second, mix, rows), (figure) => displayKey(kind, figure));
  if (own !== null && others === null) {
    const isDoubtful = !bySpeed && isInDoubt(catalog, other, mix);
    return ` as ${name}, whose ${noun} is ${isDoubtful ? "in doubt" : "not published"}`;
  }
  if (own !== others) {
    const [a, b] = Array.from(rows, (row) =>
      bySpeed ? probe(catalog, row, "throughput") : money(catalog, choice, row),
    );
    return ` as ${name}, but ${bySpeed ? "faster" : "cheaper"} (${a} against ${b})`;
  }
  return `${own === null ? "" : ` and ${noun}`} as ${name}, first by ${decidedBy(catalog, choice)}`;
}

/** @param {Catalog} catalog @param {Choice} choice */
function decidedBy({ routes }, { optimize, route, runner_up: other, mix }) {
  const names = GOALS[optimize];
  const at = names.findIndex((name) => {
    const [a, b] = figures(routes, name, mix, Uint32Array.of(route, other));
    return a !== b && !(Number.isNaN(a) && Number.isNaN(b));
  });
  if (at < 0) return "name";
  return at < 2 ? "the exact figures" : saidOf(columnSpec(names[at]));
}

/** @param {Catalog} catalog @param {Choice} choice @param {number} row */
function short(catalog, choice, row) {
  const { optimize } = choice;
  if (optimize === "speed") return probe(catalog, row, "throughput");
  if (optimize === "latency") return probe(catalog, row, "first_token_latency_ms");
  const price = `${money(catalog, choice, row)}${zero(catalog, choice, row)}`;
  return optimize === "cost" ? price : `${price}, ${probe(catalog, row, "throughput")}`;
}

/** @param {Catalog} catalog @param {Choice} choice @param {Models} models */
function nothingFits(catalog, choice, models) {
  const fits = Object.keys(choice.require).length > 0 ? "meets all of it" : "can be compared";
  const reasons = choice.reasons(choice.nearest).join(" and ");
  const nearest = `${nameOf(catalog, choice.nearest, models)}, but ${reasons}`;
  return `No route ${scope(models)} ${fits}. Nearest: ${nearest}.`;
}

/** @param {Models} models */
export function nothingToChooseFrom(models) {
  if (models === null) return "This catalogue has no routes.";
  if (models.length === 1) return `${models[0]} has no route in this catalogue.`;
  return `These ${integer(models.length)} models have no route in this catalogue.`;
}

/** @param {Models} models */
export function scope(models) {
  if (models === null) return "in this catalogue";
  return models.length === 1 ? `of ${models[0]}` : `of these ${integer(models.length)} models`;
}

/**
 * How many of all routes take no part, and why; nothing to say where there is one route only.
 * @param {Pick<Choice, "dropped" | "groups">} choice
 * @param {number} total
 */
export function leftOut({ dropped, groups }, total) {
  const count = dropped.length;
  if (count === 0 || total === 1) return "";
  const everyone = total === 2 ? "Both routes" : `All ${integer(total)} routes`;
  const who = count === total ? everyone : `${integer(count)} of ${integer(total)} routes`;
  return `${who} ${count === 1 ? "was" : "were"} left out: ${groupWords(groups(), count)}.`;
}

/**
 * @param {[group: string, count: number][]} groups
 * @param {number} rows  how many they speak of
 */
function groupWords(groups, rows) {
  const all = groups.reduce((sum, [, count]) => sum + count, 0);
  const several = all > rows ? " (some for several reasons)" : "";
  return groups.map(([group, count]) => `${integer(count)} ${group}`).join(", ") + several;
}

/** @param {Catalog} catalog @param {Choice} choice @param {Models} models */
function policyWords(catalog, choice, models) {
  const { cheapest, fastest } = choice.policies;
  const model = modelOf(catalog, choice.route < 0 ? choice.nearest : choice.route);
  const isOnly = models?.length === 1 && models[0] === model;
  const whose = isOnly ? "The router's" : `For ${model} the router's`;
  const first = cheapest.providers.length
    ? `:cheapest would take ${listed(cheapest.providers, "or")} (output price alone${few(cheapest, "; ")})`
    : ":cheapest is unknown here (no output price published)";
  const take = cheapest.providers.length ? "" : "would take ";
  const publish = few(fastest, "");
  const second = fastest.providers.length
    ? `:fastest ${take}${listed(fastest.providers, "or")}${publish === "" ? "" : ` (${publish})`}`
    : ":fastest is unknown here (no speed published)";
  return `${whose} ${first}, ${second}; :preferred depends on your account.`;
}

/** @param {PolicyChoice} policy @param {string} before */
function few({ published, of }, before) {
  return published < of ? `${before}${published} of ${of} publish it` : "";
}

/**
 * A provider; with its task where that tells it apart, with its model where that is not clear.
 * @param {Catalog} catalog
 * @param {number} row
 * @param {Models} models
 */
export function nameOf(catalog, row, models) {
  const { routes } = catalog;
  const task = value(routes, "task", row);
  const isShared = value(routes, "shares_pair", row) === true && task !== null;
  const name = `${value(routes, "provider", row)}${isShared ? ` (${task})` : ""}`;
  const model = modelOf(catalog, row);
  return models?.length === 1 && models[0] === model ? name : `${name} with ${model}`;
}

/** @param {Catalog} catalog @param {number} row */
const modelOf = ({ routes }, row) => String(value(routes, "model", row));

/**
 * The price of the mix, or of one call where its tokens are given.
 * @param {Catalog} catalog
 * @param {Choice} choice
 * @param {number} row
 */
function money(catalog, { tokens, mix }, row) {
  const price = tokens ? costPerCall(catalog, row, tokens) : mixPrice(catalog, row, mix);
  return amount("blended", format("blended", price));
}

/** @param {Catalog} catalog @param {number} row @param {Mix} mix */
function mixPrice({ routes }, row, mix) {
  return figures(routes, "price_blended", mix, Uint32Array.of(row))[0];
}

/**
 * What kind of zero a price is, where it is one.
 * @param {Catalog} catalog
 * @param {{ mix: Mix }} choice
 * @param {number} row
 */
export function zero(catalog, { mix }, row) {
  if (mixPrice(catalog, row, mix) !== 0) return "";
  return zeroWords(catalog, row);
}

/**
 * A speed figure, with the day it was read where that is not the day of the row.
 * @param {Catalog} catalog
 * @param {number} row
 * @param {string} name
 */
function probe({ routes }, row, name) {
  const { kind } = columnSpec(name);
  const text = amount(kind, format(kind, value(routes, name, row)));
  const read = value(routes, "metrics_retrieved_at", row);
  const own = value(routes, "retrieved_at", row);
  if (typeof read !== "string" || typeof own !== "string") return text;
  const day = read.slice(0, 10);
  return day === own.slice(0, 10) ? text : `${text} as read ${day}`;
}

/** @param {Catalog} catalog @param {number} row @param {Mix} mix */
function isInDoubt({ routes }, row, mix) {
  return counted("price_blended", mix).some((name) => {
    const price = value(routes, name, row);
    return typeof price === "number" && isSuspectPrice(price);
  });
}

/** @param {number} percent */
function percentWords(percent) {
  const text = format("milliseconds", percent);
  if (text === "0") return "under 1";
  return text === "100" && percent < 100 ? "over 99" : text;
}

/** @param {Mix} mix */
const ratio = (mix) => mix.map((part) => exactNumber(part)).join(" : ");

/** @param {string} name @param {Mix} mix */
function axisWords(name, mix) {
  return name === "price_blended" ? `price for a mix of ${ratio(mix)}` : saidOf(columnSpec(name));
}

/** @param {readonly string[]} words @param {string} last */
function listed(words, last) {
  const before = words.slice(0, -1).join(", ");
  return before === "" ? String(words.at(-1)) : `${before} ${last} ${words.at(-1)}`;
}
