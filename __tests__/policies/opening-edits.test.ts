// Whatever opens a composed app by another way than a rule fails its synth: tried one by one, and counted by kind.
import { TerraformStack, Testing } from "cdktf";
import type { Environment } from "../../src/model/environment";
import { modelOf } from "../../src/model/model";
import { checkPolicies, synthesizedPlatform } from "../../src/policies/check-policies";
import type { Policy } from "../../src/policies/policy";
import bucketsEncrypted from "../../src/policies/rules/buckets-encrypted";
import bucketsPrivate from "../../src/policies/rules/buckets-private";
import bucketsTlsOnly from "../../src/policies/rules/buckets-tls-only";
import noAdminPolicies from "../../src/policies/rules/no-admin-policies";
import passRoleNarrow from "../../src/policies/rules/pass-role-narrow";
import resourcePoliciesNarrow from "../../src/policies/rules/resource-policies-narrow";
import trafficReadable from "../../src/policies/rules/traffic-readable";
import { trafficDisagreements } from "../../src/policies/traffic-agreement";
import type { TerraformConfigs } from "../../src/reachability/terraform-config";
import { addPlatform } from "../../src/stacks/platform";
import { ACCESS_EDITS } from "../support/access-edits";
import { allOptions } from "../support/all-options";
import { GUARDS, refusals } from "../support/guards";
import { type OpeningEdit, openingEdits } from "../support/opening-edits";
import type { MutableConfigs } from "../support/random-edits";
import { systems } from "../support/systems";

/** What has to do with who reaches whom: the rest would only be copied and read for every edit. */
const CONCERNED =
  /^aws_(vpc|subnet|route|internet_gateway|nat_gateway|network_acl|.*security_group|lb$|ecs_service|db_(instance|subnet)|efs_|elasticache_(replication|subnet)|wafv2_web_acl)/;

/** What stands beside resources, and decides nothing of what they are. */
const ASIDE = ["moved", "check", "validation"];

/** What has to do with what is stored, and with who may do what. */
const STORED = /^aws_(s3_bucket|iam_role)/;

/** Those that stand before it. */
const ACCESS_GUARDS: readonly Policy[] = [
  bucketsPrivate,
  bucketsEncrypted,
  bucketsTlsOnly,
  resourcePoliciesNarrow,
  noAdminPolicies,
  passRoleNarrow,
];

/** Every stack of the app, and an empty one as a team adds it. */
function composed(environment: Environment, concerned = CONCERNED): string {
  const app = Testing.app();
  addPlatform(app, environment);
  new TerraformStack(app, "own");
  const stacks = app.node.findAll().filter(TerraformStack.isStack);
  for (const stack of stacks) stack.prepareStack();
  const configs = Object.fromEntries(stacks.map((stack) => [stack.node.id, stack.toTerraform()]));
  return JSON.stringify(configs, (key, value) =>
    (/^aws_/.test(key) && !concerned.test(key)) || ASIDE.includes(key) ? undefined : value,
  );
}

/** The edits that nothing refuses; prints how many were, by kind. */
function missedOf(
  edits: readonly OpeningEdit[],
  name: string,
  text: string,
  refused: (configs: TerraformConfigs) => readonly string[],
): string[] {
  const counts = new Map<string, { tried: number; caught: number }>();
  const missed: string[] = [];
  for (const { kind, what, apply } of edits) {
    const configs: MutableConfigs & TerraformConfigs = JSON.parse(text);
    apply(configs);
    const count = counts.get(kind) ?? { tried: 0, caught: 0 };
    const caught = refused(configs).length > 0;
    counts.set(kind, { tried: count.tried + 1, caught: count.caught + (caught ? 1 : 0) });
    if (!caught) missed.push(`${kind}: ${what}`);
  }
  const lines = [...counts].map(([kind, { tried, caught }]) => `  ${tried} tried, ${caught} caught: ${kind}`);
  process.stdout.write(`Edits that open ${name}:\n${lines.join("\n")}\n`);
  return missed;
}

describe("what is stored, and what roles may do", () => {
  const model = modelOf(allOptions);
  const text = composed(allOptions, STORED);
  const findings = (configs: TerraformConfigs) =>
    ACCESS_GUARDS.flatMap((policy) => [
      ...policy.check(synthesizedPlatform(model, Testing.app(), configs)),
    ]).map(({ address, problem }) => `${address}: ${problem}`);

  it("is in order as it is", () => {
    expect(findings(JSON.parse(text))).toEqual([]);
  });

  it("is refused after each edit that lets somebody in, or a role do more", () => {
    expect(missedOf(ACCESS_EDITS, "what is stored", text, findings)).toEqual([]);
    expect(ACCESS_EDITS.length).toBeGreaterThan(40);
  });
});

describe.each([
  ["lightwave-prod", systems.load("lightwave-prod"), "lightwave-django-prod-alb-sg"],
  // How a group is named does not depend on the options.
  ["every option", allOptions, undefined],
])("the composed app of %s", (name, environment, group) => {
  const model = modelOf(environment);
  const text = composed(environment);
  const edits = openingEdits(group);

  it("is in order as it is", () => {
    expect(refusals(model, JSON.parse(text), GUARDS)).toEqual([]);
  });

  it("is refused after each edit that opens something", () => {
    const missed = missedOf(edits, name, text, (configs) => refusals(model, configs, GUARDS));
    expect(missed).toEqual([]);
    expect(edits.length).toBeGreaterThan(group === undefined ? 80 : 200);
  });

  it("shows whom a network load balancer without groups lets in", () => {
    const configs: TerraformConfigs = {
      ...JSON.parse(text),
      own: { resource: { aws_lb: { entrance: { load_balancer_type: "network" } } } },
    };
    expect(refusals(model, configs, GUARDS)).toContain(
      "internet -> own/aws_lb.entrance all gets through, which no flow allows",
    );
    // Where the database admits the VPC's addresses, the load balancer is at one of them.
    const isOpen = environment.database?.ingressFromVpc === true;
    expect(
      refusals(model, configs, GUARDS).includes(
        "own/aws_lb.entrance -> postgres 5432/tcp gets through, which no flow allows",
      ),
    ).toBe(isOpen);
  });

  it("accepts what cannot be told where the environment does, by its address", () => {
    const configs: TerraformConfigs = {
      ...JSON.parse(text),
      own: { resource: { aws_instance: { bastion: { vpc_security_group_ids: ["sg-0123456789abcdef0"] } } } },
    };
    const suppress = [
      {
        policy: "traffic-readable",
        resource: "own/aws_instance.bastion",
        reason: "A group of the network team",
      },
    ];
    const accepting = { ...environment, policies: { suppress } };
    const platform = synthesizedPlatform({ ...model, environment: accepting }, Testing.app(), configs);
    expect(trafficDisagreements(model, platform.configs)).toEqual([]);
    const { findings, suppressed } = checkPolicies(platform, [trafficReadable]);
    expect(findings).toEqual([]);
    expect(suppressed.map(({ finding }) => finding.address)).toEqual(["aws_instance.bastion"]);
  });
});
