// What a deployment would make anew of the network that stands, typed out.
import { modelOf } from "../../../src/model/model";
import {
  judgeGroupNames,
  judgeNatGateway,
  judgeSubnets,
  type SubnetFacts,
} from "../../../src/operations/preflight/network-judgement";
import type { EnvironmentInput } from "../../../src/schema/environment";
import { defineEnvironment } from "../../../src/validation/define-environment";

const input: EnvironmentInput = {
  name: "shop",
  region: "us-east-1",
  network: { cidr: "10.0.0.0/16", availabilityZones: ["us-east-1a", "us-east-1c"] },
  services: { web: { image: "shop/web:1.0.0", cpu: 256, memory: 512, connectsTo: ["postgres"] } },
  database: {},
};
const environment = defineEnvironment(input);

const subnet = (tier: string, zone: string, CidrBlock: string): SubnetFacts => ({
  SubnetId: `subnet-${tier}-${zone}`,
  AvailabilityZone: zone,
  CidrBlock,
  Tags: [{ Key: "Name", Value: `shop-${tier}-${zone}` }],
});

/** As version 0.1.0 gave them, by the place in the list. */
const FORMER = [
  subnet("public", "us-east-1a", "10.0.0.0/21"),
  subnet("private", "us-east-1a", "10.0.64.0/21"),
  subnet("data", "us-east-1a", "10.0.128.0/21"),
  subnet("public", "us-east-1c", "10.0.8.0/21"),
  subnet("private", "us-east-1c", "10.0.72.0/21"),
  subnet("data", "us-east-1c", "10.0.136.0/21"),
];

describe("subnets that stand", () => {
  it("would be made anew, with the lines that keep them", () => {
    expect(judgeSubnets(environment, FORMER)).toEqual({
      status: "fail",
      detail: [
        "The subnets of us-east-1c have other blocks than the environment gives them, and would be made anew with all that " +
          "stands in them. Write what is deployed:",
        "network.subnets: {",
        '  "us-east-1c": {',
        '    public: "10.0.8.0/21",',
        '    private: "10.0.72.0/21",',
        '    data: "10.0.136.0/21",',
        "  },",
        "}",
      ].join("\n"),
    });
  });

  it("stay with these lines, which another zone's blocks are checked against", () => {
    const blocks = { public: "10.0.8.0/21", private: "10.0.72.0/21", data: "10.0.136.0/21" };
    const pinned = defineEnvironment({
      ...input,
      network: { ...input.network, subnets: { "us-east-1c": blocks } },
    });
    expect(judgeSubnets(pinned, FORMER).status).toBe("pass");
  });

  it("are those of the zones that stay: a new zone has none yet", () => {
    const zones = ["us-east-1b", "us-east-1a"];
    const network = { ...environment.network, availabilityZones: zones };
    expect(judgeSubnets({ name: "shop", network }, FORMER).status).toBe("pass");
    expect(judgeSubnets(environment, []).status).toBe("pass");
  });
});

describe("a single NAT gateway", () => {
  const single = { network: { ...environment.network, natGateways: "single" as const } };

  it("stays", () => {
    expect(judgeNatGateway(single, ["us-east-1a"]).status).toBe("pass");
    expect(judgeNatGateway(single, []).status).toBe("pass");
    // From one a zone to one for all: the others go.
    expect(judgeNatGateway(single, ["us-east-1a", "us-east-1c"]).status).toBe("pass");
  });

  it("would move, with the line that leaves it", () => {
    expect(judgeNatGateway(single, ["us-east-1c"])).toMatchObject({
      status: "fail",
      detail: expect.stringMatching(
        /stands in us-east-1c, and would be made anew in us-east-1a .* write network\.natGatewayZone: "us-east-1c"\.$/,
      ),
    });
    const pinned = { network: { ...single.network, natGatewayZone: "us-east-1c" } };
    expect(judgeNatGateway(pinned, ["us-east-1c"]).status).toBe("pass");
  });
});

describe("names of security groups", () => {
  const { members } = modelOf(environment);
  const group = (GroupName: string, Name: string) => ({
    GroupId: `sg-${GroupName}`,
    GroupName,
    Tags: [{ Key: "Name", Value: Name }],
  });

  it("are free, or those of groups that stand", () => {
    expect(judgeGroupNames(members, []).status).toBe("pass");
    expect(judgeGroupNames(members, [group("other", "shop-postgres-sg")]).status).toBe("pass");
  });

  it("may be taken back by the group that was made with one", () => {
    expect(judgeGroupNames(members, [group("shop-postgres-sg", "former")]).status).toBe("pass");
  });

  it("are refused where another group was made with one, and has another Name tag now", () => {
    expect(judgeGroupNames(members, [group("shop-postgres-sg", "shop-ecs-web-sg")])).toEqual({
      status: "fail",
      detail:
        'EC2 knows the group of "web" (sg-shop-postgres-sg, Name tag shop-ecs-web-sg) as shop-postgres-sg still, by the name ' +
        'that it was made with, and takes no second one: choose another name in names.securityGroups["postgres"].',
    });
  });
});
