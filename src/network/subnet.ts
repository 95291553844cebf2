// A subnet with a route table of its own, so that no zone's way out depends on another's.
import { Route, type RouteConfig } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet as AwsSubnet } from "@cdktf/provider-aws/lib/subnet";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { INTERNET } from "../schema/cidr";

export interface SubnetProps {
  /** What the subnet and its route table are called in Terraform, such as `public-us-east-1a`. */
  readonly resourceName: string;
  /** Name tag of the subnet and of its route table. */
  readonly name: string;
  readonly vpcId: string;
  /** The subnet's IPv4 block. */
  readonly cidr: string;
  /** The zone, such as `us-east-1a`. */
  readonly availabilityZone: string;
  /**
   * Where traffic to the Internet goes.
   *
   * @default - nowhere: the subnet is isolated
   */
  readonly internetRoute?: Pick<RouteConfig, "gatewayId" | "natGatewayId"> | undefined;
}

/** A subnet, its route table and, unless it is isolated, a route to the Internet. */
export class Subnet extends Construct {
  readonly subnetId: string;
  readonly routeTableId: string;
  /** What must stand before something in the subnet reaches the Internet; empty if it is isolated. */
  readonly internetAccess: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: SubnetProps) {
    super(scope, id);
    const { resourceName, vpcId, internetRoute } = props;
    const tags = { Name: props.name };
    const subnet = new AwsSubnet(this, `subnet:${resourceName}`, {
      vpcId,
      cidrBlock: props.cidr,
      availabilityZone: props.availabilityZone,
      // Whoever needs a public address asks for one: a load balancer, a NAT gateway, a task that says so.
      mapPublicIpOnLaunch: false,
      tags,
    });
    const routeTable = new RouteTable(this, `route-table:${resourceName}`, { vpcId, tags });
    const association = new RouteTableAssociation(this, `route-table-association:${resourceName}`, {
      subnetId: subnet.id,
      routeTableId: routeTable.id,
    });
    this.subnetId = subnet.id;
    this.routeTableId = routeTable.id;
    this.internetAccess = internetRoute
      ? [
          association,
          new Route(this, `internet-route:${resourceName}-to-internet`, {
            routeTableId: routeTable.id,
            destinationCidrBlock: INTERNET,
            ...internetRoute,
          }),
        ]
      : [];
  }
}
