// The VPC in the words of Terraform, as far as items of the checklist ask for it.
import { DescribeFlowLogsCommand, EC2Client } from "@aws-sdk/client-ec2";
import type { JsonObject } from "../../reachability/terraform-config";
import type { AwsSession } from "../aws/session";
import { natGatewaysIn } from "../live/nat-gateways";
import type { Resources } from "./resources";

/** The VPCs with the environment's Name tag, with their flow logs and NAT gateways. */
export async function networkView(aws: AwsSession, vpcIds: readonly string[]): Promise<Resources> {
  // Without a value, a filter would find those of every VPC.
  if (vpcIds.length === 0) {
    return {};
  }
  const [flowLogs, gateways] = await Promise.all([flowLogsOf(aws, vpcIds), natGatewaysIn(aws, vpcIds)]);
  return {
    aws_vpc: Object.fromEntries(vpcIds.map((id) => [id, { id }])),
    aws_flow_log: flowLogs,
    aws_nat_gateway: Object.fromEntries(
      gateways.map(({ NatGatewayId = "", SubnetId = "" }) => [NatGatewayId, { subnet_id: SubnetId }]),
    ),
  };
}

async function flowLogsOf(aws: AwsSession, vpcIds: readonly string[]): Promise<Record<string, JsonObject>> {
  const Filter = [{ Name: "resource-id", Values: [...vpcIds] }];
  const { FlowLogs = [] } = await aws.client(EC2Client).send(new DescribeFlowLogsCommand({ Filter }));
  return Object.fromEntries(
    FlowLogs.map(({ FlowLogId = "", ResourceId = "", TrafficType = "" }) => [
      FlowLogId,
      { vpc_id: ResourceId, traffic_type: TrafficType },
    ]),
  );
}
