// A NAT gateway: private subnets can open connections to the Internet while nobody there can open one to them.
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { NatGateway as AwsNatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";

export interface NatGatewayProps {
  /** What the gateway is called in Terraform, such as `us-east-1a`. */
  readonly resourceName: string;
  /** Name tag of the gateway and of its address. */
  readonly name: string;
  /** The public subnet that the gateway stands in. */
  readonly subnetId: string;
  /** What must stand before the subnet reaches the Internet; EC2 refuses a gateway that cannot. */
  readonly internetAccess: readonly ITerraformDependable[];
}

/** A NAT gateway with a public address that stays the same, so that partners can allow it. */
export class NatGateway extends Construct {
  readonly natGatewayId: string;
  /** The public address. */
  readonly address: string;

  constructor(
    scope: Construct,
    id: string,
    { resourceName, name, subnetId, internetAccess }: NatGatewayProps,
  ) {
    super(scope, id);
    const dependsOn = [...internetAccess];
    const tags = { Name: name };
    const address = new Eip(this, `address:nat-${resourceName}`, { domain: "vpc", tags, dependsOn });
    this.natGatewayId = new AwsNatGateway(this, `gateway:${resourceName}`, {
      allocationId: address.id,
      subnetId,
      tags,
      dependsOn,
    }).id;
    this.address = address.publicIp;
  }
}
