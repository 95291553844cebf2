// What an emulator still holds after everything has been destroyed.

import { ACCOUNT, CREDENTIALS, REGION } from "./child-environment";

/** A call of a service that speaks the Query protocol. */
interface Listing {
  readonly what: string;
  readonly service: string;
  readonly action: string;
  readonly version: string;
  /** The XML element that holds a resource's name. */
  readonly element: string;
  readonly parameters?: Readonly<Record<string, string>>;
}

/** A call of a service that speaks JSON or REST. */
interface OtherListing {
  readonly what: string;
  /** As a signature names it. */
  readonly service: string;
  readonly path?: string;
  /** The operation, where a header names it rather than the path. */
  readonly target?: string;
  /** What the operation is asked. @default {} */
  readonly body?: object;
  /** What holds a resource's name in the answer, as its first group. */
  readonly name: RegExp;
  /** The status by which the service says that there is none. */
  readonly none?: number;
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
  {
    what: "alarm",
    service: "monitoring",
    action: "DescribeAlarms",
    version: "2010-08-01",
    element: "AlarmName",
  },
  { what: "topic", service: "sns", action: "ListTopics", version: "2010-03-31", element: "TopicArn" },
  { what: "role", service: "iam", action: "ListRoles", version: "2010-05-08", element: "RoleName" },
];

/** The firewalls, and what an account has one of each. */
const OTHER_LISTINGS: readonly OtherListing[] = [
  {
    what: "web ACL",
    service: "wafv2",
    target: "AWSWAF_20190729.ListWebACLs",
    body: { Scope: "REGIONAL" },
    name: /"Name": ?"([^"]+)"/g,
  },
  {
    what: "parameter",
    service: "ssm",
    target: "AmazonSSM.DescribeParameters",
    name: /"Name": ?"([^"]+)"/g,
  },
  {
    what: "trail",
    service: "cloudtrail",
    target: "com.amazonaws.cloudtrail.v20131101.CloudTrail_20131101.DescribeTrails",
    name: /"Name": ?"([^"]+)"/g,
  },
  {
    what: "configuration recorder",
    service: "config",
    target: "StarlingDoveService.DescribeConfigurationRecorders",
    name: /"name": ?"([^"]+)"/g,
  },
  {
    what: "private domain",
    service: "servicediscovery",
    target: "Route53AutoNaming_v20170314.ListNamespaces",
    name: /"Name": ?"([^"]+)"/g,
  },
  {
    what: "state machine",
    service: "states",
    target: "AWSStepFunctions.ListStateMachines",
    name: /"name": ?"([^"]+)"/g,
  },
  { what: "schedule", service: "scheduler", path: "/schedules", name: /"Name": ?"([^"]+)"/g },
  {
    what: "file system",
    service: "elasticfilesystem",
    path: "/2015-02-01/file-systems",
    name: /"CreationToken": ?"([^"]+)"/g,
  },
  { what: "detector", service: "guardduty", path: "/detector", name: /"([0-9a-f]{32})"/g },
  {
    what: "Security Hub",
    service: "securityhub",
    path: "/accounts",
    name: /"HubArn": ?"([^"]+)"/g,
    none: 401,
  },
  { what: "analyzer", service: "access-analyzer", path: "/analyzer", name: /"name": ?"([^"]+)"/g },
  {
    what: "EBS encryption by default",
    service: "ec2",
    path: "/?Action=GetEbsEncryptionByDefault&Version=2016-11-15",
    name: />(true)</g,
  },
  {
    what: "S3 public access block",
    service: "s3",
    path: "/v20180820/configuration/publicAccessBlock",
    name: /<BlockPublicAcls>(true)</g,
    none: 404,
  },
];

/**
 * Every resource of the kinds above, such as `database lightwave-django-prod`, sorted; empty when all is gone. What
 * every account has from the start, such as its default VPC's default group, does not count.
 */
export async function leftovers(endpoint: string): Promise<readonly string[]> {
  const found = await Promise.all([
    ...LISTINGS.map((listing) => list(endpoint, listing)),
    ...OTHER_LISTINGS.map((listing) => listOther(endpoint, listing)),
  ]);
  return found.flat().sort();
}

async function list(
  endpoint: string,
  { what, service, action, version, element, parameters }: Listing,
): Promise<string[]> {
  const body = new URLSearchParams({ Action: action, Version: version, ...parameters });
  const answer = await call(endpoint, service, { method: "POST", body });
  return names(what, answer, new RegExp(`<${element}>([^<]*)</${element}>`, "g")).filter(
    (found) => found !== `${what} default`,
  );
}

async function listOther(
  endpoint: string,
  { what, service, path = "/", target, body = {}, name, none }: OtherListing,
): Promise<string[]> {
  const request =
    target === undefined
      ? { headers: { "x-amz-account-id": ACCOUNT } }
      : {
          method: "POST",
          headers: { "content-type": "application/x-amz-json-1.1", "x-amz-target": target },
          body: JSON.stringify(body),
        };
  return names(what, await call(`${endpoint}${path}`, service, request, none), name);
}

/** By hand rather than with one SDK client per service: the emulator routes by signature, but does not check it. */
async function call(url: string, service: string, request: RequestInit, none?: number): Promise<string> {
  const scope = `${CREDENTIALS.accessKeyId}/20260101/${REGION}/${service}/aws4_request`;
  const authorization = `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0`;
  const answer = await fetch(url, { ...request, headers: { ...request.headers, authorization } });
  const text = await answer.text();
  if (!answer.ok && answer.status !== none) {
    throw new Error(`${service} answers ${answer.status}: ${text}`);
  }
  return answer.ok ? text : "";
}

function names(what: string, text: string, pattern: RegExp): string[] {
  const found = [...text.matchAll(pattern)].map(([, name]) => `${what} ${name ?? ""}`);
  return [...new Set(found)];
}
