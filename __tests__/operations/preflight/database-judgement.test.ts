// Whether RDS takes a version where another one runs.
import { judgeVersion } from "../../../src/operations/preflight/database-judgement";

const plain = (engineVersion: string) => ({ engineVersion, allowMajorUpgrade: false });
const major = (engineVersion: string) => ({ engineVersion, allowMajorUpgrade: true });

it.each([
  [undefined, plain("17"), "pass", "it will run PostgreSQL 17"],
  ["16.4", plain("16"), "pass", "PostgreSQL 16.4 runs, and 16 is declared."],
  ["16.4", plain("16.10"), "pass", "16.10 is declared."],
  ["16.10", plain("16.9"), "fail", "RDS goes to no older version"],
  ["16.4", plain("15"), "fail", "RDS goes to no older version"],
  ["16.4", major("15"), "fail", "RDS goes to no older version"],
  ["16.4", plain("17"), "fail", "RDS refuses it without database.allowMajorUpgrade"],
  ["16.4", major("17"), "pass", "PostgreSQL 16.4 becomes 17 during the deployment"],
  ["17.2", major("17"), "pass", "database.allowMajorUpgrade can be removed."],
])("from %s to %p: %s", (live, wanted, status, words) => {
  const finding = judgeVersion(live, wanted);
  expect(finding.status).toBe(status);
  expect(finding.detail).toContain(words);
});
