// What a change of the network does to a running platform: AWS moves no subnet, and changes no block.
import type { PathsOf } from "../../schema/field-path";
import type { Change } from "./change";

const SUBNET = ["aws_subnet.cidr_block", "aws_subnet.availability_zone"];

const BLOCK: Change = {
  replaces: SUBNET,
  instead: "AWS changes no subnet's block. Keep the blocks that are there.",
};

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
  "network.subnets.*.public": BLOCK,
  "network.subnets.*.private": BLOCK,
  "network.subnets.*.data": BLOCK,
  "network.privateDomain": "made first",
  "network.flowLogRetentionDays": "in place",
};
