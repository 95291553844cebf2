// Runs esbuild, and keeps what comes of it in a build folder.
const { readFileSync, statSync } = require("node:fs");
const { dirname, join, relative } = require("node:path");
const { fingerprint } = require("./fingerprint.js");
const { readDocument, readSealed, sealOf, write, writeDocument } = require("./kept.js");
const { ROOT } = require("./programs.js");

const FILE = "bundle.json";
const CODE = "bundle.cjs";
const MAP = "bundle.cjs.map";

/** What was kept of a bundle, if nothing has changed that is in it: what `keep` was given, and `{ file, map, code }`. */
function lastKept(folder) {
  const known = readDocument(join(folder, FILE));
  const code = known && readSealed(join(folder, CODE), known.seal);
  return code !== undefined &&
    sizeOf(paths(folder).map) === known.mapSize &&
    fingerprint(known.files) === known.fingerprint
    ? { ...known, ...paths(folder), code }
    : undefined;
}

/** Keeps a bundle, with what is known of it: `files` that it was made from, and all else that is wanted back. */
function keep(folder, { code, map, ...known }) {
  const { file, map: mapFile } = paths(folder);
  write(file, code);
  write(mapFile, map);
  const kept = { ...known, fingerprint: fingerprint(known.files), seal: sealOf(code), mapSize: map.length };
  writeDocument(join(folder, FILE), kept);
  return { ...kept, file, map: mapFile, code };
}

/** The map is large, and read only for the stack of an error: its size tells enough of whether it is whole. */
function sizeOf(path) {
  return statSync(path, { throwIfNoEntry: false })?.size;
}

function paths(folder) {
  return { file: join(folder, CODE), map: join(folder, MAP) };
}

/**
 * One file of an entry's text and all that it imports: `{ code, map, inputs, files }`, where `files` are those of ours.
 * @throws esbuild's error, with its `errors`
 */
async function bundled(folder, entry, plugins) {
  const { build } = require("esbuild");
  const { metafile, outputFiles } = await build({
    stdin: { contents: entry, resolveDir: ROOT, sourcefile: "entry.js" },
    absWorkingDir: ROOT,
    bundle: true,
    platform: "node",
    target: "node20.19",
    format: "cjs",
    outfile: paths(folder).file,
    write: false,
    metafile: true,
    sourcemap: "external",
    sourcesContent: false,
    minifyWhitespace: true,
    banner: { js: "(function (exports, require, module, __dirname, __filename) {" },
    footer: { js: "})" },
    // A program of its own for each machine, which no bundle can hold: support code of tests asks for it.
    external: ["@swc/core"],
    logLevel: "silent",
    plugins: [...plugins, sources],
  });
  const [map, code] = outputFiles.map(({ contents }) => Buffer.from(contents));
  const { inputs } = metafile;
  const own = Object.keys(inputs).filter((path) => path !== "entry.js" && !path.includes("node_modules/"));
  return { code, map, inputs, files: own.map((path) => relative(ROOT, join(ROOT, path))) };
}

/** An entry's text: an object of functions, each of which loads a file. */
function loaders(files) {
  const lines = files.map(
    (path) => `${JSON.stringify(path.replace(/\.ts$/, ""))}: () => require(${JSON.stringify(`./${path}`)}),`,
  );
  return `{\n${lines.join("\n")}\n}`;
}

/** Our sources: each is told its own folder, as it would be if it were a file of its own. */
const sources = {
  name: "sources",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const contents = readFileSync(path, "utf8");
      const named = /\b__dirname\b/.test(contents) && !path.includes("node_modules");
      return named
        ? { contents: `const __dirname = ${JSON.stringify(dirname(path))};${contents}`, loader: "ts" }
        : undefined;
    });
  },
};

module.exports = { lastKept, keep, bundled, loaders };
