// What the chart says: its axes, how many routes can be compared, what a point is, and what the front means.

import { amount, exactAmount, isPrice, saidOf } from "./amounts.js";
import { columnSpec } from "./columns.js";
import { figures, PRICES } from "./figures.js";
import { exactNumber, format, integer, plural } from "./format.js";
import { value } from "./frame.js";
import { zeroWords } from "./labels.js";
import { AXES } from "./pareto.js";
import { routeId } from "./route-id.js";

/** @typedef {import("./columns.js").ColumnSpec} ColumnSpec */
/** @typedef {import("./columns.js").Mix} Mix */
/** @typedef {import("./frame.js").Catalog} Catalog */
/** @typedef {import("./pareto.js").ParetoFront} ParetoFront */
/** @typedef {{ catalog: Catalog, front: ParetoFront, single: string | null }} About   single: the one model that is asked for */

/** @type {Record<string, readonly [better: string, worse: string, equal: string]>} */
const DEGREES = {
  price_input: ["cheaper in input", "dearer in input", "the same input price"],
  price_output: ["cheaper in output", "dearer in output", "the same output price"],
  price_blended: ["cheaper", "dearer", "the same price"],
  first_token_latency_ms: ["sooner", "later", "as soon"],
  throughput: ["faster", "slower", "as fast"],
  context_length: ["longer in context", "shorter in context", "the same context"],
};
const TOWARDS = { price: "cheaper", blended: "cheaper", milliseconds: "sooner", speed: "faster" };
/** @type {Record<string, string>} */
const TOKENS = { price_input: "input tokens", price_output: "output tokens" };
/** Pairs of axes that are offered where none can be compared by those that were asked for. */
const MOST_AXES = 3;
/** Names said of the routes that beat one. */
const BEATEN_BY = 3;

/** @param {Mix} mix */
const ratio = (mix) => mix.map((part) => exactNumber(part)).join(" : ");

/** What stands at an axis. @param {string} name @param {Mix} mix @param {boolean} isLog */
export function axisTitle(name, mix, isLog) {
  const { kind, unit } = columnSpec(name);
  const towards = /** @type {Record<string, string>} */ (TOWARDS)[kind] ?? "longer context";
  const mixed = kind === "blended" ? `, ${ratio(mix)} mix` : "";
  return `${towards} → ${unit.replace(/tokens$/, tokensOf(name))}${mixed}${isLog ? ", log scale" : ""}`;
}

/** What an axis is called within a sentence. @param {string} name */
export const axisName = (name) => saidOf(columnSpec(name));

/** Why routes cannot be compared, and how many for what. @param {ParetoFront} front */
export function reasonWords({ groups, not_comparable: { length } }) {
  const all = groups();
  if (all.length === 1) return all[0][0];
  const several =
    all.reduce((sum, [, count]) => sum + count, 0) > length ? " (some for several reasons)" : "";
  return all.map(([group, count]) => `${integer(count)} ${group}`).join(", ") + several;
}

/** "3 comparable · 2 not (no price published)", with a reason that holds for all of them. @param {ParetoFront} front */
export function countWords({ front, dominated, not_comparable: { length }, groups }) {
  const comparable = `${integer(front.length + dominated.length)} comparable`;
  if (length === 0) return comparable;
  const [reason, count] = groups()[0];
  return `${comparable} · ${integer(length)} not${count === length ? ` (${reason})` : ""}`;
}

/**
 * By which pairs of axes, one of them changed, routes could be compared; the most first.
 * @param {Catalog} catalog
 * @param {Uint32Array} rows
 * @param {ParetoFront} front
 */
export function otherAxes(catalog, rows, { axes: [x, y], mix }) {
  const known = new Map(AXES.map((name) => [name, figures(catalog.routes, name, mix, rows)]));
  const live = Uint8Array.from(rows, (row) => (value(catalog.routes, "status", row) === "live" ? 1 : 0));
  const count = (/** @type {string} */ a, /** @type {string} */ b) => {
    if (a.startsWith("price") && b.startsWith("price")) return 0; // they say nearly the same
    const [as, bs] = [a, b].map((name) => /** @type {Float64Array} */ (known.get(name)));
    return rows.reduce((sum, _, i) => sum + (live[i] && !Number.isNaN(as[i] + bs[i]) ? 1 : 0), 0);
  };
  return AXES.filter((name) => name !== x && name !== y)
    .flatMap((name) => [
      { axis: /** @type {const} */ ("y"), name, count: count(x, name) },
      { axis: /** @type {const} */ ("x"), name, count: count(name, y) },
    ])
    .filter(({ count }) => count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST_AXES);
}

/** What the front means, in a sentence. @param {About} about */
export function frontWords({ catalog, front, single }) {
  const [onFront, all] = [front.front.length, front.front.length + front.dominated.length];
  const [x, y] = front.axes.map((name) => DEGREES[name]);
  if (all === 1) return "Only one route can be compared.";
  if (onFront === 1) {
    const name = nameOf(catalog, front.front[0], single);
    if (all === 2) return `${name} alone is on the front: the other is neither ${x[0]} nor ${y[0]}.`;
    return `${name} alone is on the front: none of the other ${integer(all - 1)} is ${x[0]} or ${y[0]}.`;
  }
  if (onFront === all) {
    const who = all === 2 ? "Both" : `All ${integer(all)}`;
    const isEach = new Set(figures(catalog.routes, front.axes[0], front.mix, front.front)).size === all;
    return isEach
      ? `${who} are on the front: each is ${x[0]} or ${y[0]} than ${all === 2 ? "the other" : "the others"}.`
      : `${who} are on the front: none beats another.`;
  }
  return `${integer(onFront)} of ${integer(all)} are on the front: no other is ${x[0]} without being ${y[1]}, or ${y[0]} without being ${x[1]}.`;
}

