// Jest's runtime, but Node itself loads the modules of a test, and what a suite shares with others (src, the packages, this
// folder) once a worker. Loading all of it for each of 120 suites, and running it cold, was two thirds of the time of all
// tests. A suite that mocks modules has Jest's own loading, as has every suite under `--watch` and `--coverage`.
const Module = require("node:module");
const vm = require("node:vm");
const { default: Runtime } = require("jest-runtime");
const { withQuickerTokens } = require("../../tools/programs/quicker-tokens.mjs");

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

/** String, Error, Map, ...: what belongs to the language and can be made, or asked about, with a constructor. */
const BUILT_INS = vm
  .runInNewContext("Object.getOwnPropertyNames(globalThis)")
  .filter((name) => typeof globalThis[name] === "function" && /^[A-Z]/.test(name));

/**
 * What Jest itself reads to compare and to print, which keeps nothing of a suite: loading it anew for each was a quarter of the
 * time of all tests. What keeps something (circus, expect, snapshots) stays each suite's own.
 */
const JESTS_OWN = new Set([
  "@jest/expect-utils",
  "@jest/get-type",
  "@jest/snapshot-utils",
  "dedent",
  "graceful-fs",
  "jest-diff",
  "jest-each",
  "jest-matcher-utils",
  "jest-message-util",
  "jest-util",
  "pretty-format",
  "pure-rand",
  "slash",
  "stack-utils",
]);

/** Of each module that Node has loaded, where its source map is. */
const sourceMaps = new Map();

/** The suite that runs now: its runtime, and the transformer, which keeps what it has compiled on disk. */
let current;

Module._extensions[".ts"] = (module, file) => {
  const { code, sourceMapPath } = current.transformer.transform(file, TO_COMMON_JS);
  if (sourceMapPath) {
    sourceMaps.set(file, sourceMapPath);
    current.runtime.getSourceMaps().set(file, sourceMapPath);
  }
  module._compile(code, file);
};

/** cdktf resolves tokens as in the bundles of the app: the tests synthesize hundreds of stacks. */
const loadJavaScript = Module._extensions[".js"];
Module._extensions[".js"] = (module, file) => {
  const quicker = withQuickerTokens(file);
  if (quicker === undefined) {
    loadJavaScript(module, file);
  } else {
    module._compile(quicker, file);
  }
};

module.exports = class SharedModulesRuntime extends Runtime {
  constructor(config, environment, resolver, transformer, cacheFS, coverage, testPath, globalConfig) {
    // Before Jest's constructor, which forgets the text.
    const mocksModules = /\bjest\.mock\(/.test(cacheFS.get(testPath));
    super(config, environment, resolver, transformer, cacheFS, coverage, testPath, globalConfig);
    this.isShared = !(
      mocksModules ||
      coverage.collectCoverage ||
      globalConfig.watch ||
      globalConfig.watchAll
    );
    if (this.isShared) {
      current = { runtime: this, transformer };
      for (const [file, path] of sourceMaps) {
        this.getSourceMaps().set(file, path);
      }
      // Else Jest's own `expect.any(String)` would not know the String of a test.
      for (const name of BUILT_INS) {
        environment.global[name] = globalThis[name];
      }
      const get = (name) => () => super.requireModuleOrMock(testPath, "@jest/globals")[name];
      for (const name of GLOBALS) {
        Object.defineProperty(globalThis, name, { get: get(name), configurable: true });
      }
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

  requireInternalModule(from, name) {
    return this.isShared && JESTS_OWN.has(name)
      ? Module.createRequire(from)(name)
      : super.requireInternalModule(from, name);
  }

  teardown() {
    if (this.outside !== undefined) {
      globalThis.console = this.outside.console;
      process.env = this.outside.variables;
      this.outside = undefined;
    }
    super.teardown();
  }
};
