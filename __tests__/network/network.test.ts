// The network's shape: what is where, what reaches the Internet by which way, and what stays when a zone is added.
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { Testing } from "cdktf";
import { Network } from "../../src/network/network";
import { networkSchema } from "../../src/schema/network";
import { synthScope } from "../support/synth-scope";
import { Reader, synth } from "./fixtures";

Testing.setupJest();

const THREE_ZONES = ["us-east-1a", "us-east-1b", "us-east-1c"];

describe("Network", () => {
  const config = synth();
  const reader = new Reader(config);

  it("is a VPC with DNS names, found by its Name tag", () => {
    expect(config).toHaveResourceWithProperties(Vpc, {
      cidr_block: "10.0.0.0/16",
      enable_dns_support: true,
      enable_dns_hostnames: true,
      tags: { Name: "shop-network" },
    });
  });

  it("has a subnet of each tier in each zone", () => {
    const subnets = [...reader.all("aws_subnet").values()].map(
      ({ tags, cidr_block, availability_zone, map_public_ip_on_launch }) =>
        [tags, cidr_block, availability_zone, map_public_ip_on_launch] as const,
    );
    expect(subnets).toHaveLength(6);
    expect(subnets).toEqual(
      expect.arrayContaining([
        [{ Name: "shop-public-us-east-1a" }, "10.0.0.0/21", "us-east-1a", false],
        [{ Name: "shop-public-us-east-1b" }, "10.0.8.0/21", "us-east-1b", false],
        [{ Name: "shop-private-us-east-1a" }, "10.0.64.0/21", "us-east-1a", false],
        [{ Name: "shop-private-us-east-1b" }, "10.0.72.0/21", "us-east-1b", false],
        [{ Name: "shop-data-us-east-1a" }, "10.0.128.0/21", "us-east-1a", false],
        [{ Name: "shop-data-us-east-1b" }, "10.0.136.0/21", "us-east-1b", false],
      ]),
    );
  });

  it("takes explicit subnets, for the zones that have some", () => {
    const explicit = new Reader(
      synth({
        subnets: {
          "us-east-1b": { public: "10.0.2.0/24", private: "10.0.12.0/24", data: "10.0.22.0/24" },
        },
      }),
    );
    const blocks = [...explicit.all("aws_subnet").entries()].map(([address, { cidr_block }]) => [
      explicit.nameOf(address),
      cidr_block,
    ]);
    expect(Object.fromEntries(blocks)).toEqual({
      "shop-public-us-east-1a": "10.0.0.0/21",
      "shop-public-us-east-1b": "10.0.2.0/24",
      "shop-private-us-east-1a": "10.0.64.0/21",
      "shop-private-us-east-1b": "10.0.12.0/24",
      "shop-data-us-east-1a": "10.0.128.0/21",
      "shop-data-us-east-1b": "10.0.22.0/24",
    });
  });

  it("gives each zone the blocks of its letter, whatever other zones there are and in whichever order", () => {
    const blocks = (...zones: string[]) => {
      const reader = new Reader(synth({ availabilityZones: zones }));
      return [...reader.all("aws_subnet").values()]
        .filter(({ availability_zone }) => availability_zone === "us-east-1c")
        .map(({ cidr_block }) => cidr_block)
        .sort();
    };
    const third = ["10.0.144.0/21", "10.0.16.0/21", "10.0.80.0/21"];
    expect(blocks("us-east-1a", "us-east-1b", "us-east-1c")).toEqual(third);
    expect(blocks("us-east-1c", "us-east-1a")).toEqual(third);
    expect(blocks("us-east-1f", "us-east-1c")).toEqual(third);
  });

  it("has no block for a zone of a letter that none is set aside for", () => {
    const network = networkSchema.parse({
      cidr: "10.0.0.0/16",
      availabilityZones: ["us-east-1a", "us-east-1i"],
    });
    expect(() =>
      synthScope((scope) => {
        new Network(scope, "network", { base: "shop", vpcName: "shop", flowLogsName: "/vpc/shop", network });
      }),
    ).toThrow(RangeError);
  });

  it("empties the default security group, and keeps it so", () => {
    expect(config).toHaveResourceWithProperties(DefaultSecurityGroup, {
      ingress: [],
      egress: [],
      tags: { Name: "shop-default-sg" },
    });
  });

  it("leads private subnets to S3 without NAT, and data subnets nowhere", () => {
    const [endpoint] = reader.all("aws_vpc_endpoint").values();
    const [region] = Object.keys(reader.config.data?.aws_region ?? {});
    expect(endpoint).toMatchObject({
      vpc_endpoint_type: "Gateway",
      service_name: `com.amazonaws.\${data.aws_region.${region}.id}.s3`,
    });
    expect([endpoint?.route_table_ids].flat().map((id) => reader.nameOf(id))).toEqual([
      "shop-private-us-east-1a",
      "shop-private-us-east-1b",
    ]);
  });

  it("lists its subnets by the alphabet of the zones", () => {
    const results = Object(reader.config.output?.results?.value);
    const names = (ids: string[]) => ids.map((id) => reader.nameOf(id));
    expect(names(results.publicSubnetIds)).toEqual(["shop-public-us-east-1a", "shop-public-us-east-1b"]);
    expect(names(results.privateSubnetIds)).toEqual(["shop-private-us-east-1a", "shop-private-us-east-1b"]);
    expect(names(results.dataSubnetIds)).toEqual(["shop-data-us-east-1a", "shop-data-us-east-1b"]);
    expect(names(results.serviceSubnetIds)).toEqual(["shop-private-us-east-1a", "shop-private-us-east-1b"]);
    expect(results.assignPublicIp).toBe(false);
    expect(reader.nameOf(results.vpcId)).toBe("shop-network");
  });
});

