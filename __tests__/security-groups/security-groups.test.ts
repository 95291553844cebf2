// The groups and their rules as Terraform: exactly the matrix's flows, each one standalone and described.

import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { Testing } from "cdktf";
import { modelOf } from "../../src/model/model";
import { Peer } from "../../src/model/traffic/peer";
import { Port } from "../../src/model/traffic/port";
import { GroupRule } from "../../src/security-groups/group-rule";
import { SecurityGroupRules } from "../../src/security-groups/security-group-rules";
import { SecurityGroups } from "../../src/security-groups/security-groups";
import { synthScope } from "../support/synth-scope";
import { systems } from "../support/systems";

Testing.setupJest();

const environment = systems.load("lightwave-prod");
const model = modelOf(environment);
const matrix = model.traffic;

describe("SecurityGroups", () => {
  const synth = synthScope((scope) => {
    new SecurityGroups(scope, "groups", {
      model,
      vpcId: "vpc-1",
    });
  });
  const config = JSON.parse(synth);

  it.each([
    "lightwave-django-prod-alb-sg",
    "lightwave-django-prod-ecs-sg",
    "lightwave-django-prod-postgres-sg",
    "lightwave-django-prod-redis-sg",
  ])("makes %s, with its Name tag", (name) => {
    expect(synth).toHaveResourceWithProperties(SecurityGroup, {
      name,
      vpc_id: "vpc-1",
      tags: { Name: name },
    });
  });

  it("is renamed by its Name tag alone: what EC2 cannot change stays as the group was made", () => {
    const groups = Object.values<{ lifecycle?: unknown }>(config.resource.aws_security_group);
    expect(groups.map(({ lifecycle }) => lifecycle)).toEqual(
      groups.map(() => ({ ignore_changes: ["name", "description"] })),
    );
  });

  it("writes no rule into a group", () => {
    for (const group of Object.values(config.resource.aws_security_group)) {
      expect(group).not.toHaveProperty("ingress");
      expect(group).not.toHaveProperty("egress");
    }
  });

  it("lets the Internet reach the load balancer on 80 and 443 and nothing else", () => {
    expect(Object.keys(config.resource.aws_vpc_security_group_ingress_rule)).toHaveLength(2);
    for (const [port, description] of [
      [80, "HTTP from Internet"],
      [443, "HTTPS from Internet"],
    ]) {
      expect(synth).toHaveResourceWithProperties(VpcSecurityGroupIngressRule, {
        security_group_id: "${aws_security_group.alb.id}",
        cidr_ipv4: "0.0.0.0/0",
        ip_protocol: "tcp",
        from_port: port,
        to_port: port,
        description,
      });
    }
  });

  it("lets django connect anywhere, and the others nowhere", () => {
    expect(Object.keys(config.resource.aws_vpc_security_group_egress_rule)).toHaveLength(1);
    expect(synth).toHaveResourceWithProperties(VpcSecurityGroupEgressRule, {
      security_group_id: "${aws_security_group.django.id}",
      cidr_ipv4: "0.0.0.0/0",
      ip_protocol: "-1",
    });
  });

  it("refuses to name a group that does not exist", () => {
    synthScope((scope) => {
      const groups = new SecurityGroups(scope, "groups", { model, vpcId: "vpc-1" });
      expect(groups.idOf("alb")).toEqual(expect.any(String));
      expect(() => groups.idOf("nginx")).toThrow(/no security group of "nginx"; there are alb, django/);
    });
  });
});

describe("SecurityGroupRules", () => {
  const groupIds = new Map(matrix.groups.map((group) => [group, `sg-${group}`]));
  const synth = synthScope((scope) => {
    new SecurityGroupRules(scope, "rules", { matrix, groupIds });
  });
  const config = JSON.parse(synth);

  it.each([
    ["django", "alb", 8000, "Allow ALB to Django containers"],
    ["postgres", "django", 5432, "Allow Django ECS to PostgreSQL"],
    ["redis", "django", 6379, "Allow Django ECS to Redis"],
  ])("admits to %s from %s on %i", (group, source, port, description) => {
    expect(synth).toHaveResourceWithProperties(VpcSecurityGroupIngressRule, {
      security_group_id: `sg-${group}`,
      referenced_security_group_id: `sg-${source}`,
      ip_protocol: "tcp",
      from_port: port,
      to_port: port,
      description,
    });
  });

  it("lets the load balancer out to django only", () => {
    expect(config.resource.aws_vpc_security_group_egress_rule).toEqual({
      "alb-to-django-8000-tcp": expect.objectContaining({
        security_group_id: "sg-alb",
        referenced_security_group_id: "sg-django",
        from_port: 8000,
        to_port: 8000,
        ip_protocol: "tcp",
      }),
    });
  });

  it("holds three ingress rules at addresses that read as the rules do", () => {
    expect(Object.keys(config.resource.aws_vpc_security_group_ingress_rule).sort()).toEqual([
      "django-from-alb-8000-tcp",
      "postgres-from-django-5432-tcp",
      "redis-from-django-6379-tcp",
    ]);
  });

  it("refuses a rule about a group that was not found", () => {
    expect(() =>
      synthScope((scope) => {
        new SecurityGroupRules(scope, "rules", { matrix, groupIds: new Map([["alb", "sg-1"]]) });
      }),
    ).toThrow(/no security group of "django"; there are alb/);
  });

  it("gives every rule an address of its own, also where names and ports read alike", () => {
    const tcp = (group: string, peer: string, from: number, to = from) => ({
      direction: "ingress" as const,
      group,
      peer: Peer.group(peer),
      port: Port.tcpRange(from, to),
    });
    const rules = [
      tcp("x", "y", 1, 90),
      tcp("x", "y-1", 90),
      tcp("a", "b-from-c", 80),
      tcp("a-from-b", "c", 80),
      tcp("a-to-b", "c", 80),
      { ...tcp("a", "b-from-c", 80), direction: "egress" as const },
    ].map((rule) => ({ ...rule, description: "x", holder: "django" as const, flow: "any" }));
    const ids: string[] = [];
    synthScope((scope) => {
      const groupIds = new Map(
        rules.flatMap(({ group, peer }) => [
          [group, "sg-1"],
          [peer.group, "sg-2"],
        ]),
      );
      for (const rule of rules) {
        ids.push(new GroupRule(scope, { rule, groupIds }).node.id);
      }
    });
    expect(new Set(ids).size).toBe(rules.length);
    expect(ids.slice(0, 3)).toEqual(["x-from-y-1to90-tcp", "x-from-y-1-90-tcp", "a-from-b-_from-c-80-tcp"]);
  });
});
