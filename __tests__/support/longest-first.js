// The order of suites on a machine that has run none of them: those that take longest begin first, or one of them would go on
// alone at the end. Jest goes by the sizes of the files otherwise, which say little here.
const { default: Sequencer } = require("@jest/test-sequencer");

const LONGEST = [
  ...[
    "operations",
    "documented-systems",
    "field-changes",
    "database-password",
    "restore",
    "all-options",
    "next-stack",
    "variables",
    "mishaps",
    "service-changes",
    "ci-access",
    "setups",
    "modules",
    "database-user",
    "leave-typescript",
    "second-deployment",
    "demo",
    "remote-state",
  ].map((suite) => `e2e/${suite}`),
  ...["policies/traffic-agreement", "validation/define-environment", "checklist/checklist", "ci/ci-access"],
  ...["policies/opening-edits", "field-changes/rows", "terraform/hcl/render", "cli/ops"],
];

function rank({ path }) {
  const at = LONGEST.findIndex((name) => path.endsWith(`/__tests__/${name}.test.ts`));
  return at === -1 ? LONGEST.length : at;
}

module.exports = class LongestFirst extends Sequencer {
  sort(tests) {
    return [...super.sort(tests)].sort((a, b) => rank(a) - rank(b));
  }
};
