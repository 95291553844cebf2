// Jest's environment for suites whose modules Node itself loads: a worker has one. A new one for each suite, a V8 context with
// a copy of Node's globals in which nothing would run, was a third of the time that Jest itself spends on a suite.
const { TestEnvironment } = require("jest-environment-node");
const { isShared } = require("./shared-modules.js");

class SharedEnvironment extends TestEnvironment {
  constructor(config, context) {
    super(config, context);
    // Jest would wrap its `exit` once more for each suite. Tests have Node's own.
    delete this.global.process;
  }

  /** What a suite spied on is for the next what it was. */
  async teardown() {
    this.moduleMocker.restoreAllMocks();
  }
}

let ofWorker;

/** Jest makes one with `new` for each suite. */
module.exports = function environmentOf(config, context) {
  if (!isShared(config.globalConfig)) {
    return new TestEnvironment(config, context);
  }
  ofWorker ??= new SharedEnvironment(config, context);
  return ofWorker;
};
