// Jest's runtime, but Node itself loads the modules of a test, and what a suite shares with others (src, the packages, this
// folder) once a worker. Loading all of it for each of 150 suites, and running it cold, was two thirds of the time of all
// tests. Under `--watch` and `--coverage` every suite has Jest's own loading.
const Module = require("node:module");
const path = require("node:path");
const v8 = require("node:v8");
const { default: Runtime } = require("jest-runtime");
const { withQuickerTokens } = require("../../tools/programs/quicker-tokens.js");
const { isShared } = require("./shared-modules.js");

/** Which kinds of modules the transformer may leave as they are: none. */
const TO_COMMON_JS = {
  isInternalModule: false,
  supportsDynamicImport: false,
  supportsExportNamespaceFrom: false,
  supportsStaticESM: false,
  supportsTopLevelAwait: false,
};

/** What a test finds without importing it, and what it prints on. */
const GLOBALS = [
  "afterAll",
  "afterEach",
  "beforeAll",
  "beforeEach",
  "describe",
  "expect",
  "it",
  "jest",
  "test",
];

// Most code runs a few hundred times here: what V8 compiles for more than that took a fifth of the time of all tests.
v8.setFlagsFromString("--interrupt-budget=400000");

/**
 * What runs tests, compares and prints, of which Jest loads a copy for each suite. Here a worker has one, and what it keeps of
 * a suite, which hangs on the globals, is set anew for the next.
 */
class TestFramework {
  constructor(file) {
    this.initializer = require(file);
    this.circus = Module.createRequire(file)("jest-circus");
    this.states = Object.getOwnPropertySymbols(globalThis).filter(
      ({ description }) => description === "JEST_STATE_SYMBOL",
    );
    this.handlers = globalThis[Symbol.for("EVENT_HANDLERS")];
    this.ownHandlers = this.handlers.length;
    this.matchers = globalThis[Symbol.for("$$jest-matchers-object")].matchers;
    this.ownMatchers = new Set(Object.keys(this.matchers));
  }

  /** As if it had just been loaded. */
  anew() {
    this.circus.resetState();
    for (const key of this.states) {
      globalThis[key] = this.circus.getState();
    }
    this.handlers.length = this.ownHandlers;
    for (const name of Object.keys(this.matchers).filter((one) => !this.ownMatchers.has(one))) {
      delete this.matchers[name];
    }
    return this.initializer;
  }
}

let framework;

/** Of each module that Node has loaded, where its source map is. */
const sourceMaps = new Map();

/** Of each module that this project's have asked for, as they were loaded or later: who has, by its file. */
const askedBy = new Map();

/** Has a module's requests noted. */
function noted(module) {
  const { require: load } = module;
  module.require = (name) => {
    const file = Module._resolveFilename(name, module);
    if (path.isAbsolute(file)) {
      const known = askedBy.get(file) ?? new Set();
      askedBy.set(file, known.add(module.filename));
    }
    return load.call(module, name);
  };
}

/** Takes a module out of Node's cache, and all that may hold something of it. */
function takeOut(file, taken = new Set()) {
  if (!taken.has(file)) {
    taken.add(file);
    delete Module._cache[file];
    for (const other of askedBy.get(file) ?? []) {
      takeOut(other, taken);
    }
  }
}

/** cdktf keeps each token that there has ever been, and with it the whole stack that it is of. Their count goes on. */
function forgetTokens() {
  const { stringTokenMap, numberTokenMap } = globalThis.__cdktfTokenMap ?? {};
  stringTokenMap?.clear();
  numberTokenMap?.clear();
}

/** The suite that runs now: its runtime, and the transformer, which keeps what it has compiled on disk. */
let current;

Module._extensions[".ts"] = (module, file) => {
  const { code, sourceMapPath } = current.transformer.transform(file, TO_COMMON_JS);
  if (sourceMapPath) {
    sourceMaps.set(file, sourceMapPath);
    current.runtime.getSourceMaps().set(file, sourceMapPath);
  }
  noted(module);
  module._compile(code, file);
};

/** cdktf resolves tokens as in the bundles of the app: the tests synthesize hundreds of stacks. */
const loadJavaScript = Module._extensions[".js"];
Module._extensions[".js"] = (module, file) => {
  const quicker = withQuickerTokens(file);
  if (!file.includes(`${path.sep}node_modules${path.sep}`)) {
    noted(module);
  }
  if (quicker === undefined) {
    loadJavaScript(module, file);
  } else {
    module._compile(quicker, file);
  }
};

module.exports = class SharedModulesRuntime extends Runtime {
  constructor(config, environment, resolver, transformer, cacheFS, coverage, testPath, globalConfig) {
    super(config, environment, resolver, transformer, cacheFS, coverage, testPath, globalConfig);
    this.isShared = isShared(globalConfig);
    /** The files that have something in their place for this suite. */
    this.mocked = [];
    if (this.isShared) {
      current = { runtime: this, transformer };
      for (const [file, map] of sourceMaps) {
        this.getSourceMaps().set(file, map);
      }
      const get = (name) => () => super.requireModuleOrMock(testPath, "@jest/globals")[name];
      for (const name of GLOBALS) {
        Object.defineProperty(globalThis, name, { get: get(name), configurable: true });
      }
      this.suite = testPath;
      this.outside = { console: globalThis.console, variables: { ...process.env } };
      globalThis.console = environment.global.console;
    }
  }

  requireModule(from, name, options) {
    if (!this.isShared || options !== undefined) {
      return super.requireModule(from, name, options);
    }
    return name === undefined ? require(from) : Module.createRequire(from)(name);
  }

  /** What `jest.mock` puts in a module's place; whatever might hold something of the module is loaded anew, then and later. */
  setMock(from, name, factory, options) {
    if (!this.isShared) {
      super.setMock(from, name, factory, options);
      return;
    }
    const file = Module.createRequire(from).resolve(name);
    takeOut(file);
    this.mocked.push(file);
    const mock = new Module(file);
    mock.exports = factory();
    mock.loaded = true;
    Module._cache[file] = mock;
  }

  requireInternalModule(from, name) {
    if (!this.isShared || name !== undefined) {
      return super.requireInternalModule(from, name);
    }
    framework ??= new TestFramework(from);
    return framework.anew();
  }

  teardown() {
    if (this.outside !== undefined) {
      globalThis.console = this.outside.console;
      process.env = this.outside.variables;
      this.outside = undefined;
      // Nobody asks for a suite again, which may hold whole platforms.
      delete Module._cache[this.suite];
      module.children = module.children.filter(({ filename }) => filename !== this.suite);
      forgetTokens();
    }
    for (const file of this.mocked.splice(0)) {
      takeOut(file);
    }
    super.teardown();
  }
};
