// Whether a declared flow can pass, and what is said where it cannot.
import type { DiscoveredGroup } from "../../../src/operations/discovery/discover";
import type { LiveRule } from "../../../src/operations/live/security-groups";
import { compareRules } from "../../../src/operations/rules/compare";
import { judgeFlows } from "../../../src/operations/verify/flows";
import {
  declaredRules,
  discovered,
  fromBlock,
  fromGroup,
  groupIds,
  groups,
  liveRule,
  matrix,
} from "./fixtures";

const TO_POSTGRES = "flow:postgres-from-django-5432-tcp";

function judge(live: readonly LiveRule[], found: readonly DiscoveredGroup[] = groups, ids = groupIds) {
  const checks = judgeFlows({
    environment: "lightwave-prod",
    matrix,
    groups: found,
    groupIds: ids,
    declared: compareRules(matrix.rules(), ids, live).declared,
    live,
    prefixLists: new Map([
      ["pl-vpc", ["192.0.2.0/24", "10.0.0.0/16"]],
      ["pl-outside", ["192.0.2.0/24"]],
    ]),
  });
  return {
    checks,
    failed: checks.filter(({ status }) => status === "fail").map(({ id }) => id),
    skipped: checks.filter(({ status }) => status === "skipped").map(({ id }) => id),
    toPostgres: checks.find(({ id }) => id === TO_POSTGRES),
  };
}

const without = (id: string) => declaredRules.filter((rule) => rule.id !== id);
const otherwise = (id: string, changed: Partial<LiveRule>) =>
  declaredRules.map((rule) => (rule.id === id ? { ...rule, ...changed } : rule));

describe("flows", () => {
  it("pass where their rules are there, one check a flow", () => {
    expect(judge(declaredRules).checks.map(({ id, status, detail }) => [id, status, detail])).toEqual([
      ["flow:alb-from-internet-80-tcp", "pass", "sgr-http"],
      ["flow:alb-from-internet-443-tcp", "pass", "sgr-https"],
      ["flow:django-from-alb-8000-tcp", "pass", "sgr-django\nsgr-alb-out"],
      [TO_POSTGRES, "pass", "sgr-postgres"],
      ["flow:redis-from-django-6379-tcp", "pass", "sgr-redis"],
      ["flow:django-to-internet-all", "pass", "sgr-out"],
    ]);
  });

  it("fail where a rule is missing, with the stack that has it", () => {
    const { failed, toPostgres } = judge(without("sgr-postgres"));
    expect(failed).toEqual([TO_POSTGRES]);
    expect(toPostgres?.detail.split("\n")).toEqual([
      "closed: django cannot reach postgres on 5432/tcp",
      "missing: postgres-from-django-5432-tcp, ingress rule of sg-postgres",
      "ENVIRONMENT=lightwave-prod npx cdktf deploy security-group-rules --ignore-missing-stack-dependencies",
    ]);
    const way_out = judge(without("sgr-out")).checks.at(-1);
    expect(way_out?.detail.split("\n")).toEqual([
      "closed: django cannot reach the Internet on all ports",
      "missing: django-to-internet-all, egress rule of sg-django",
      "ENVIRONMENT=lightwave-prod npx cdktf deploy django",
    ]);
  });

  it("fail where one of two rules is missing", () => {
    expect(judge(without("sgr-alb-out")).failed).toEqual(["flow:django-from-alb-8000-tcp"]);
    expect(judge(without("sgr-django")).failed).toEqual(["flow:django-from-alb-8000-tcp"]);
  });

  it.each([
    ["another port", { fromPort: 5433, toPort: 5433 }],
    ["another peer", { peer: fromGroup("sg-alb") }],
    ["the other direction", { direction: "egress" }],
    ["another protocol", { protocol: "udp" }],
    ["another group", { groupId: "sg-redis" }],
  ] as const)("fail where the rule has %s", (_what, changed) => {
    expect(judge(otherwise("sgr-postgres", changed)).failed).toEqual([TO_POSTGRES]);
  });

  it("pass within a wider rule of the same peer, and say so", () => {
    const range = judge(otherwise("sgr-postgres", { fromPort: 5000, toPort: 6000 }));
    expect([range.failed, range.toPostgres?.detail]).toEqual([
      [],
      "within the wider sgr-postgres, 5000-6000/tcp",
    ]);
    const all = judge(otherwise("sgr-postgres", { protocol: "-1", fromPort: -1, toPort: -1 }));
    expect([all.failed, all.toPostgres?.detail]).toEqual([[], "within the wider sgr-postgres, all ports"]);
  });

  it("pass under another description, and say so", () => {
    const { failed, toPostgres } = judge(otherwise("sgr-postgres", { description: "temporary" }));
    expect(failed).toEqual([]);
    expect(toPostgres?.detail).toBe(
      'sgr-postgres, described as "temporary" instead of "Allow Django ECS to PostgreSQL"',
    );
  });

  it("are not called closed where another rule lets them through", () => {
    const open = liveRule("sgr-open", "sg-postgres", fromBlock("0.0.0.0/0"), [5432, 5432]);
    const { failed, toPostgres } = judge([...without("sgr-postgres"), open]);
    expect(failed).toEqual([TO_POSTGRES]);
    expect(toPostgres?.detail.split("\n")[0]).toBe("open only by sgr-open");
  });

  it.each([
    ["pl-vpc", "open only by sgr-list"],
    ["pl-unread", "open only by sgr-list"],
    ["pl-outside", "closed: django cannot reach postgres on 5432/tcp"],
  ])("that a rule for %s might let through are judged by its addresses, as rollback does", (id, said) => {
    const list = liveRule("sgr-list", "sg-postgres", { kind: "prefix-list", id }, [5432, 5432]);
    const { toPostgres } = judge([...without("sgr-postgres"), list]);
    expect(toPostgres?.detail.split("\n")[0]).toBe(said);
  });

  it("are skipped where an end is not in the group that the rules speak of", () => {
    const moved = groups.map((group) =>
      group.group === "postgres" ? discovered("postgres", { attached: ["sg-strange"] }) : group,
    );
    const { failed, skipped, toPostgres } = judge(declaredRules, moved);
    expect([failed, skipped]).toEqual([[], [TO_POSTGRES]]);
    expect(toPostgres?.detail).toBe(
      "its rules are there, but the resource of postgres is not in the group: see group:postgres",
    );
  });

  it("are skipped where an end is not deployed, or its group is not certain", () => {
    const undeployed = groups.map((group) =>
      group.group === "postgres" ? discovered("postgres", { attached: undefined }) : group,
    );
    expect(judge(without("sgr-postgres"), undeployed).toPostgres).toMatchObject({
      status: "skipped",
      detail: "not deployed yet: there is no resource of postgres",
    });
    const uncertain = new Map([...groupIds].filter(([group]) => group !== "postgres"));
    expect(judge(declaredRules, groups, uncertain).toPostgres).toMatchObject({
      status: "skipped",
      detail: "its group is not certain: see group:postgres",
    });
  });
});
