// VPC endpoints for AWS's APIs: what tasks ask of them stays inside the VPC.
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { type ITerraformDependable, TerraformIterator } from "cdktf";
import { Construct } from "constructs";
import { vpcEndpointName } from "../model/names/network";

export interface VpcEndpointsProps {
  /** Base of Name tags: see `vpcEndpointName`. */
  readonly base: string;
  readonly vpcId: string;
  /** The AWS region, such as `us-east-1`. */
  readonly region: string;
  /** The APIs, such as `ecr.api`. */
  readonly services: readonly string[];
  /** One subnet a zone: an endpoint has an address in each. */
  readonly subnetIds: readonly string[];
  /** The group that says who may call. */
  readonly securityGroupId: string;
}

/**
 * An interface endpoint for each API. The VPC's own DNS answers with their addresses for the APIs' usual names, so that
 * nothing in a task has to know of them.
 *
 * They are one resource in Terraform, which makes them one member of their security group.
 */
export class VpcEndpoints extends Construct {
  /** What must stand before a task calls one of the APIs. */
  readonly access: ITerraformDependable;

  constructor(scope: Construct, id: string, props: VpcEndpointsProps) {
    super(scope, id);
    const each = TerraformIterator.fromList([...props.services]);
    const endpoints = new VpcEndpoint(this, "endpoints", {
      forEach: each,
      vpcId: props.vpcId,
      vpcEndpointType: "Interface",
      serviceName: `com.amazonaws.${props.region}.${each.value}`,
      subnetIds: [...props.subnetIds],
      securityGroupIds: [props.securityGroupId],
      privateDnsEnabled: true,
      tags: { Name: vpcEndpointName(props.base, each.value) },
    });
    this.access = endpoints;
  }
}
