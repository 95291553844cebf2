// Whether the load balancer answers those whom the environment lets in, and its targets are well.
import { judgeEntrance, judgeTargets } from "../../../src/operations/verify/load-balancer";
import { declaredRules, environment, fromBlock, liveRule } from "./fixtures";

const loadBalancer = { SecurityGroups: ["sg-alb"] };
const listeners = [
  { Port: 80, Protocol: "HTTP" as const },
  { Port: 443, Protocol: "HTTPS" as const },
];

describe("the load balancer's ports", () => {
  const judge = (facts: Partial<Parameters<typeof judgeEntrance>[1]> = {}, of = environment) =>
    judgeEntrance(of, { loadBalancer, listeners, live: declaredRules, ...facts }).map(
      ({ id, status, detail }) => [id, status, detail],
    );
  const http = ["internet:80", "pass", "HTTP listener, admitted by sg-alb"];
  const https = ["internet:443", "pass", "HTTPS listener, admitted by sg-alb"];

  it("are open where there is a listener and its group admits the sources", () => {
    expect(judge()).toEqual([http, https]);
  });

  it("are closed without a listener, with one of another protocol, and without the rule", () => {
    expect(judge({ listeners: listeners.slice(0, 1) })).toEqual([
      http,
      ["internet:443", "fail", "there is no listener on 443"],
    ]);
    expect(
      judge({
        listeners: [
          { Port: 80, Protocol: "HTTP" },
          { Port: 443, Protocol: "HTTP" },
        ],
      }),
    ).toEqual([http, ["internet:443", "fail", "its listener on 443 speaks HTTP, not HTTPS"]]);
    expect(judge({ live: declaredRules.filter(({ id }) => id !== "sgr-http") })).toEqual([
      ["internet:80", "fail", "its groups do not admit 80/tcp from the Internet"],
      https,
    ]);
  });

  it("are open by the groups that the load balancer is really in", () => {
    expect(judge({ loadBalancer: { SecurityGroups: ["sg-strange"] } }).map(([, status]) => status)).toEqual([
      "fail",
      "fail",
    ]);
    const all = liveRule("sgr-1", "sg-strange", fromBlock("0.0.0.0/0"), [-1, -1], { protocol: "-1" });
    expect(
      judge({ loadBalancer: { SecurityGroups: ["sg-strange"] }, live: [all] }).map(([, status]) => status),
    ).toEqual(["pass", "pass"]);
  });

  it("are asked for the environment's own sources", () => {
    const settings = environment.loadBalancer;
    const narrowed = {
      ...environment,
      ...(settings && {
        loadBalancer: { ...settings, ports: [443 as const], ingressCidrs: ["203.0.113.0/24"] },
      }),
    };
    expect(judge({}, narrowed)).toEqual([https]);
    const narrow = liveRule("sgr-1", "sg-alb", fromBlock("203.0.113.0/25"), [443, 443]);
    expect(judge({ live: [narrow] }, narrowed)).toEqual([
      ["internet:443", "fail", "its groups do not admit 443/tcp from 203.0.113.0/24"],
    ]);
  });

  it("are not asked for before there is a load balancer, nor 443 without a domain", () => {
    expect(judge({ loadBalancer: undefined })).toEqual([
      ["internet:80", "skipped", "not deployed yet"],
      ["internet:443", "skipped", "not deployed yet"],
    ]);
    const { dns, ...withoutDomain } = environment;
    expect(judge({}, withoutDomain)).toEqual([
      http,
      ["internet:443", "skipped", "HTTPS needs a domain, and the environment has none"],
    ]);
  });
});

describe("targets", () => {
  const target = (State: "healthy" | "unhealthy") => ({
    Target: { Id: "10.0.0.1" },
    TargetHealth: { State },
  });
  const judge = (desiredCount: number | undefined, targets: ReturnType<typeof target>[] | undefined) =>
    judgeTargets(new Map([["django", targets]]), {
      services: new Map(desiredCount === undefined ? [] : [["django", { desiredCount }]]),
    })[0]?.status;

  it("pass when all are healthy, and are not asked for where none can be", () => {
    expect(judge(1, [target("healthy")])).toBe("pass");
    expect(judge(2, [target("healthy"), target("unhealthy")])).toBe("fail");
    expect(judge(1, [])).toBe("fail");
    expect(judge(0, [])).toBe("skipped");
    expect(judge(undefined, [])).toBe("skipped");
    expect(judge(1, undefined)).toBe("skipped");
  });
});
