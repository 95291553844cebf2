// A platform as the account has it, written by hand: everything as lightwave-prod declares it.

import { modelOf } from "../../../src/model/model";
import type { DiscoveredGroup } from "../../../src/operations/discovery/discover";
import type { LivePeer, LiveRule } from "../../../src/operations/live/security-groups";
import { systems } from "../../support/systems";

export const environment = systems.load("lightwave-prod");
export const model = modelOf(environment);
export const matrix = model.traffic;

export const groupIds = new Map([
  ["alb", "sg-alb"],
  ["django", "sg-django"],
  ["postgres", "sg-postgres"],
  ["redis", "sg-redis"],
]);

/** A group whose resource is in it, unless told otherwise. */
export function discovered(group: string, facts: Partial<DiscoveredGroup> = {}): DiscoveredGroup {
  return {
    member: model.members.get(group),
    group,
    name: `lightwave-django-prod-${group}-sg`,
    tagged: [`sg-${group}`],
    resource: `resource of ${group}`,
    attached: [`sg-${group}`],
    findings: [],
    ...facts,
  };
}

export const groups = ["alb", "django", "postgres", "redis"].map((group) => discovered(group));

export const fromGroup = (groupId: string): LivePeer => ({ kind: "group", groupId });
export const fromBlock = (cidr: string): LivePeer => ({ kind: "cidr", cidr });

/** An ingress rule for TCP, unless told otherwise. */
export function liveRule(
  id: string,
  groupId: string,
  peer: LivePeer,
  [fromPort, toPort]: readonly [number, number],
  rest: Partial<LiveRule> = {},
): LiveRule {
  return {
    id,
    groupId,
    direction: "ingress",
    protocol: "tcp",
    fromPort,
    toPort,
    peer,
    description: "",
    ...rest,
  };
}

export const declaredRules: readonly LiveRule[] = [
  liveRule("sgr-http", "sg-alb", fromBlock("0.0.0.0/0"), [80, 80], { description: "HTTP from Internet" }),
  liveRule("sgr-https", "sg-alb", fromBlock("0.0.0.0/0"), [443, 443], { description: "HTTPS from Internet" }),
  liveRule("sgr-alb-out", "sg-alb", fromGroup("sg-django"), [8000, 8000], {
    direction: "egress",
    description: "Allow ALB to Django containers",
  }),
  liveRule("sgr-django", "sg-django", fromGroup("sg-alb"), [8000, 8000], {
    description: "Allow ALB to Django containers",
  }),
  liveRule("sgr-out", "sg-django", fromBlock("0.0.0.0/0"), [-1, -1], {
    direction: "egress",
    protocol: "-1",
    description: "All outbound from Django",
  }),
  liveRule("sgr-postgres", "sg-postgres", fromGroup("sg-django"), [5432, 5432], {
    description: "Allow Django ECS to PostgreSQL",
  }),
  liveRule("sgr-redis", "sg-redis", fromGroup("sg-django"), [6379, 6379], {
    description: "Allow Django ECS to Redis",
  }),
];