describe("the ways to the Internet", () => {
  it("are a NAT gateway in each zone, by default", () => {
    const reader = new Reader(synth());
    expect(reader.natGateways()).toEqual({
      "shop-nat-us-east-1a": "shop-public-us-east-1a",
      "shop-nat-us-east-1b": "shop-public-us-east-1b",
    });
    expect(reader.routes()).toEqual({
      "shop-public-us-east-1a": ["0.0.0.0/0 -> shop-internet-gateway"],
      "shop-public-us-east-1b": ["0.0.0.0/0 -> shop-internet-gateway"],
      "shop-private-us-east-1a": ["0.0.0.0/0 -> shop-nat-us-east-1a"],
      "shop-private-us-east-1b": ["0.0.0.0/0 -> shop-nat-us-east-1b"],
      "shop-data-us-east-1a": [],
      "shop-data-us-east-1b": [],
    });
  });

  it("are one NAT gateway in the first zone by the alphabet, if single", () => {
    const reader = new Reader(synth({ natGateways: "single", availabilityZones: THREE_ZONES.toReversed() }));
    expect(reader.natGateways()).toEqual({ "shop-nat-us-east-1a": "shop-public-us-east-1a" });
    expect(reader.routes()).toMatchObject({
      "shop-private-us-east-1a": ["0.0.0.0/0 -> shop-nat-us-east-1a"],
      "shop-private-us-east-1b": ["0.0.0.0/0 -> shop-nat-us-east-1a"],
      "shop-private-us-east-1c": ["0.0.0.0/0 -> shop-nat-us-east-1a"],
      "shop-data-us-east-1c": [],
    });
  });

  it("are one NAT gateway in the zone that is named", () => {
    const reader = new Reader(synth({ natGateways: "single", natGatewayZone: "us-east-1b" }));
    expect(reader.natGateways()).toEqual({ "shop-nat-us-east-1b": "shop-public-us-east-1b" });
    expect(reader.routes()).toMatchObject({
      "shop-private-us-east-1a": ["0.0.0.0/0 -> shop-nat-us-east-1b"],
      "shop-private-us-east-1b": ["0.0.0.0/0 -> shop-nat-us-east-1b"],
    });
  });

  it("are public addresses in the public subnets, if there is no NAT gateway", () => {
    const config = synth({ natGateways: "none" });
    expect(config).not.toHaveResource(NatGateway);
    expect(config).not.toHaveResource(Eip);
    const reader = new Reader(config);
    expect(reader.routes()).toEqual({
      "shop-public-us-east-1a": ["0.0.0.0/0 -> shop-internet-gateway"],
      "shop-public-us-east-1b": ["0.0.0.0/0 -> shop-internet-gateway"],
      "shop-private-us-east-1a": [],
      "shop-private-us-east-1b": [],
      "shop-data-us-east-1a": [],
      "shop-data-us-east-1b": [],
    });
    const results = Object(reader.config.output?.results?.value);
    expect(results.assignPublicIp).toBe(true);
    expect(results.serviceSubnetIds).toEqual(results.publicSubnetIds);
  });

  it("stand before a NAT gateway, a load balancer or a service needs them", () => {
    const waitsFor = (block: { depends_on?: unknown } | undefined) => [block?.depends_on].flat();
    const way = (zone: string, tier: string) => [
      `aws_route_table_association.${tier}_${zone}`,
      `aws_route.${tier}_${zone}_to_internet`,
    ];
    const reader = new Reader(synth());
    const [gateway] = reader.all("aws_nat_gateway").values();
    expect(waitsFor(gateway)).toEqual(way("us_east_1a", "public"));
    const publicWays = [...way("us_east_1a", "public"), ...way("us_east_1b", "public")];
    expect(waitsFor(reader.config.output?.for_public)).toEqual(publicWays);
    expect(waitsFor(reader.config.output?.for_services)).toEqual([
      ...way("us_east_1a", "private"),
      ...way("us_east_1b", "private"),
    ]);
    const without = new Reader(synth({ natGateways: "none" })).config;
    expect(waitsFor(without.output?.for_services)).toEqual(publicWays);
  });
});

