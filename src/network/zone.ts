// One availability zone's share of the network: a zone that comes or goes leaves the others' resources alone.

import { Construct } from "constructs";
import { natGatewayName, subnetName } from "../model/names/network";
import type { SubnetTier } from "../model/subnets";
import { NatGateway } from "./nat-gateway";
import { Subnet } from "./subnet";

export interface ZoneProps {
  /** Base of Name tags, such as `<base>-public-us-east-1a`. */
  readonly base: string;
  /** The zone, such as `us-east-1a`. */
  readonly availabilityZone: string;
  readonly vpcId: string;
  /** The IPv4 block of each tier's subnet. */
  readonly cidrs: Readonly<Record<SubnetTier, string>>;
  readonly internetGatewayId: string;
  /** How the private subnet reaches the Internet: by a gateway in this zone, by another zone's, or not at all. */
  readonly natGateway: "own" | { readonly natGatewayId: string } | "none";
}

/** A public, a private and an isolated data subnet, and a NAT gateway if the zone has its own. */
export class Zone extends Construct {
  readonly publicSubnet: Subnet;
  readonly privateSubnet: Subnet;
  readonly dataSubnet: Subnet;
  /** The gateway that the private subnet uses, wherever it stands; `undefined` if none. */
  readonly natGatewayId: string | undefined;
  /** The public address of the zone's own gateway; `undefined` if it has none. */
  readonly natAddress: string | undefined;

  constructor(scope: Construct, id: string, props: ZoneProps) {
    super(scope, id);
    const { base, availabilityZone, vpcId, cidrs, internetGatewayId, natGateway } = props;
    const common = (tier: SubnetTier) => ({
      resourceName: `${tier}-${availabilityZone}`,
      name: subnetName(base, tier, availabilityZone),
      vpcId,
      cidr: cidrs[tier],
      availabilityZone,
    });
    this.publicSubnet = new Subnet(this, "public", {
      ...common("public"),
      internetRoute: { gatewayId: internetGatewayId },
    });
    if (natGateway === "own") {
      const gateway = new NatGateway(this, "nat", {
        resourceName: availabilityZone,
        name: natGatewayName(base, availabilityZone),
        subnetId: this.publicSubnet.subnetId,
        internetAccess: this.publicSubnet.internetAccess,
      });
      this.natGatewayId = gateway.natGatewayId;
      this.natAddress = gateway.address;
    } else if (natGateway !== "none") {
      this.natGatewayId = natGateway.natGatewayId;
    }
    this.privateSubnet = new Subnet(this, "private", {
      ...common("private"),
      ...(this.natGatewayId !== undefined && { internetRoute: { natGatewayId: this.natGatewayId } }),
    });
    this.dataSubnet = new Subnet(this, "data", common("data"));
  }
}