/** The provider where the model is clear, else the id. @param {Catalog} catalog @param {number} row @param {string | null} single */
export function nameOf(catalog, row, single) {
  const id = routeId(catalog, row);
  return single !== null && id.startsWith(`${single}:`) ? id.slice(single.length + 1) : id;
}

/** A point in few words, as it is read aloud. @param {About} about @param {import("./chart-marks.js").Mark} mark */
export function pointWords({ catalog, front, single }, { rows, figures: at, isFront }) {
  const names = rows.slice(0, BEATEN_BY).map((row) => nameOf(catalog, row, single));
  const more = rows.length > names.length ? ` and ${integer(rows.length - names.length)} more` : "";
  const said = front.axes.map((name, axis) => {
    const { kind } = columnSpec(name);
    const zero = at[axis] === 0 ? zeroOf(catalog, kind, rows[0]) : "";
    return withUnit(name, amount(kind, format(kind, at[axis]))) + zero;
  });
  return `${names.join(", ")}${more}, ${said.join(", ")}, ${isFront ? "on the front" : "not on the front"}`;
}

/** Its two figures, with the day of an older one: prices exactly, probes as far as their digits mean something. @param {About} about @param {number} row */
export function figureWords({ catalog, front }, row) {
  return front.axes.map((name) => {
    const { kind } = columnSpec(name);
    const figure = figureOf(catalog, name, front.mix, row);
    if (Number.isNaN(figure)) return `${axisName(name)} not published`;
    const zero = figure === 0 ? zeroOf(catalog, kind, row) : "";
    const isProbe = kind === "speed" || kind === "milliseconds";
    const day = isProbe ? otherDay(catalog, row) : "";
    return `${withUnit(name, exactAmount(kind, isProbe ? fourDigits(figure) : figure))}${zero}${day ? `, read ${day}` : ""}`;
  });
}

/** On the front, beaten and how, or not comparable and why. @param {About} about @param {number} row */
export function placeDetails(about, row) {
  const { catalog, front, single } = about;
  const place = placeWords(about, row);
  const [first] = place.startsWith("beaten") ? front.by(row) : [];
  if (first === undefined) return place;
  const how = front.axes.map((name) => {
    const [better, , equal] = DEGREES[name];
    const [a, b] = [first, row].map((one) => figureOf(catalog, name, front.mix, one));
    return a === b ? equal : better;
  });
  const others = front.by(row).length - 1;
  const more = others ? ` and ${plural(others, "other")}` : "";
  return `beaten by ${nameOf(catalog, first, single)} (${how.join(", ")})${more}`;
}

/** The same, as the text twin has it in Python. @param {About} about @param {number} row */
export function placeWords({ catalog, front, single }, row) {
  if (front.front.includes(row)) return "on the front";
  const by = front.by(row);
  if (!by.length) return `not comparable: ${front.reasons(row).join("; ")}`;
  const names = by.slice(0, BEATEN_BY).map((one) => nameOf(catalog, one, single));
  return `beaten by ${names.join(", ")}${by.length > names.length ? ` and ${integer(by.length - names.length)} more` : ""}`;
}

/** @param {number} figure */
const fourDigits = (figure) => (figure < 1000 ? Number(figure.toPrecision(4)) : Math.round(figure));

/**
 * As a frame of this one route: to look at the figures of all, for one point, would be felt under the pointer.
 * @param {Catalog} catalog @param {string} name @param {Mix} mix @param {number} row
 */
function figureOf({ routes }, name, mix, row) {
  const cell = (/** @type {string} */ column) => ({
    values: [null, value(routes, column, row)],
    codes: SECOND,
  });
  const columns = Object.fromEntries([name, ...PRICES].map((column) => [column, cell(column)]));
  return figures({ length: 1, columns }, name, mix, FIRST)[0];
}

const SECOND = Uint8Array.of(1);
const FIRST = Uint32Array.of(0);

/** @param {string} name @param {string} text */
function withUnit(name, text) {
  if (name.startsWith("price")) return `${text} per 1M ${tokensOf(name)}`;
  return name === "context_length" ? `${text} tokens of context` : text;
}

/** What a price is the price of. @param {string} name */
const tokensOf = (name) => TOKENS[name] ?? "tokens";

/** @param {Catalog} catalog @param {import("./columns.js").Kind} kind @param {number} row */
const zeroOf = (catalog, kind, row) => (isPrice(kind) ? zeroWords(catalog, row) : "");

/** The day a speed was read, when it is not the row's own. @param {Catalog} catalog @param {number} row */
function otherDay({ routes }, row) {
  const [read, own] = ["metrics_retrieved_at", "retrieved_at"].map((name) =>
    String(value(routes, name, row) ?? "").slice(0, 10),
  );
  return read === own ? "" : read;
}
