// Whether the suites of a worker share what they load: under `--watch` and `--coverage` each has Jest's own loading.

/** @param globalConfig Jest's, of the whole run */
exports.isShared = ({ collectCoverage, watch, watchAll }) => !(collectCoverage || watch || watchAll);
