// Flows of an environment that cannot work: they are refused, with what would work in their place.
import type { EnvironmentInput } from "../../src/schema/environment";
import { EnvironmentError, type Problem } from "../../src/schema/problem";
import { defineEnvironment } from "../../src/validation/define-environment";

const service = { image: "shop/web:1.0.0", cpu: 256, memory: 512 } as const;

const base: EnvironmentInput = {
  name: "shop",
  region: "eu-west-1",
  network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
  services: { web: { ...service, port: 8000 }, job: service },
};

function problemsOf(input: EnvironmentInput): readonly Problem[] {
  try {
    defineEnvironment(input);
  } catch (error) {
    if (error instanceof EnvironmentError) return error.problems;
    throw error;
  }
  return [];
}

const flow = (source: string, destination: string) => ({
  extraFlows: [{ source, destination, port: 8000, description: "The office" }],
});

const HERE = 'Nothing outside reaches the private subnets that "';
const PRIVATE = "Addresses that a VPN or a peering brings are private ones: name those.";

describe("a flow from public addresses to a member in private subnets", () => {
  it.each([
    ["an office's block", "203.0.113.0/24"],
    ["a single address", "203.0.113.7/32"],
    ["a block that holds private addresses, too", "10.0.0.0/7"],
  ])("is refused for a service: %s", (_what, source) => {
    expect(problemsOf({ ...base, ...flow(source, "web") })).toEqual([
      {
        path: "extraFlows[0].source",
        value: `"${source}"`,
        remedy:
          `${HERE}web" is in, and this flow would change nothing: whoever reaches the load balancer reaches what it sends on. ` +
          `loadBalancer.ingressCidrs: ["${source}"] lets in these addresses and no others. ${PRIVATE}`,
      },
    ]);
  });

  it("is refused for a service that no load balancer stands before, and for the endpoints", () => {
    expect(
      problemsOf({ ...base, services: { job: service }, ...flow("internet", "job") }).map((at) => at.remedy),
    ).toEqual([expect.stringMatching(/"job" is in, .*: give it a "port", so that a load balancer sends/)]);
    const network = { ...base.network, vpcEndpoints: true };
    expect(
      problemsOf({ ...base, network, ...flow("203.0.113.0/24", "endpoints") }).map((at) => at.remedy),
    ).toEqual([`${HERE}endpoints" is in: let a member send it on. ${PRIVATE}`]);
  });

  it("is no fault where it works: private addresses, public subnets, the load balancer", () => {
    expect(problemsOf({ ...base, ...flow("172.16.0.0/24", "web") })).toEqual([]);
    const network = { ...base.network, natGateways: "none" as const };
    expect(problemsOf({ ...base, network, ...flow("203.0.113.0/24", "web") })).toEqual([]);
    expect(problemsOf({ ...base, ...flow("203.0.113.0/24", "alb") })).toEqual([]);
  });
});

describe("blocks that are the Internet, or a block of another flow, together", () => {
  const LOW = "0.0.0.0/1";
  const HIGH = "128.0.0.0/1";
  const egress = (cidr: string, port: number | { from: number; to: number } = 443) => ({
    cidr,
    port,
    description: "Partner",
  });
  const job = (...rules: readonly ReturnType<typeof egress>[]) => ({
    services: { ...base.services, job: { ...service, egress: rules } },
  });
  const extra = (source: string, destination: string, port = 80) => ({
    source,
    destination,
    port,
    description: "Office",
  });
  const INSTEAD = "write that one block in their place where all of it is meant, or fewer addresses.";
  const everybody = (ports: string) =>
    `Together these blocks are the whole Internet, 0.0.0.0/0 (${ports}): ${INSTEAD}`;

  it.each<[string, Partial<EnvironmentInput>, string, string, string]>([
    [
      "halves, before the load balancer",
      { loadBalancer: { ingressCidrs: [LOW, HIGH], ports: [80] } },
      "loadBalancer.ingressCidrs",
      `["${LOW}","${HIGH}"]`,
      everybody("80/tcp"),
    ],
    [
      "three parts, in any order",
      { loadBalancer: { ingressCidrs: ["192.0.0.0/2", LOW, "128.0.0.0/2"], ports: [80] } },
      "loadBalancer.ingressCidrs",
      `["192.0.0.0/2","${LOW}","128.0.0.0/2"]`,
      everybody("80/tcp"),
    ],
    [
      "a service's outbound halves",
      job(egress(LOW), egress(HIGH)),
      "services.job.egress",
      `["${LOW}","${HIGH}"]`,
      everybody("443/tcp"),
    ],
    [
      "ports that meet",
      job(egress(LOW, { from: 1, to: 500 }), egress(HIGH, { from: 443, to: 8000 })),
      "services.job.egress",
      `["${LOW}","${HIGH}"]`,
      everybody("443-500/tcp"),
    ],
    [
      "a flow that adds the other half",
      { loadBalancer: { ingressCidrs: [LOW], ports: [80] }, extraFlows: [extra(HIGH, "alb")] },
      "extraFlows",
      `["${LOW}","${HIGH}"]`,
      everybody("80/tcp"),
    ],
    [
      "flows from a group",
      { ...job(), extraFlows: [extra("job", LOW), extra("job", HIGH)] },
      "extraFlows",
      `["${LOW}","${HIGH}"]`,
      everybody("80/tcp"),
    ],
    [
      "halves of what another flow names",
      {
        ...job(egress("203.0.113.0/24")),
        loadBalancer: { ingressCidrs: ["203.0.113.0/25", "203.0.113.128/25"], ports: [80] },
      },
      "loadBalancer.ingressCidrs",
      '["203.0.113.0/25","203.0.113.128/25"]',
      `Together these blocks are 203.0.113.0/24, which another flow names (80/tcp): ${INSTEAD}`,
    ],
  ])("are refused at their field: %s", (_what, change, path, value, remedy) => {
    expect(problemsOf({ ...base, ...change })).toEqual([{ path, value, remedy }]);
  });

  it("are no fault apart: another port, another group, or a gap", () => {
    expect(problemsOf({ ...base, ...job(egress(LOW, 443), egress(HIGH, 80)) })).toEqual([]);
    expect(problemsOf({ ...base, ...job(egress(LOW), egress("128.0.0.0/2")) })).toEqual([]);
    const one = { ...base, ...job(egress(HIGH, 80)), extraFlows: [extra(LOW, "alb")] };
    expect(problemsOf({ ...one, loadBalancer: { ingressCidrs: ["203.0.113.0/24"], ports: [80] } })).toEqual(
      [],
    );
  });

  it("are no blocks where they are IPv6", () => {
    expect(
      problemsOf({ ...base, loadBalancer: { ingressCidrs: ["::/1", "8000::/1"], ports: [80] } }),
    ).toEqual(
      ["::/1", "8000::/1"].map((block, index) => ({
        path: `loadBalancer.ingressCidrs[${index}]`,
        value: `"${block}"`,
        remedy: "Write an IPv4 CIDR block, such as 10.0.0.0/16 or 203.0.113.7/32.",
      })),
    );
  });
});
