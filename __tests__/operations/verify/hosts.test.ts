// Which hosts `verify` asks the load balancer for, and what it makes of the answers.
import { hostsToAsk, judgeHosts } from "../../../src/operations/verify/hosts";
import { defineEnvironment } from "../../../src/validation/define-environment";
import { systems } from "../../support/systems";

const DEPLOY = "ENVIRONMENT=shop-prod npx cdktf deploy django";

function shop(web: object, dns?: object) {
  const service = { image: "shop/web:1.0.0", cpu: 256, memory: 512, port: 8000 } as const;
  return defineEnvironment({
    name: "shop",
    region: "us-east-1",
    network: { cidr: "10.0.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"] },
    services: { web: { ...service, ...web } },
    ...(dns && { dns: { domain: "shop.example.com", ...dns } }),
  });
}

describe("whom to ask", () => {
  it.each([
    ["lightwave-prod", "api.lightwave-media.ltd"],
    ["pdf-excel-prod", "pdf-excel.example.com"],
    ["realtime-platform", "realtime-platform.example.com"],
  ])("%s: its one domain", (name, domain) => {
    expect(hostsToAsk(systems.load(name))).toEqual({ refusal: 421, declared: [domain] });
  });

  it("each declared host, and one name for each pattern", () => {
    const routes = [{ priority: 10, hosts: ["*.example.org"] }];
    expect(hostsToAsk(shop({ routes }, { alternativeNames: ["*.shop.example.com"] }))).toEqual({
      // Every service has routes: the listener's default action refuses.
      refusal: 404,
      declared: ["shop.example.com", "ops-verify.shop.example.com", "ops-verify.example.org"],
    });
  });

  it("nobody, where any host reaches the services", () => {
    expect(hostsToAsk(shop({}))).toEqual({
      open: "any host reaches the services: the environment has no domain",
    });
    expect(hostsToAsk(shop({ django: { allowedHosts: ["*"] } }, {}))).toEqual({
      open: 'any host reaches the services: django.allowedHosts has "*"',
    });
    const long = `${"a".repeat(63)}.${"b".repeat(63)}.example.com`;
    expect(hostsToAsk(shop({}, { alternativeNames: [long] }))).toEqual({
      open: expect.stringMatching(/^Requests for any host reach the services, .*: no rule can name a+\.b+\./),
    });
  });
});

describe("the answers", () => {
  const asked = { refusal: 421, declared: ["shop.example.com", "www.example.com"] };
  const judge = (nobodys: number | string, ...declared: readonly (number | string)[]) =>
    judgeHosts(
      "shop-prod",
      asked,
      new Map(
        ["undeclared.invalid", ...asked.declared].map((host, index) => {
          const said = [nobodys, ...declared][index] ?? 0;
          return [host, typeof said === "string" ? { silent: said } : { status: said, headers: {} }];
        }),
      ),
    );

  it("are as they should be, whatever the services say", () => {
    expect(judge(421, 200, 503)).toEqual({
      status: "pass",
      detail: "421 for undeclared.invalid, not for shop.example.com, www.example.com",
    });
  });

  it.each<[number | string, readonly (number | string)[], string]>([
    [400, [200, 200], "400 for undeclared.invalid, not 421: requests for any host may reach the services"],
    [
      "no answer (ECONNREFUSED)",
      [200, 200],
      "no answer (ECONNREFUSED) for undeclared.invalid, not 421: requests for any host may reach the services",
    ],
    [421, [200, 421], "421 for www.example.com, which is declared"],
    [
      421,
      ["no answer within 10 seconds", 200],
      "no answer within 10 seconds for shop.example.com, which is declared",
    ],
  ])("%s and %j are not", (nobodys, declared, problem) => {
    expect(judge(nobodys, ...declared)).toEqual({ status: "fail", detail: `${problem}\n${DEPLOY}` });
  });
});
