// What a change of the network does to a running platform: AWS moves no subnet, and changes no block.
import type { PathsOf } from "../../schema/field-path";
import type { Change } from "./change";

const SUBNET = ["aws_subnet.cidr_block", "aws_subnet.availability_zone"];

export const networkChanges: Readonly<Record<PathsOf<"network">, Change>> = {
  network: "its fields",
  "network.cidr": {
    replaces: ["aws_vpc.cidr_block", ...SUBNET],
    instead:
      "AWS changes no network's block. Build a second environment beside this one, and move the domain.",
  },
  "network.availabilityZones": "added",
  "network.natGateways": "added",
  "network.natGatewayZone": "added",
  "network.vpcEndpoints": "added",
  "network.dataSubnetAcl": "added",
  "network.dataSubnetAclNumbers": "added",
  "network.subnets": "its fields",
  "network.subnets.*.public": {
    replaces: SUBNET,
    instead: "AWS changes no subnet's block. Keep the blocks that are there.",
  },
  "network.subnets.*.private": {
    replaces: SUBNET,
    instead: "AWS changes no subnet's block. Keep the blocks that are there.",
  },
  "network.subnets.*.data": {
    replaces: SUBNET,
    instead: "AWS changes no subnet's block. Keep the blocks that are there.",
  },
  "network.flowLogRetentionDays": "in place",
};
