// Whether what a deployment adds fits, typed out.

import type { LiveRule } from "../../../src/operations/live/security-groups";
import { fullestGroup, judgeQuota, QUOTAS } from "../../../src/operations/preflight/quotas-judgement";
import type { ComparedRule } from "../../../src/operations/rules/compare";

describe("a quota", () => {
  const facts = { region: "us-east-1", limit: 5 };

  it.each([
    [3, 2, "pass"],
    [5, 0, "pass"],
    [4, 2, "fail"],
    // Over it already, as when a quota was taken back; nothing can be added, but nothing is.
    [6, 0, "fail"],
  ])("of 5 with %d used and %d needed: %s", (used, needed, status) => {
    expect(judgeQuota(QUOTAS.vpcs, { ...facts, used, needed }).status).toBe(status);
  });

  it("says how full it is, and how to ask for more", () => {
    expect(judgeQuota(QUOTAS.elasticIps, { ...facts, used: 4, needed: 2 }).detail).toBe(
      '4 used, 2 needed, 5 allowed: 1 too many Elastic IP addresses. Remove some, or ask for more with "aws ' +
        "service-quotas request-service-quota-increase --region us-east-1 --service-code ec2 --quota-code L-0263D0A3 " +
        '--desired-value 6".',
    );
  });
});

describe("the fullest group", () => {
  const live: LiveRule = {
    id: "sgr-1",
    groupId: "sg-db",
    direction: "ingress",
    protocol: "tcp",
    fromPort: 5432,
    toPort: 5432,
    peer: { kind: "cidr", cidr: "10.0.0.0/8" },
    description: "",
  };
  const declared = (group: string, direction: "ingress" | "egress", exact?: LiveRule): ComparedRule => ({
    id: group,
    rule: {
      direction,
      group,
      peer: { kind: "cidr", cidr: "0.0.0.0/0" },
      port: { protocol: "tcp", from: 1, to: 1 },
      description: "",
      holder: "django",
      flow: group,
    },
    exact,
    wider: [],
  });

  it("counts directions apart, and what is there and what is not together", () => {
    const comparison = {
      declared: [
        declared("web", "ingress"),
        declared("web", "egress"),
        declared("postgres", "ingress", live),
        declared("postgres", "ingress"),
      ],
      undeclared: [live],
    };
    expect(fullestGroup(comparison, new Map([["postgres", "sg-db"]]))).toEqual({
      used: 2,
      needed: 1,
      where: "ingress of postgres",
    });
  });

  it("is none where there are no rules", () => {
    expect(fullestGroup({ declared: [], undeclared: [] }, new Map())).toEqual({ used: 0, needed: 0 });
  });
});
