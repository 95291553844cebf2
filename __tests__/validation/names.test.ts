// Names that an environment gives: of things that are there, once each.
import type { EnvironmentInput } from "../../src/schema/environment";
import { defineEnvironment } from "../../src/validation/define-environment";
import { problemsIn } from "../support/problems";

const base = {
  name: "shop",
  region: "eu-west-1",
  network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
  services: { web: { image: "shop/web:1.0.0", port: 8000, cpu: 256, memory: 512 } },
} as const satisfies EnvironmentInput;

function problemsOf(changes: Partial<EnvironmentInput>): string[] {
  return problemsIn({ ...base, ...changes }).map(({ path, value, remedy }) => `${path}: ${value} ${remedy}`);
}

it("are taken as they are given", () => {
  const names = {
    databaseSecret: "shop/db/PASSWORD",
    flowLogs: "/aws/vpc/shop",
    webAcl: "shop-waf",
    alarms: { "web/failed-logins": "shop-failed-logins" },
  };
  const database = { credentials: "secrets-manager" } as const;
  expect(defineEnvironment({ ...base, names, database }).names).toMatchObject(names);
  expect(defineEnvironment({ ...base, names: { secrets: "vault" }, database }).names).toMatchObject({
    databaseSecret: "vault/database",
    flowLogs: "/vpc/shop/flow-logs",
    webAcl: "shop",
    alarms: {},
  });
});

it.each([
  ["a database whose password RDS keeps", { database: {} }],
  ["no database", {}],
])("say that RDS names its secret itself: %s", (_what, changes) => {
  expect(problemsOf({ ...changes, names: { databaseSecret: "shop/db/PASSWORD" } })).toEqual([
    'names.databaseSecret: "shop/db/PASSWORD" Remove it, or set database.credentials to "secrets-manager": of a password that ' +
      "RDS keeps, RDS names the secret itself.",
  ]);
});

it("of alarms are those of alarms that there are, and none of two", () => {
  expect(problemsOf({ names: { alarms: { "web/failed-logins": "shop", "web/errors": "shop" } } })).toEqual([
    'names.alarms.web/errors: "shop" Choose another name: the alarm "web/failed-logins" has it, and CloudWatch would have one of a ' +
      "name write over the other.",
  ]);
  expect(problemsOf({ names: { alarms: { "job/errors": "shop-errors" } } })).toEqual([
    'names.alarms.job/errors: "job/errors" There is no alarm "job/errors"; did you mean "web/errors"?',
  ]);
});
