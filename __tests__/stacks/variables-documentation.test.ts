// docs/terraform.md lists the variables of all stacks.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../../src/model/environment";
import { VARIABLES } from "../../src/model/variables";
import { withVariableTable } from "../../tools/reference/variable-table";
import { allOptions } from "../support/all-options";
import { childOf } from "../support/child-module";
import { allConfigs } from "../support/platform-configs";
import { systems } from "../support/systems";

const page = readFileSync(join(__dirname, "..", "..", "docs", "terraform.md"), "utf8");

it("docs/terraform.md is as npm run docs writes it", () => {
  expect(withVariableTable(page)).toBe(page);
  expect(page).toContain(
    "| `alarm_email_addresses` | `list(string)` | Who gets an e-mail of alarms | e-mail addresses, each once; at least one where the " +
      "environment names any | with `monitoring` |",
  );
});

interface Variable {
  readonly name: string;
  readonly type: string;
  readonly hasDefault: boolean;
  readonly description: string;
}

/** The variables of all stacks of an environment. */
function variablesOf(environment: Environment): Variable[] {
  return Object.values(allConfigs(environment)).flatMap(({ variable }) =>
    Object.entries<{ type: string; description: string }>(Object(variable)).map(([name, each]) => ({
      name,
      type: each.type.replace(/^object\(.*/, "object"),
      hasDefault: "default" in each,
      description: each.description,
    })),
  );
}

/** The row of a variable: of its name, or of what its name ends in. */
function rowOf(name: string): string | undefined {
  return Object.keys(VARIABLES).find((row) =>
    new RegExp(`^${row.replace(/<\w+>/, "[a-z0-9_]+")}$`).test(name),
  );
}

/** The only thing of which no system has one. */
const lightwave = systems.load("lightwave-prod");
const withZone: Environment = {
  ...lightwave,
  ...(lightwave.dns && { dns: { ...lightwave.dns, hostedZoneName: "lightwave-media.ltd" } }),
};

const environments = [...systems.names().map((name) => systems.load(name)), allOptions, withZone];
const roots = environments.flatMap(variablesOf);
const children = environments.map(childOf).flatMap(variablesOf);

it("has a row of the right type for every variable, and no row of none", () => {
  for (const { name, type, description } of [...roots, ...children]) {
    const row = rowOf(name) ?? "no row";
    expect([name, VARIABLES[row]?.type]).toEqual([name, type]);
    expect(description).not.toBe("");
  }
  expect([...new Set(children.map(({ name }) => rowOf(name)))].sort()).toEqual(Object.keys(VARIABLES).sort());
});

it("says of which a child module alone has none by default", () => {
  expect(roots.filter(({ hasDefault }) => !hasDefault)).toEqual([]);
  const ofRoots = new Set(roots.map(({ name }) => rowOf(name)));
  for (const [row, { when }] of Object.entries(VARIABLES)) {
    expect([row, ofRoots.has(row)]).toEqual([row, !/\bchild module\b/.test(when)]);
  }
});
