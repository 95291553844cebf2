// .ci/run does all that package.json has to check with, and the workflow gives it what it needs.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { scripts } from "../../package.json";
import { ROWS } from "../django/support/rows";

const read = (...path: readonly string[]) => readFileSync(join(__dirname, "..", "..", ...path), "utf8");
const run = read(".ci", "run");

/** The commands of its steps, in their order; of one that goes on beside others, where it begins. */
const steps = [...run.matchAll(/^(?:step|begin) "[^"]+" (.+)$/gm)].map(([, command]) => command);

it("runs every script that tests or checks something", () => {
  const checks = Object.keys(scripts).filter((name) => /^(test|lint|typecheck|bench)/.test(name));
  expect(checks).toContain("test:django");
  const missing = checks.filter(
    (name) => !steps.some((step) => step?.replace(/^as_root /, "").replace(/^npm (run )?/, "") === name),
  );
  expect(missing).toEqual([]);
});

it("waits for whatever it has begun", () => {
  const begun = [...run.matchAll(/^begin ("[^"]+")/gm)].map(([, name]) => name);
  expect(begun.length).toBeGreaterThan(0);
  for (const name of begun) expect(run).toMatch(new RegExp(`^step "[^"]+" end ${name}$`, "m"));
});

it("runs nothing outside of a step but what it needs to begin", () => {
  expect(run.match(/^npm .*$/gm)).toBeNull();
});

it("as root runs the Django example alone", () => {
  expect(steps.filter((step) => step?.startsWith("as_root"))).toEqual(["as_root npm run test:django"]);
});

it("names the Python of the row that it tests, and the workflow has it", () => {
  const { python } = ROWS["django-5.2"];
  expect(run).toContain(`python${python}-venv`);
  expect(read(".github", "workflows", "ci.yml")).toContain(`python-version: "${python}"`);
});

it("installs the emulator of the version that CONTRIBUTING.md names", () => {
  const [version] = /moto\[server\]==[\d.]+/.exec(run) ?? [];
  expect(read("CONTRIBUTING.md")).toContain(`pip install '${version}'`);
});
