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
