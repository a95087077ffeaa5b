// Reads a catalogue's bytes from standard input and prints the rows as JSON; for the Python test of the wire format.

import { readFileSync } from "node:fs";
import { value } from "../src/lib/frame.js";
import { decode } from "../src/lib/wire.js";

const MODEL = ["model", "created", "input_modalities", "likes", "gated"];
const ROUTE = [
  "model",
  "provider",
  "status",
  "task",
  "context_length",
  "price_input",
  "price_output",
  "supports_tools",
  "throughput",
  "source",
];

const { models, routes, ...facts } = decode(new Uint8Array(readFileSync(0)));
/** @param {import("../src/lib/frame.js").Frame} frame @param {readonly string[]} names */
const rows = (frame, names) =>
  Array.from({ length: frame.length }, (_, row) => names.map((name) => value(frame, name, row)));
process.stdout.write(JSON.stringify({ ...facts, models: rows(models, MODEL), routes: rows(routes, ROUTE) }));
