// Members of a team's own: declared in the environment, made by its code, and held to the same proof as the platform's.
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { OpensearchDomain } from "@cdktf/provider-aws/lib/opensearch-domain";
import { DataTerraformRemoteStateLocal, TerraformStack, Testing } from "cdktf";
import { modelOf } from "../../src/model/model";
import { viewOf } from "../../src/model/traffic/traffic-view";
import type { EnvironmentInput } from "../../src/schema/environment";
import type { DjangoStack } from "../../src/stacks/django";
import { addPlatform } from "../../src/stacks/platform";
import { BaseStack } from "../../src/terraform/base-stack";
import { defineEnvironment } from "../../src/validation/define-environment";

const input: EnvironmentInput = {
  name: "shop",
  region: "eu-central-1",
  network: { cidr: "10.80.0.0/16", availabilityZones: ["eu-central-1a", "eu-central-1b"] },
  services: { web: { image: "shop/web:1.0.0", port: 8000, cpu: 256, memory: 512, egress: [] } },
  dns: { domain: "shop.example.com" },
  extraMembers: { search: { label: "OpenSearch", tier: "data" } },
  extraFlows: [{ source: "web", destination: "search", port: 443, description: "full-text search" }],
};

const domain = (django: DjangoStack, group: string) =>
  new OpensearchDomain(django, "search", {
    domainName: "shop",
    vpcOptions: {
      subnetIds: [...django.network.dataSubnetIds],
      securityGroupIds: [django.groups.idOf(group)],
    },
  });

function synthesized(extend: (django: DjangoStack) => void, changes: Partial<EnvironmentInput> = {}) {
  const app = Testing.app();
  const platform = addPlatform(app, defineEnvironment({ ...input, ...changes }));
  extend(platform.django);
  return { ...platform, problems: app.node.validate() };
}

describe("an extra member", () => {
  const { django, securityGroupRules, problems } = synthesized((stack) => domain(stack, "search"));

  it("is accepted where it is in its group, and nothing else is open", () => {
    expect(problems).toEqual([]);
  });

  it("has a group in the stack django, named as the others are", () => {
    expect(Object(django.toTerraform()).resource.aws_security_group.search).toMatchObject({
      name: "shop-search-sg",
      tags: { Name: "shop-search-sg" },
    });
  });

  it("has the rules of its flows in the rules stack, with the reason that was given", () => {
    const { resource, data } = Object(securityGroupRules.toTerraform());
    const rules = [
      ...Object.values<Record<string, unknown>>(resource.aws_vpc_security_group_ingress_rule),
      ...Object.values<Record<string, unknown>>(resource.aws_vpc_security_group_egress_rule),
    ].filter(({ description }) => description === "full-text search");
    expect(rules).toEqual([
      expect.objectContaining({ from_port: 443, to_port: 443, ip_protocol: "tcp" }),
      expect.objectContaining({ from_port: 443, to_port: 443, ip_protocol: "tcp" }),
    ]);
    expect(JSON.stringify(data.aws_security_group)).toContain("shop-search-sg");
  });

  it("is let through the network ACL of the data subnets, where it is in them", () => {
    const { dataSubnetAcl } = modelOf(defineEnvironment(input));
    for (const cidr of ["10.80.64.0/21", "10.80.72.0/21"]) {
      const port = { protocol: "tcp", from: 443, to: 443 };
      expect(dataSubnetAcl).toContainEqual(expect.objectContaining({ direction: "ingress", cidr, port }));
    }
  });

  it("stands in the tables as the others do", () => {
    const { allowed, denied, stores } = viewOf(modelOf(defineEnvironment(input)).traffic);
    expect(allowed).toContainEqual(
      expect.objectContaining({ source: "web", destination: "search", description: "full-text search" }),
    );
    expect(denied).toContainEqual(expect.objectContaining({ source: "internet", destination: "search" }));
    expect(stores).toEqual(["search"]);
  });

  it("may have another name for its group", () => {
    const { names } = defineEnvironment({
      ...input,
      names: { securityGroups: { search: "opensearch" } },
    });
    expect(names.securityGroups.search).toBe("opensearch");
  });
});

