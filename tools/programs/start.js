// Runs a bundle in this process, with the code that V8 has compiled on earlier runs.
const { readFileSync, rmSync } = require("node:fs");
const { createRequire, SourceMap } = require("node:module");
const { join, relative } = require("node:path");
const { inspect, stripVTControlCharacters } = require("node:util");
const { setFlagsFromString } = require("node:v8");
const { Script } = require("node:vm");
const { PROJECT } = require("./environments.js");
const { readDocument, readSealed, sealOf, write, writeDocument } = require("./kept.js");
const { buildFolder, isEnvironment, PROGRAMS, ROOT } = require("./programs.js");

/** So many different runs add to the compiled code. */
const RUNS = 20;

/** The name of the error of an environment that the compiler refuses; its message is the compiler's. */
const REFUSED = "RefusedByCompiler";

/**
 * Starts a program.
 * @param build see `built`
 * @param args the program's own
 */
function start(name, { bundle, environments, problems }, args) {
  const { entry, refusal } = PROGRAMS[name];
  process.argv = [process.execPath, join(ROOT, entry), ...args];
  process.on("uncaughtException", (error) => {
    if (error?.name === REFUSED) {
      console.error(error.message);
      process.exit(refusal);
    }
    // What an error says may come from an account: it must not steer the terminal.
    const text = stripVTControlCharacters(readable(error, [bundle, environments]));
    console.error(text.replaceAll(/[^\P{Cc}\n\t]/gu, "?"));
    process.exit(1);
  });

  optimizeLater();
  const script = compiled(name, bundle, args);
  const found = createRequire(join(ROOT, "package.json"));
  const module = { exports: {} };
  /** The environments are read when the first is asked for; what they import is the program's own. */
  let theirs;
  const environment = (key) => {
    theirs ??= run(
      new Script(environments.code.toString("utf8"), { filename: environments.file }),
      environments,
      (path) =>
        path.startsWith(PROJECT) ? module.exports.shared[path.slice(PROJECT.length)]() : found(path),
    );
    return theirs.loaded[key];
  };
  const loaded = (path) => {
    const key = relative(ROOT, path).replaceAll("\\", "/");
    const load = isEnvironment(key) ? environment(key) : module.exports.loaded?.[key];
    return load === undefined ? found(path) : checked(`${key}.ts`, load);
  };

  /** A wrong value is said in the words of the schema; the compiler's come where it alone has something to say. */
  function checked(path, load) {
    const words = isEnvironment(path)
      ? (environments.reached[path] ?? []).flatMap(
          (file) => problems[file] ?? environments.broken[file] ?? [],
        )
      : [];
    try {
      const value = load();
      if (words.length === 0) return value;
    } catch (error) {
      if (words.length === 0 || error?.name === "EnvironmentError") throw error;
    }
    // Not said at once: whoever looks only at the other environments' names goes on without this one.
    throw Object.assign(new Error(words.join("\n")), { name: REFUSED });
  }

  run(script, bundle, Object.assign(loaded, found), module);
  module.exports.start();
}

/** When V8 optimizes a function, by V8's version (of Node.js 20, 22 and 24): it has changed its flags, and warns of others. */
const OPTIMIZE_LATER = {
  11: "--interrupt-budget=1000000",
  12: "--invocation-count-for-turbofan=50000",
  13: "--invocation-count-for-turbofan=50000",
};

/** Most runs are over before it pays what V8 optimizes meanwhile: a synth took a sixth more, and one of 200 services a third. */
function optimizeLater() {
  const flag = OPTIMIZE_LATER[Number.parseInt(process.versions.v8, 10)];
  if (flag !== undefined) {
    setFlagsFromString(flag);
  }
}

/** Runs a bundle as Node does a module, and returns its exports. */
function run(script, { file }, require, module = { exports: {} }) {
  script.runInThisContext()(module.exports, require, module, ROOT, file);
  return module.exports;
}

/** The bundle, compiled as far as earlier runs needed it; what this run adds is kept for the next. */
function compiled(name, bundle, args) {
  const { file, code, seal } = bundle;
  // The script has it now, and these are megabytes.
  bundle.code = undefined;
  const folder = buildFolder(name);
  const document = join(folder, "compiled.json");
  const cache = join(folder, "compiled.bin");
  const run = `${process.version} ${process.env.ENVIRONMENT ?? ""} ${args.filter((arg) => /^[\w-]+$/.test(arg)).join(" ")}`;
  const known = readDocument(document);
  const cachedData = known?.code === seal ? readSealed(cache, known.seal) : undefined;
  // All text of the bundle is ASCII, which V8 keeps in one byte a character.
  const script = new Script(code.toString("latin1"), { filename: file, cachedData });
  const runs = cachedData === undefined || script.cachedDataRejected ? [] : known.runs;
  if (!runs.includes(run) && runs.length < RUNS) {
    process.on("exit", (exitCode) => {
      if (exitCode !== 0) return;
      try {
        const data = script.createCachedData();
        rmSync(document, { force: true });
        write(cache, data);
        writeDocument(document, { code: seal, seal: sealOf(data), runs: [...runs, run] });
      } catch {
        // It only makes the next start faster; a folder that cannot be written is no reason to fail.
      }
    });
  }
  return script;
}

/** An error with the places of our sources in its stack, rather than those of the bundles and of what holds these together. */
function readable(error, bundles) {
  try {
    const bundlersOwn = [join(ROOT, "entry.js"), ...bundles.map(({ file }) => file)];
    return bundles
      .reduce(withSources, inspect(error))
      .split("\n")
      .filter((line) => !(/^\s+at /.test(line) && bundlersOwn.some((file) => line.includes(`${file}:`))))
      .join("\n");
  } catch {
    return inspect(error);
  }
}

function withSources(text, { file, map }) {
  let places;
  return text.replaceAll(
    new RegExp(`${file.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}:(\\d+):(\\d+)`, "g"),
    (place, line, column) => {
      places ??= new SourceMap(JSON.parse(readFileSync(map, "utf8")));
      const { originalSource, originalLine, originalColumn } = places.findEntry(line - 1, column - 1);
      return originalSource === undefined
        ? place
        : `${join(file, "..", originalSource)}:${originalLine + 1}:${originalColumn + 1}`;
    },
  );
}

module.exports = { start };
