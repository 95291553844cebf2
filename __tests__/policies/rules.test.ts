// Every policy finds what it is there for, at the right address, and nothing in a stack that keeps its rule.

import { Testing } from "cdktf";
import { modelOf } from "../../src/model/model";
import { synthesizedPlatform } from "../../src/policies/check-policies";
import { loadPolicies } from "../../src/policies/registry";
import type { EnvironmentInput } from "../../src/schema/environment";
import { defineEnvironment } from "../../src/validation/define-environment";
import { accessCases } from "./cases/access";
import { containerCases } from "./cases/containers";
import { dataStoreCases } from "./cases/data-stores";
import { governanceCases } from "./cases/governance";
import { loadBalancerCases } from "./cases/load-balancer";
import { networkCases } from "./cases/network";
import type { PolicyCases } from "./cases/policy-case";
import { secretCases } from "./cases/secrets";
import { storageCases } from "./cases/storage";

const cases: PolicyCases = {
  ...networkCases,
  ...dataStoreCases,
  ...loadBalancerCases,
  ...containerCases,
  ...accessCases,
  ...storageCases,
  ...secretCases,
  ...governanceCases,
};

const shop: EnvironmentInput = {
  name: "shop",
  region: "us-east-1",
  network: { cidr: "10.0.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"] },
  services: { web: { image: "shop/web:1.0.0", cpu: 256, memory: 512 } },
};

const policies = new Map(loadPolicies().map((policy) => [policy.id, policy]));

it("every policy has its cases here, and every case its policy", () => {
  expect(Object.keys(cases).sort()).toEqual([...policies.keys()]);
});

describe.each(Object.entries(cases))("%s", (id, { fires, silent, trees, environment, strays = [] }) => {
  const model = modelOf(defineEnvironment({ ...shop, ...environment }));
  const policy = policies.get(id);
  const empty = () => Testing.app();

  it.each(
    fires.map(([config, ...findings], index) => ({
      config,
      findings,
      index,
      places: findings.flat().join(": "),
    })),
  )("finds in $index: $places", ({ config, findings }) => {
    const tree = (trees?.fires ?? empty)();
    const files = strays.map((file) => ({ stack: "test", file }));
    const platform = synthesizedPlatform(model, tree, { test: config }, files);
    const found = [...(policy?.check(platform) ?? [])];
    expect(found).toEqual(findings.map(([address, problem]) => ({ stack: "test", address, problem })));
    expect(found).not.toEqual([]);
  });

  it.each(silent.map((config, index) => ({ config, index })))("finds nothing in $index", ({ config }) => {
    const tree = (trees?.silent ?? empty)();
    expect([...(policy?.check(synthesizedPlatform(model, tree, { test: config })) ?? ["none"])]).toEqual([]);
  });
});
