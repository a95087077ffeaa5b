// Builds the front-end: one ES module and one style sheet per widget, and those of a page of its own, into the Python
// package. anywidget loads each module alone from a blob, so everything a widget needs has to be inside it.
//
//   node build.mjs            minified; fails when a bundle is over its limit, and then writes nothing
//   node build.mjs --watch    with source maps, again after every change

import { mkdir, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import * as esbuild from "esbuild";

const WIDGETS = ["picker", "table", "chart", "planner", "snippet", "explorer"];
const PARTS = [...WIDGETS.map((name) => ["widgets", "css", name]), ["page", "page", "page"]];
const LIMIT = 100_000; // bytes of one minified bundle
const LIMITS = new Map([["explorer.js", 160_000]]); // it holds all the others

const NOTICE =
  "/*! The widgets hold lit-html, Copyright 2017-2020 Google LLC, BSD-3-Clause, and @preact/signals-core, Copyright 2022 Preact Team, MIT. */";

const here = fileURLToPath(new URL(".", import.meta.url));
const outdir = fileURLToPath(new URL("../hfprov_widgets/static/", import.meta.url));
const watch = process.argv.includes("--watch");

/** @type {esbuild.BuildOptions} */
const options = {
  absWorkingDir: here,
  entryPoints: PARTS.flatMap(([scripts, styles, name]) => [
    { in: `src/${scripts}/${name}.js`, out: name },
    { in: `src/${styles}/${name}.css`, out: name },
  ]),
  outdir,
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: !watch,
  charset: "utf8",
  legalComments: "none", // said in a line instead, for both
  banner: { js: NOTICE },
  sourcemap: watch ? "inline" : false,
  write: watch,
  logLevel: "warning",
};

/** @param {number} bytes */
const kilobytes = (bytes) => `${(bytes / 1000).toFixed(1).padStart(6)} kB`;

if (watch) {
  const context = await esbuild.context({
    ...options,
    plugins: [
      {
        name: "say-when",
        setup: (build) =>
          build.onEnd(({ errors }) => {
            console.log(errors.length ? "not built" : `built at ${new Date().toLocaleTimeString()}`);
          }),
      },
    ],
  });
  await context.watch();
} else {
  const { outputFiles } = await esbuild.build({ ...options, write: false }).catch(() => process.exit(1));
  for (const { path, contents } of outputFiles) {
    console.log(`${kilobytes(contents.length)}  ${basename(path)}`);
  }
  const limit = (path) => LIMITS.get(basename(path)) ?? LIMIT;
  const tooBig = outputFiles.filter(({ path, contents }) => contents.length > limit(path));
  if (tooBig.length) {
    const names = tooBig.map(({ path }) => `${basename(path)} (${kilobytes(limit(path)).trim()})`).join(", ");
    console.error(`over the limit: ${names}; nothing was written`);
    process.exit(1);
  }
  await mkdir(outdir, { recursive: true });
  await Promise.all(outputFiles.map(({ path, contents }) => writeFile(path, contents)));
}
