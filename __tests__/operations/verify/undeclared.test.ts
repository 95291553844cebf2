// Rules that nobody declared, in words, and which of them cannot wait.
import fc from "fast-check";
import type { LiveRule } from "../../../src/operations/live/security-groups";
import type { VerifyCheck } from "../../../src/operations/verify/check";
import { judgeUndeclared, type UndeclaredFacts } from "../../../src/operations/verify/undeclared";
import {
  declaredRules,
  discovered,
  environment,
  fromBlock,
  fromGroup,
  groupIds,
  groups,
  liveRule,
  matrix,
} from "./fixtures";

function judge(more: readonly LiveRule[], facts: Partial<UndeclaredFacts> = {}): VerifyCheck[] {
  return judgeUndeclared({
    name: "lightwave-prod",
    environment,
    groups,
    groupIds,
    groupNames: new Map([["sg-legacy", "legacy"]]),
    declared: matrix.rules(),
    live: [...declaredRules, ...more],
    prefixLists: new Map(),
    ...facts,
  });
}

/** The check of one group with this rule besides what is declared. */
function check(group: string, rule: LiveRule, facts: Partial<UndeclaredFacts> = {}): VerifyCheck | undefined {
  return judge([rule], facts).find(({ id }) => id === `undeclared:${group}`);
}

