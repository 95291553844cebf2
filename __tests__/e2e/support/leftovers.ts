// What an emulator still holds after everything has been destroyed.

import { CREDENTIALS, REGION } from "./child-environment";

interface Listing {
  readonly what: string;
  readonly service: string;
  readonly action: string;
  readonly version: string;
  /** The XML element that holds a resource's name. */
  readonly element: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

const LISTINGS: readonly Listing[] = [
  {
    what: "security group",
    service: "ec2",
    action: "DescribeSecurityGroups",
    version: "2016-11-15",
    element: "groupName",
  },
  {
    what: "NAT gateway",
    service: "ec2",
    action: "DescribeNatGateways",
    version: "2016-11-15",
    element: "natGatewayId",
    // AWS goes on listing a deleted one for an hour.
    parameters: { "Filter.1.Name": "state", "Filter.1.Value.1": "available" },
  },
  {
    what: "network interface",
    service: "ec2",
    action: "DescribeNetworkInterfaces",
    version: "2016-11-15",
    element: "networkInterfaceId",
  },
  {
    what: "database",
    service: "rds",
    action: "DescribeDBInstances",
    version: "2014-10-31",
    element: "DBInstanceIdentifier",
  },
  {
    what: "load balancer",
    service: "elasticloadbalancing",
    action: "DescribeLoadBalancers",
    version: "2015-12-01",
    element: "LoadBalancerName",
  },
  {
    what: "target group",
    service: "elasticloadbalancing",
    action: "DescribeTargetGroups",
    version: "2015-12-01",
    element: "TargetGroupName",
  },
  {
    what: "replication group",
    service: "elasticache",
    action: "DescribeReplicationGroups",
    version: "2015-02-02",
    element: "ReplicationGroupId",
  },
  { what: "role", service: "iam", action: "ListRoles", version: "2010-05-08", element: "RoleName" },
];

/**
 * Every resource of the kinds above, such as `database lightwave-django-prod`, sorted; empty when all is gone. What
 * every account has from the start, such as its default VPC's default group, does not count.
 */
export async function leftovers(endpoint: string): Promise<readonly string[]> {
  const found = await Promise.all(LISTINGS.map((listing) => list(endpoint, listing)));
  return found.flat().sort();
}

/** By hand rather than with one SDK client per service: the emulator routes by signature, but does not check it. */
async function list(
  endpoint: string,
  { what, service, action, version, element, parameters }: Listing,
): Promise<string[]> {
  const scope = `${CREDENTIALS.accessKeyId}/20260101/${REGION}/${service}/aws4_request`;
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0` },
    body: new URLSearchParams({ Action: action, Version: version, ...parameters }),
  });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`${action} answers ${answer.status}: ${text}`);
  }
  const names = [...text.matchAll(new RegExp(`<${element}>([^<]*)</${element}>`, "g"))].map(
    ([, name]) => name ?? "",
  );
  return [...new Set(names)].filter((name) => name !== "default").map((name) => `${what} ${name}`);
}
