// What the tests of `adopt` and `rollback` both do with the rules stack of lightwave-prod.

import {
  type EC2Client,
  paginateDescribeSecurityGroupRules,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import { ec2Client, findVpc, securityGroupNames } from "../support/ec2";
import type { Stage } from "./stage";

export const RULES_STACK = "security-group-rules";

/** Deploys the rules stack alone. Throws CommandFailed. */
export async function deployRules({ workspace }: Stage): Promise<void> {
  await workspace.deploy([RULES_STACK], "--ignore-missing-stack-dependencies");
}

/** The platform's rules as EC2 has them, in the order of their IDs. */
export async function liveRules(stage: Stage): Promise<readonly SecurityGroupRule[]> {
  const groups = Object.values(await groupIds(stage));
  return withClient(stage, async (client) => {
    const rules: SecurityGroupRule[] = [];
    for await (const { SecurityGroupRules = [] } of paginateDescribeSecurityGroupRules(
      { client },
      { Filters: [{ Name: "group-id", Values: groups }] },
    )) {
      rules.push(...SecurityGroupRules);
    }
    return rules.sort((a, b) => String(a.SecurityGroupRuleId).localeCompare(String(b.SecurityGroupRuleId)));
  });
}

/** IDs of the VPC's groups by Name tag. */
export function groupIds(stage: Stage): Promise<Readonly<Record<string, string>>> {
  return withClient(stage, async (client) => {
    const vpc = (await findVpc(client, "lightwave-django-prod-vpc")) ?? "";
    return Object.fromEntries([...(await securityGroupNames(client, vpc))].map(([id, name]) => [name, id]));
  });
}

async function withClient<Result>(
  { emulator }: Stage,
  use: (client: EC2Client) => Promise<Result>,
): Promise<Result> {
  const client = ec2Client(emulator.endpoint);
  try {
    return await use(client);
  } finally {
    client.destroy();
  }
}