describe("undeclared rules", () => {
  it("are none where there is what is declared, whatever its description", () => {
    expect(judge([]).map(({ id, status }) => [id, status])).toEqual([
      ["undeclared:alb", "pass"],
      ["undeclared:django", "pass"],
      ["undeclared:postgres", "pass"],
      ["undeclared:redis", "pass"],
    ]);
  });

  it.each([
    [
      "everybody",
      "postgres",
      liveRule("sgr-1", "sg-postgres", fromBlock("0.0.0.0/0"), [5432, 5432]),
      "the Internet could reach postgres on 5432/tcp",
      "critical",
    ],
    [
      "everybody by IPv6, and all ports",
      "redis",
      liveRule("sgr-1", "sg-redis", fromBlock("::/0"), [-1, -1], { protocol: "-1" }),
      "the Internet (IPv6) could reach redis on all ports",
      "critical",
    ],
    [
      "an eighth of the IPv6 Internet",
      "redis",
      liveRule("sgr-1", "sg-redis", fromBlock("2000::/6"), [6000, 7000]),
      "the Internet (by 2000::/6) could reach redis on 6000-7000/tcp",
      "critical",
    ],
    [
      "a block that a private one hides in",
      "postgres",
      liveRule("sgr-1", "sg-postgres", fromBlock("8.0.0.0/5"), [0, 65_535]),
      "the Internet (by 8.0.0.0/5) could reach postgres on 0-65535/tcp",
      "critical",
    ],
    [
      "an office",
      "postgres",
      liveRule("sgr-1", "sg-postgres", fromBlock("203.0.113.7/32"), [5432, 5432]),
      "203.0.113.7/32 could reach postgres on 5432/tcp",
      undefined,
    ],
    [
      "a private network",
      "postgres",
      liveRule("sgr-1", "sg-postgres", fromBlock("10.0.0.0/8"), [5432, 5432]),
      "10.0.0.0/8 could reach postgres on 5432/tcp",
      undefined,
    ],
    [
      "everybody, on a port that holds no data",
      "postgres",
      liveRule("sgr-1", "sg-postgres", fromBlock("0.0.0.0/0"), [22, 22]),
      "the Internet could reach postgres on 22/tcp",
      undefined,
    ],
    [
      "everybody, at a group that holds no data",
      "django",
      liveRule("sgr-1", "sg-django", fromBlock("0.0.0.0/0"), [5432, 5432]),
      "the Internet could reach django on 5432/tcp",
      undefined,
    ],
    [
      "the way out of a data store",
      "postgres",
      liveRule("sgr-1", "sg-postgres", fromBlock("0.0.0.0/0"), [-1, -1], {
        direction: "egress",
        protocol: "-1",
      }),
      "postgres could reach the Internet on all ports",
      undefined,
    ],
    [
      "a group of the platform",
      "postgres",
      liveRule("sgr-1", "sg-postgres", fromGroup("sg-alb"), [5432, 5432]),
      "alb could reach postgres on 5432/tcp",
      undefined,
    ],
    [
      "a group with a name",
      "redis",
      liveRule("sgr-1", "sg-redis", fromGroup("sg-legacy"), [6379, 6379]),
      "security group sg-legacy (legacy) could reach redis on 6379/tcp",
      undefined,
    ],
    [
      "a group of another VPC",
      "alb",
      liveRule("sgr-1", "sg-alb", fromGroup("sg-far"), [-1, -1], { protocol: "icmp" }),
      "security group sg-far could reach alb on icmp",
      undefined,
    ],
    [
      "a protocol without a name",
      "alb",
      liveRule("sgr-1", "sg-alb", fromBlock("198.51.100.0/24"), [-1, -1], { protocol: "50" }),
      "198.51.100.0/24 could reach alb on protocol 50",
      undefined,
    ],
    [
      "a rule wider than one that is there",
      "postgres",
      liveRule("sgr-1", "sg-postgres", fromGroup("sg-django"), [5432, 5433]),
      "django could reach postgres on 5432-5433/tcp; wider than postgres-from-django-5432-tcp, which is there, too",
      undefined,
    ],
  ])("%s", (_what, group, rule, finding, severity) => {
    const { status, findings, severity: worst } = check(group, rule) ?? {};
    expect(status).toBe("fail");
    expect(findings?.map((found) => found.finding)).toEqual([finding]);
    expect(findings?.map((found) => found.severity)).toEqual([severity]);
    expect(worst).toBe(severity);
    // Nothing is held against the other groups.
    expect(judge([rule]).filter((other) => other.status === "fail")).toHaveLength(1);
  });

  it("name the command that removes them, with direction, region, group and rule", () => {
    const rule = liveRule("sgr-1", "sg-redis", fromBlock("0.0.0.0/0"), [443, 443], { direction: "egress" });
    expect(check("redis", rule)?.findings?.[0]?.remedy).toBe(
      "aws ec2 revoke-security-group-egress --region us-east-1 --group-id sg-redis --security-group-rule-ids sgr-1",
    );
  });

  it("that were made from a declared rule are Terraform's to make narrow again", () => {
    const widened = declaredRules.map((rule) =>
      rule.id === "sgr-http" ? { ...rule, fromPort: 80, toPort: 90 } : rule,
    );
    const alb = judge([], { live: widened }).find(({ id }) => id === "undeclared:alb");
    expect(alb?.findings?.[0]).toMatchObject({
      finding: "the Internet could reach alb on 80-90/tcp; it is alb-from-internet-80-tcp made wider",
      remedy: "ENVIRONMENT=lightwave-prod npx cdktf deploy django",
    });
  });

  it("are looked for in a strange group that a resource is in, too", () => {
    const attached = [
      ...groups.filter(({ group }) => group !== "postgres"),
      discovered("postgres", { attached: ["sg-postgres", "sg-legacy"] }),
    ];
    const more = [
      // No more than the platform's own group lets through.
      liveRule("sgr-1", "sg-legacy", fromGroup("sg-django"), [5432, 5432]),
      liveRule("sgr-2", "sg-legacy", fromBlock("203.0.113.7/32"), [5432, 5432]),
      liveRule("sgr-3", "sg-legacy", fromBlock("0.0.0.0/0"), [5432, 5432]),
    ];
    const postgres = judge(more, { groups: attached }).find(({ id }) => id === "undeclared:postgres");
    // What cannot wait comes first.
    expect(postgres?.findings?.map(({ id, severity }) => [id, severity])).toEqual([
      ["sgr-3", "critical"],
      ["sgr-2", undefined],
    ]);
  });

  it("of a group that does not exist are not asked for", () => {
    const absent = judge([], {
      groups: [discovered("postgres", { tagged: [], attached: undefined })],
      groupIds: new Map(),
    });
    expect(absent).toEqual([expect.objectContaining({ status: "skipped", detail: "not deployed yet" })]);
  });

  it("by a prefix list are judged by its blocks", () => {
    const byList = (blocks: readonly string[]) =>
      check("postgres", liveRule("sgr-1", "sg-postgres", { kind: "prefix-list", id: "pl-1" }, [5432, 5432]), {
        prefixLists: new Map([["pl-1", blocks]]),
      });
    expect(byList(["0.0.0.0/0"])).toMatchObject({
      severity: "critical",
      detail: "sgr-1: the Internet (by prefix list pl-1 (0.0.0.0/0)) could reach postgres on 5432/tcp",
    });
    const few = byList(["203.0.113.0/26", "203.0.113.64/26", "203.0.113.128/26", "203.0.113.192/26"]);
    expect(few?.detail).toBe("sgr-1: prefix list pl-1 (4 blocks) could reach postgres on 5432/tcp");
    expect(few).not.toHaveProperty("severity");
  });

  it("by a prefix list that AWS does not show may be open to everybody", () => {
    const list = liveRule("sgr-1", "sg-postgres", { kind: "prefix-list", id: "pl-1" }, [5432, 5432]);
    expect(check("postgres", list)).toMatchObject({
      severity: "critical",
      detail:
        "sgr-1: the Internet (by prefix list pl-1 (AWS does not show what is in it)) could reach postgres on 5432/tcp",
    });
  });
});