describe("the proof", () => {
  it("misses what the environment declares and no code makes", () => {
    expect(synthesized(() => undefined).problems).toContain(
      'Nothing is in the security group of "search" (shop-search-sg)',
    );
  });

  it("refuses another member in its place, and it in another's", () => {
    expect(synthesized((django) => domain(django, "web")).problems).toContainEqual(
      expect.stringMatching(
        /^django\/aws_opensearch_domain\.search is in shop-ecs-web-sg; the environment puts/,
      ),
    );
  });

  it.each([
    ["search", []],
    [
      "web",
      ["reference", "output"].map(
        (id) =>
          `own/aws_opensearch_domain.${id} is in shop-ecs-web-sg; the environment puts "own/aws_opensearch_domain.${id}" in no group`,
      ),
    ],
  ])("is known in a stack of one's own, too, by the output that names its group: %s", (group, expected) => {
    const { problems } = synthesized((platform) => {
      const own = new BaseStack(platform.node.root, "own", {
        region: "eu-central-1",
        tags: {},
        state: { backend: "local" },
        stateName: "shop",
      });
      const state = new DataTerraformRemoteStateLocal(own, "platform", {
        path: "../../../terraform.shop.django.tfstate",
      });
      for (const [id, securityGroupId] of [
        ["reference", platform.groups.idOf(group)],
        [
          "output",
          `\${data.terraform_remote_state.${state.friendlyUniqueId}.outputs.security_group_ids.${group}}`,
        ],
      ] as const) {
        new OpensearchDomain(own, id, {
          domainName: "shop",
          vpcOptions: { securityGroupIds: [securityGroupId] },
        });
      }
      for (const stack of platform.node.root.node.findAll().filter(TerraformStack.isStack))
        stack.prepareStack();
    });
    expect(
      problems.filter((problem) => /own\/aws_opensearch_domain.*(is in|cannot be told)/.test(problem)),
    ).toEqual(expected);
  });

  it("takes several resources of one member for one", () => {
    const { problems } = synthesized(
      (django) => {
        for (const id of ["one", "two"]) {
          new Instance(django, id, {
            ami: "ami-0123456789abcdef0",
            instanceType: "t3.micro",
            metadataOptions: { httpTokens: "required" },
            vpcSecurityGroupIds: [django.groups.idOf("search")],
          });
        }
      },
      { extraFlows: [{ source: "search", destination: "internet", port: 443, description: "updates" }] },
    );
    expect(problems).toEqual([]);
  });
});

describe("an environment refuses", () => {
  const refused = (changes: Partial<EnvironmentInput>) => {
    try {
      defineEnvironment({ ...input, ...changes });
    } catch (error) {
      return String(error);
    }
    return "";
  };

  it.each(["web", "postgres", "internet"])("the key %s, which is taken", (key) => {
    expect(refused({ extraMembers: { [key]: { tier: "data" } }, extraFlows: [] })).toContain(
      `extraMembers.${key}: "${key}"\n    Choose another key: alb, postgres, redis, endpoints, internet, waf, web are taken.`,
    );
  });

  it("a flow to a member that is not there, with the nearest one that is", () => {
    expect(
      refused({ extraFlows: [{ source: "web", destination: "serch", port: 443, description: "search" }] }),
    ).toContain('"search"');
  });

  it("a way in from outside to where nothing outside gets", () => {
    expect(
      refused({
        extraMembers: { jobs: { tier: "private" } },
        extraFlows: [{ source: "internet", destination: "jobs", port: 443, description: "webhooks" }],
      }),
    ).toContain('Nothing outside reaches the private subnets that "jobs" is in: let a member send it on.');
    expect(
      refused({
        extraMembers: { bastion: { tier: "public" } },
        extraFlows: [{ source: "internet", destination: "bastion", port: 443, description: "webhooks" }],
      }),
    ).toBe("");
  });

  it("a tier that there is not", () => {
    expect(refused({ extraMembers: JSON.parse('{ "search": { "tier": "dat" } }') })).toContain(
      'Choose "public" or "private" or "data".',
    );
  });
});
