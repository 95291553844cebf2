// What stands in the network is called by its Name tag: subnets, gateways, endpoints, groups, and who writes its log.

/** The VPC: `<name>-vpc`. */
export function vpcName(base: string): string {
  return `${base}-vpc`;
}

/** A subnet, and its route table: `<name>-public-us-east-1a`. */
export function subnetName(base: string, tier: string, availabilityZone: string): string {
  return `${base}-${tier}-${availabilityZone}`;
}

/** A NAT gateway, and its address: `<name>-nat-us-east-1a`. */
export function natGatewayName(base: string, availabilityZone: string): string {
  return `${base}-nat-${availabilityZone}`;
}

export function internetGatewayName(base: string): string {
  return `${base}-internet-gateway`;
}

/** The interface endpoint of an API: `<name>-ecr.api`. */
export function vpcEndpointName(base: string, service: string): string {
  return `${base}-${service}`;
}

/** The gateway endpoint that leads to S3. */
export function s3EndpointName(base: string): string {
  return vpcEndpointName(base, "s3");
}

/** The group that every VPC comes with. */
export function defaultGroupName(base: string): string {
  return `${base}-default-sg`;
}

/** The data subnets' network ACL. */
export function dataSubnetAclName(base: string): string {
  return `${base}-data`;
}

/** The conventional name of a member's security group: `<name>-postgres-sg`. */
export function securityGroupName(base: string, member: string): string {
  return `${base}-${member}-sg`;
}

/** The log group of the VPC's flow logs. */
export function flowLogGroup(base: string): string {
  return `/vpc/${base}/flow-logs`;
}

/** The role that writes them. */
export function flowLogsRole(base: string): string {
  return `${base}-flow-logs`;
}