describe("a change of the network", () => {
  /** Everything that the first has and the second lacks or has otherwise, by address. */
  const changed = (before: string, after: string): string[] => {
    const [old, now] = [new Reader(before).config.resource, new Reader(after).config.resource];
    return Object.entries(old ?? {}).flatMap(([type, blocks]) =>
      Object.entries(blocks)
        .filter(([name, block]) => JSON.stringify(now?.[type]?.[name]) !== JSON.stringify(block))
        .map(([name]) => `${type}.${name}`),
    );
  };

  it("by one more zone leaves the other zones alone", () => {
    expect(changed(synth(), synth({ availabilityZones: THREE_ZONES }))).toEqual(["aws_vpc_endpoint.s3"]);
  });

  it("by a zone in front of the others leaves these alone, too", () => {
    const some = { availabilityZones: ["us-east-1b", "us-east-1c"] };
    const more = { availabilityZones: ["us-east-1a", "us-east-1c", "us-east-1b"] };
    expect(changed(synth(some), synth(more))).toEqual(["aws_vpc_endpoint.s3"]);
    const single = { natGateways: "single", natGatewayZone: "us-east-1b" } as const;
    expect(changed(synth({ ...some, ...single }), synth({ ...more, ...single }))).toEqual([
      "aws_vpc_endpoint.s3",
    ]);
  });

  it.each(["per-zone", "single", "none"] as const)(
    "in the order of the zones changes nothing, with %s NAT",
    (natGateways) => {
      const ordered = synth({ natGateways, availabilityZones: THREE_ZONES });
      const otherwise = synth({
        natGateways,
        availabilityZones: ["us-east-1c", "us-east-1a", "us-east-1b"],
      });
      expect(JSON.parse(otherwise)).toEqual(JSON.parse(ordered));
    },
  );

  it("from one NAT gateway to one a zone only turns the others' routes", () => {
    expect(changed(synth({ natGateways: "single" }), synth())).toEqual([
      "aws_route.private_us_east_1b_to_internet",
    ]);
  });
});
