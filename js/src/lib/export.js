// The rows on screen as Markdown, as a person reads them, and as CSV, as a program does.

import { blendedPrices, columnSpec, isNumber } from "./columns.js";
import { format } from "./format.js";
import { value } from "./frame.js";
import { LABELS, priceLabels, statusWords } from "./labels.js";

/** @typedef {import("./frame.js").Catalog} Catalog */
/** @typedef {import("./columns.js").Mix} Mix */

/**
 * What a table shows.
 * @typedef {object} Shown
 * @property {Catalog} catalog
 * @property {Uint32Array} rows
 * @property {readonly string[]} columns
 * @property {Mix} mix
 * @property {{ head: string, cells: readonly string[] }} [last]   one more column, of words
 */

/**
 * @param {Shown} shown
 * @returns {string}
 */
export function toMarkdown({ catalog, rows, columns, mix, last }) {
  const specs = columns.map(columnSpec);
  const lines = [
    specs.map((column) => escapeMarkdown(header(column, mix)).replaceAll(DOLLAR, "\\$")), // ours, and easier to read
    specs.map((column) => (isNumber(column.kind) ? "---:" : "---")),
    ...cells({ catalog, rows, columns, mix }).map((line, at) =>
      line.map((cell, column) => escapeMarkdown(words(catalog, rows[at], specs[column], cell))),
    ),
  ];
  const ends = last ? [last.head, "---", ...last.cells.map(escapeMarkdown)] : [];
  for (const [at, cell] of ends.entries()) lines[at].push(cell);
  const table = lines.map((line) => `| ${line.join(" | ")} |`).join("\n");
  return `${table}\n\n${originLine(catalog)}`;
}

/** The line below a table: where its rows are from, and what the dash means. @param {Catalog} catalog */
export function originLine({ source, retrieved_at, dated_rows }) {
  const when = retrieved_at ?? "time unknown";
  const said = dated_rows && retrieved_at ? `as last seen, up to ${when.slice(0, 10)}` : when;
  return `Source: ${escapeMarkdown(source)}, ${escapeMarkdown(said)}. — means not published.\n`;
}

/**
 * @param {Shown} shown
 * @returns {string}  with the contract's column names, exact values, and nothing where a value is not published
 */
export function toCsv(shown) {
  // A status without its day would read as one of today.
  const dated = shown.catalog.dated_rows && !shown.columns.includes("retrieved_at");
  const columns = dated ? [...shown.columns, "retrieved_at"] : shown.columns;
  const lines = [columns, ...cells({ ...shown, columns })];
  return lines.map((line) => `${line.map(csvCell).join(",")}\r\n`).join("");
}

/**
 * A cell as it is read: with what the table says beside the figure.
 * @param {Catalog} catalog
 * @param {number} row
 * @param {import("./columns.js").ColumnSpec} column
 * @param {import("./frame.js").Value} cell
 */
function words(catalog, row, { name, kind }, cell) {
  if (kind === "status" && cell !== null) return statusWords(catalog, row);
  const labels = name === "provider" ? priceLabels(catalog.routes, row) : [];
  return [format(kind, cell), ...labels.map((label) => `(${LABELS[label].words})`)].join(" ");
}

/**
 * @param {import("./columns.js").ColumnSpec} column
 * @param {Mix} mix
 */
function header({ label, unit, kind }, mix) {
  const units = kind === "blended" ? `${unit}, ${mix.join(" : ")}` : unit;
  return units ? `${label} (${units})` : label;
}

/** @param {Shown} shown */
function cells({ catalog, rows, columns, mix }) {
  const blended = blendedPrices(catalog.routes, mix, rows);
  return Array.from(rows, (row, at) =>
    columns.map((name) => {
      if (name !== "price_blended") return value(catalog.routes, name, row);
      return Number.isNaN(blended[at]) ? null : blended[at];
    }),
  );
}

const DOLLAR = "<span>&#36;</span>";
const BACKSLASH = "<span>&#92;</span>";

/**
 * What comes from the network is text: no markup, no link, no formula, no control character. Notebook pages look for
 * formulas after the Markdown is read, so an escaped dollar or backslash would be one again.
 * @param {string} text
 */
export const escapeMarkdown = (text) =>
  text
    .replace(/[ \t\r\n]+/g, " ")
    .replace(/(?! )[\p{C}\p{Z}\u115F\u1160\u2800\u3164\uFFA0]/gu, shown)
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll("\\", BACKSLASH)
    .replaceAll("$", () => DOLLAR)
    .replace(/[|*_`~[\]]/g, "\\$&")
    .replaceAll("://", ":&#47;/")
    .replaceAll("@", "&#64;")
    .replace(/(www)\./gi, "$1&#46;");

/** A character that would be obeyed, or not seen, as Python writes it. @param {string} character */
function shown(character) {
  const code = character.codePointAt(0) ?? 0;
  const [sign, digits] = code < 0x100 ? ["x", 2] : code < 0x10000 ? ["u", 4] : ["U", 8];
  return `\\${sign}${code.toString(16).padStart(digits, "0")}`;
}

/**
 * A name that a spreadsheet would take for a formula gets the apostrophe that makes it a text there.
 * @param {import("./frame.js").Value} cell
 */
export function csvCell(cell) {
  if (cell === null) return "";
  const said = Array.isArray(cell) ? cell.join("+") : String(cell);
  const text = typeof cell !== "number" && /^[=+\-@\t\r]/.test(said) ? `'${said}` : said;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
