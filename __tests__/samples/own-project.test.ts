// The example's own resources, held to the policies and the proof, and the page that quotes it; as a package it is tested elsewhere.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { TerraformStack, Testing } from "cdktf";
import shop from "../../examples/own-project/environments/shop-prod";
import { extend } from "../../examples/own-project/extend";
import { addPlatform, EnvironmentStack, type Platform } from "../../src";

function problems(more: (platform: Platform) => void = () => undefined): string[] {
  const app = Testing.app();
  const platform = addPlatform(app, shop);
  extend(platform);
  more(platform);
  // As a synth begins: only now does what one stack names of another become an output of that one's.
  for (const stack of app.node.findAll().filter(TerraformStack.isStack)) stack.prepareStack();
  return app.node.validate();
}

it("keeps to the policies, adds no traffic, and says what CI needs", () => {
  expect(problems()).toEqual([]);
});

describe("own code that opens something", () => {
  it("by a rule is refused by the proof", () => {
    const found = problems(({ django }) => {
      new VpcSecurityGroupIngressRule(django, "open", {
        securityGroupId: django.groups.idOf("web"),
        ipProtocol: "tcp",
        fromPort: 8000,
        toPort: 8000,
        cidrIpv4: "0.0.0.0/0",
        description: "Everybody",
      });
    });
    expect(found).toContainEqual(
      expect.stringMatching(
        /ingress_rule\.open allows shop-prod-ecs-web-sg <- internet 8000\/tcp, which is no flow/,
      ),
    );
  });

  it("by standing in a member's group, in whichever stack, is refused by the proof", () => {
    const found = problems(({ app, environment, django }) => {
      new Instance(new EnvironmentStack(app, "other", { environment }), "jump-host", {
        ami: "ami-0123456789abcdef0",
        instanceType: "t3.micro",
        vpcSecurityGroupIds: [django.groups.idOf("postgres")],
      });
    });
    expect(found).toContainEqual(expect.stringMatching(/^other\/aws_instance\.jump_host is in /));
  });
});

it("is refused where it adds a resource that CI may do nothing with", () => {
  const found = problems(({ django }) => {
    new SnsTopic(django, "orders", { name: "shop-orders", kmsMasterKeyId: "alias/orders" });
  });
  expect(found).toContainEqual(expect.stringContaining("CI may do nothing with aws_sns_topic"));
});

describe("docs/extending.md", () => {
  const root = join(__dirname, "..", "..");
  const page = readFileSync(join(root, "docs", "extending.md"), "utf8");
  const quoted = [...page.matchAll(/\]\(\.\.\/(examples\/own-project\/[^)]+)\):\n\n```\w+\n(.*?)```/gs)].map(
    ([, file = "", code = ""]): [string, string] => [file, code],
  );

  it.each(quoted)("quotes %s as it stands", (file, code) => {
    expect(readFileSync(join(root, file), "utf8")).toContain(code.trim());
  });

  it("has no TypeScript that is not quoted", () => {
    expect(quoted.length).toBeGreaterThan(3);
    expect(page.match(/```ts\n/g)).toHaveLength(quoted.filter(([file]) => file.endsWith(".ts")).length);
  });
});
