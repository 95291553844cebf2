// Everything that an account holds beside security group rules, so that a test can say that it stayed as it was.
import {
  DescribeServicesCommand,
  ECSClient,
  ListClustersCommand,
  ListServicesCommand,
} from "@aws-sdk/client-ecs";
import { CREDENTIALS, REGION } from "./child-environment";

const QUERIES: readonly (readonly [service: string, version: string, actions: readonly string[]])[] = [
  [
    "ec2",
    "2016-11-15",
    [
      "DescribeInternetGateways",
      "DescribeNatGateways",
      "DescribeNetworkInterfaces",
      "DescribeRouteTables",
      "DescribeSecurityGroups",
      "DescribeSubnets",
      "DescribeVpcEndpoints",
      "DescribeVpcs",
    ],
  ],
  ["rds", "2014-10-31", ["DescribeDBInstances", "DescribeDBParameterGroups", "DescribeDBSubnetGroups"]],
  ["elasticache", "2015-02-02", ["DescribeReplicationGroups", "DescribeCacheSubnetGroups"]],
  ["elasticloadbalancing", "2015-12-01", ["DescribeLoadBalancers", "DescribeTargetGroups"]],
  ["iam", "2010-05-08", ["ListRoles", "ListPolicies"]],
];

/** What the API says, by call, without what changes by itself. A group's rules are left out of the group. */
export async function restOfAccount(endpoint: string): Promise<Readonly<Record<string, unknown>>> {
  const answers = await Promise.all(
    QUERIES.flatMap(([service, version, actions]) =>
      actions.map(async (action) => [action, await query(endpoint, service, version, action)] as const),
    ),
  );
  return { ...Object.fromEntries(answers), services: await services(endpoint) };
}

/** By hand rather than with one SDK client per service: the emulator routes by signature, but does not check it. */
async function query(endpoint: string, service: string, version: string, action: string): Promise<string> {
  const scope = `${CREDENTIALS.accessKeyId}/20260101/${REGION}/${service}/aws4_request`;
  const answer = await fetch(endpoint, {
    method: "POST",
    headers: { authorization: `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=0` },
    body: new URLSearchParams({ Action: action, Version: version }),
  });
  const text = await answer.text();
  if (!answer.ok) {
    throw new Error(`${action} answers ${answer.status}: ${text}`);
  }
  return text
    .replaceAll(/<(requestId|LatestRestorableTime)>[^<]*<\/\1>/gi, "")
    .replaceAll(/<(ipPermissions|ipPermissionsEgress)(\/>|>.*?<\/\1>)/gs, "");
}

async function services(endpoint: string): Promise<unknown> {
  const client = new ECSClient({ endpoint, region: REGION, credentials: CREDENTIALS });
  try {
    const { clusterArns = [] } = await client.send(new ListClustersCommand({}));
    return await Promise.all(
      clusterArns.map(async (cluster) => {
        const { serviceArns = [] } = await client.send(new ListServicesCommand({ cluster }));
        const described = await client.send(new DescribeServicesCommand({ cluster, services: serviceArns }));
        return described.services;
      }),
    );
  } finally {
    client.destroy();
  }
}