describe("a data port open to the Internet", () => {
  const stores = fc.constantFrom(
    { group: "postgres", groupId: "sg-postgres", port: 5432 },
    { group: "redis", groupId: "sg-redis", port: 6379 },
  );
  const ports = (port: number) =>
    fc.oneof(
      fc.constant({ protocol: "-1", fromPort: -1, toPort: -1 }),
      fc
        .tuple(fc.integer({ min: 0, max: port }), fc.integer({ min: port, max: 65_535 }))
        .map(([fromPort, toPort]) => ({ protocol: "tcp", fromPort, toPort })),
    );
  const rule = fc
    .record({ store: stores })
    .chain(({ store }) => ports(store.port).map((open) => ({ ...store, ...open })));
  const live = (
    given: { groupId: string; protocol: string; fromPort: number; toPort: number },
    cidr: string,
  ) =>
    liveRule(`sgr-${cidr}`, given.groupId, fromBlock(cidr), [given.fromPort, given.toPort], {
      protocol: given.protocol,
    });
  const severityOf = (group: string, rules: readonly LiveRule[]) =>
    judge(rules).find(({ id }) => id === `undeclared:${group}`)?.severity;

  /** First octets of blocks that no private or special range begins with. */
  const publicOctet = fc
    .integer({ min: 1, max: 223 })
    .filter((octet) => ![10, 100, 127, 172, 192].includes(octet));

  it("is critical for a /8 and anything larger, whatever the port range", () => {
    const block = fc.tuple(publicOctet, fc.integer({ min: 0, max: 8 })).map(([octet, prefix]) => {
      const network = octet - (octet % 2 ** (8 - prefix));
      return `${network}.0.0.0/${prefix}`;
    });
    fc.assert(
      fc.property(rule, block, (given, cidr) => severityOf(given.group, [live(given, cidr)]) === "critical"),
    );
  });

  it("is critical however finely the Internet is cut up", () => {
    fc.assert(
      fc.property(rule, fc.integer({ min: 0, max: 9 }), (given, prefix) => {
        const pieces = Array.from({ length: 2 ** prefix }, (_, index) => {
          const start = index * 2 ** (32 - prefix);
          return `${Math.floor(start / 2 ** 24)}.${Math.floor(start / 2 ** 16) % 256}.0.0/${prefix}`;
        });
        const rules = pieces.map((cidr) => live(given, cidr));
        return severityOf(given.group, rules) === "critical";
      }),
      { numRuns: 20 },
    );
  });

  it("is not critical for a company's block, or for private addresses", () => {
    const office = fc
      .tuple(publicOctet, fc.integer({ min: 0, max: 255 }), fc.integer({ min: 16, max: 32 }))
      .map(([first, second, prefix]) => `${first}.${second}.0.0/${prefix}`);
    const private_ = fc.constantFrom(
      "10.0.0.0/8",
      "172.16.0.0/12",
      "192.168.0.0/16",
      "100.64.0.0/10",
      "fd00::/8",
    );
    fc.assert(
      fc.property(rule, fc.oneof(office, private_), (given, cidr) => {
        return severityOf(given.group, [live(given, cidr)]) === undefined;
      }),
    );
  });
});
