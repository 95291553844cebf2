// The bundle of a program: all its code, ours and the packages', in one file that Node reads at once.
import { readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";
import { fingerprint } from "./fingerprint.mjs";
import { readDocument, readSealed, sealOf, write, writeDocument } from "./kept.mjs";
import {
  buildFolder,
  ENVIRONMENTS,
  isEnvironment,
  LOADED_BY_NAME,
  PROGRAMS,
  ROOT,
  sourcesIn,
} from "./programs.mjs";
import { lazyTraces, withSharedViews } from "./savings.mjs";

const FILE = "bundle.json";
const CODE = "bundle.cjs";
const MAP = "bundle.cjs.map";

/** The last bundle of a program, if nothing has changed that is in it: `{ file, code, map, environments, broken }`. */
export function lastBundle(name) {
  const folder = buildFolder(name);
  const known = readDocument(join(folder, FILE));
  const code = known && readSealed(join(folder, CODE), known.seal);
  return code !== undefined && fingerprint(known.files) === known.fingerprint
    ? { ...known, ...paths(name), code }
    : undefined;
}

function paths(name) {
  return { file: join(buildFolder(name), CODE), map: join(buildFolder(name), MAP) };
}

/** Bundles a program. Throws esbuild's error where it cannot be, but for environments: each of those has its own. */
export async function bundle(name) {
  const { build } = await import("esbuild");
  const entries = LOADED_BY_NAME.flatMap(sourcesIn);
  /** Environments that cannot be read, or import what is not there: path to the words of esbuild. */
  const broken = {};
  const attempt = () =>
    build({
      stdin: { contents: entryOf(PROGRAMS[name].entry, entries), resolveDir: ROOT, sourcefile: "entry.js" },
      absWorkingDir: ROOT,
      bundle: true,
      platform: "node",
      target: "node20.19",
      format: "cjs",
      outfile: join(buildFolder(name), CODE),
      write: false,
      metafile: true,
      sourcemap: "external",
      sourcesContent: false,
      minifyWhitespace: true,
      banner: { js: "(function (exports, require, module, __dirname, __filename) {" },
      footer: { js: "})" },
      logLevel: "silent",
      plugins: [sources(broken), lazyTraces],
    });
  let result;
  try {
    result = await attempt();
  } catch (error) {
    const errors = error.errors ?? [];
    if (errors.length === 0 || !errors.every(({ location }) => isEnvironment(location?.file))) {
      throw error;
    }
    for (const { location, text } of errors) {
      broken[location.file] ??= `${location.file}(${location.line},${location.column + 1}): error: ${text}`;
    }
    result = await attempt();
  }
  const { inputs } = result.metafile;
  const own = Object.keys(inputs).filter((path) => path !== "entry.js" && !path.includes("node_modules/"));
  const files = [...own, ...entries].map((path) => relative(ROOT, join(ROOT, path)));
  const [map, bundled] = result.outputFiles.map(({ contents }) => Buffer.from(contents));
  const code = withSharedViews(bundled);
  const environments = Object.fromEntries(
    sourcesIn(ENVIRONMENTS).map((path) => [path, environmentFiles(path, inputs)]),
  );
  const { file, map: mapFile } = paths(name);
  write(file, code);
  write(mapFile, map);
  const known = { files, fingerprint: fingerprint(files), seal: sealOf(code), environments, broken };
  writeDocument(join(buildFolder(name), FILE), known);
  return { ...known, file, map: mapFile, code };
}

/** The program as two exports: what is loaded by name, and the start. */
function entryOf(entry, files) {
  const loaded = files.map(
    (path) => `${JSON.stringify(path.replace(/\.ts$/, ""))}: () => require(${JSON.stringify(`./${path}`)}),`,
  );
  return `exports.loaded = {\n${loaded.join("\n")}\n};\nexports.start = () => require("./${entry}");\n`;
}

/** An environment's file and those beside it that it imports. */
function environmentFiles(path, inputs, found = []) {
  if (!found.includes(path)) {
    found.push(path);
    for (const { path: imported } of inputs[path]?.imports ?? []) {
      if (isEnvironment(imported)) {
        environmentFiles(imported, inputs, found);
      }
    }
  }
  return found;
}

/** Our sources: each is told its own folder, as it would be if it were a file of its own. */
function sources(broken) {
  return {
    name: "sources",
    setup({ onLoad }) {
      onLoad({ filter: /\.ts$/ }, ({ path }) => {
        const words = broken[relative(ROOT, path)];
        if (words !== undefined) {
          return { contents: `throw new Error(${JSON.stringify(words)});`, loader: "js" };
        }
        const contents = readFileSync(path, "utf8");
        const named = /\b__dirname\b/.test(contents) && !path.includes("node_modules");
        return named
          ? { contents: `const __dirname = ${JSON.stringify(dirname(path))};${contents}`, loader: "ts" }
          : undefined;
      });
    },
  };
}
