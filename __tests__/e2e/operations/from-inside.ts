// `verify` on a platform whose tasks are played: whether a connection gets through, the security groups decide, as they stand in
// the account at that moment.
import { DescribeSecurityGroupRulesCommand, RevokeSecurityGroupIngressCommand } from "@aws-sdk/client-ec2";
import type { Store } from "../../../src/model/connectivity";
import type { Environment } from "../../../src/model/environment";
import { startAwsProxy } from "../support/aws-proxy";
import {
  ec2Client,
  findVpc,
  type ObservedRule,
  securityGroupNames,
  securityGroupRules,
} from "../support/ec2";
import type { Emulator } from "../support/emulator";
import type { Workspace } from "../support/workspace";
import { beHealthy, logEvents, stoppedTask, TASK, taskStarted } from "./healthy-platform";

/** A check from inside. */
export interface InsideCheck {
  readonly id: string;
  readonly status: string;
  readonly reached: boolean | null;
  readonly detail: string;
}

/** What `verify` says of the connections from inside, and which tasks it has started for that. */
export interface FromInside {
  readonly exitCode: number | undefined;
  readonly checks: readonly InsideCheck[];
  /** Definition, container and group of each, such as `realtime-platform-connectivity probe realtime-platform-ecs-api-sg`. */
  readonly tasks: readonly string[];
}

interface Task {
  readonly definition: string;
  readonly container: string;
  /** The name of its one group. */
  readonly group: string;
  readonly isProbe: boolean;
  readonly store: Store;
}

const PORTS: Readonly<Record<Store, number>> = { postgres: 5432, redis: 6379 };

/** @param canPull whether images can be pulled that are not in ECR */
export async function verifyFromInside(
  { endpoint }: Emulator,
  workspace: Workspace,
  environment: Environment,
  canPull = true,
): Promise<FromInside> {
  const client = ec2Client(endpoint);
  const proxy = await startAwsProxy(endpoint);
  try {
    const vpc = (await findVpc(client, environment.names.vpc)) ?? "";
    const names = await securityGroupNames(client, vpc);
    const tasks = new Map<string, Task>();
    beHealthy(proxy);
    proxy.answer("ecs:RunTask", ({ body }) => {
      const { taskDefinition, networkConfiguration, overrides } = JSON.parse(body);
      const [{ name, command }] = overrides.containerOverrides;
      const [group, ...others] = networkConfiguration.awsvpcConfiguration.securityGroups;
      const arn = `${TASK.slice(0, -2)}${tasks.size + 10}`;
      const isProbe = command[1] === "-c";
      tasks.set(arn, {
        definition: taskDefinition.replace(/^.*\//, "").replace(/:\d+$/, ""),
        container: name,
        group: [group, ...others].map((id) => names.get(id) ?? id).join(" "),
        isProbe,
        // The last word of the probe's command; Django's own check knows but one.
        store: isProbe ? command.at(-1) : "postgres",
      });
      return taskStarted(arn);
    });
    proxy.answer("ecs:DescribeTasks", async ({ body }) => {
      const [arn] = JSON.parse(body).tasks;
      const task = tasks.get(arn);
      if (task === undefined || (!canPull && task.container === "probe")) {
        return stoppedTask(
          { name: task?.container, reason: "CannotPullContainerError: dial tcp 75.101.1.1:443: i/o timeout" },
          arn,
        );
      }
      const isOpen = admits(await securityGroupRules(client, vpc), task, environment);
      const [open, closed] = task.isProbe ? [80, 83] : [0, 1];
      return stoppedTask({ name: task.container, exitCode: isOpen ? open : closed }, arn);
    });
    proxy.answer("logs:GetLogEvents", () => logEvents("a line"));
    const { stdout, exitCode } = await workspace.startOps(
      ["verify", "--yes", "--json", "--connect-to", "127.0.0.1:1"],
      { AWS_ENDPOINT_URL: proxy.endpoint },
    ).ended;
    const { checks }: { checks: readonly InsideCheck[] } = JSON.parse(stdout);
    return {
      exitCode,
      checks: checks
        .filter(({ id }) => /^(database|cache):/.test(id))
        .map(({ id, status, reached, detail }) => ({ id, status, reached, detail })),
      tasks: [...tasks.values()].map(
        ({ definition, container, group }) => `${definition} ${container} ${group}`,
      ),
    };
  } finally {
    client.destroy();
    await proxy.stop();
  }
}

/** Takes the rule away that lets a service connect to a store. */
export async function revoke(
  { endpoint }: Emulator,
  environment: Environment,
  from: string,
  store: Store,
): Promise<void> {
  const client = ec2Client(endpoint);
  try {
    const vpc = (await findVpc(client, environment.names.vpc)) ?? "";
    const ids = new Map([...(await securityGroupNames(client, vpc))].map(([id, name]) => [name, id]));
    const idOf = (key: string) => ids.get(environment.names.securityGroups[key] ?? "") ?? "";
    const { SecurityGroupRules = [] } = await client.send(
      new DescribeSecurityGroupRulesCommand({ Filters: [{ Name: "group-id", Values: [idOf(store)] }] }),
    );
    const rules = SecurityGroupRules.filter(
      ({ IsEgress, ReferencedGroupInfo }) => !IsEgress && ReferencedGroupInfo?.GroupId === idOf(from),
    );
    await client.send(
      new RevokeSecurityGroupIngressCommand({
        GroupId: idOf(store),
        SecurityGroupRuleIds: rules.map(({ SecurityGroupRuleId = "" }) => SecurityGroupRuleId),
      }),
    );
  } finally {
    client.destroy();
  }
}

/** Whether a connection of the task to its store is let out, and in. */
function admits(rules: readonly ObservedRule[], { group, store }: Task, environment: Environment): boolean {
  const destination = environment.names.securityGroups[store];
  const some = (holder: string | undefined, direction: string, peers: readonly (string | undefined)[]) =>
    rules.some(
      ({ protocol, fromPort = 0, toPort = 65_535, ...rule }) =>
        rule.group === holder &&
        rule.direction === direction &&
        peers.includes(rule.peer) &&
        (protocol === "-1" || (fromPort <= PORTS[store] && PORTS[store] <= toPort)),
    );
  return (
    some(group, "egress", ["0.0.0.0/0", destination]) &&
    some(destination, "ingress", [group, environment.network.cidr])
  );
}
