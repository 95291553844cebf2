// What ECS says of a platform's cluster and services, as the outputs of the stack django should.
import {
  DescribeClustersCommand,
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  ListTaskDefinitionFamiliesCommand,
} from "@aws-sdk/client-ecs";
import { type Account, byKey } from "./account";

export async function serviceOutputs(account: Account) {
  const { names } = account;
  const ecs = account.client(ECSClient);
  const { clusters = [] } = await ecs.send(new DescribeClustersCommand({ clusters: [names.cluster] }));
  const subnets = new Set<string>();
  const services = await byKey(names.services, async ({ service }) => {
    const answer = await ecs.send(
      new DescribeServicesCommand({ cluster: names.cluster, services: [service] }),
    );
    const [{ serviceName, taskDefinition, networkConfiguration } = {}] = answer.services ?? [];
    for (const subnet of networkConfiguration?.awsvpcConfiguration?.subnets ?? []) subnets.add(subnet);
    const { taskDefinition: definition } = await ecs.send(
      new DescribeTaskDefinitionCommand({ taskDefinition }),
    );
    const [container] = definition?.containerDefinitions ?? [];
    return {
      name: serviceName,
      log_group: container?.logConfiguration?.options?.["awslogs-group"],
      task_definition: taskDefinition,
      task_role: definition?.taskRoleArn,
      execution_role: definition?.executionRoleArn,
    };
  });
  return {
    cluster_name: clusters[0]?.clusterName,
    cluster_arn: clusters[0]?.clusterArn,
    services,
    service_subnet_ids: [...subnets],
    one_off_tasks: await byKey(names.services, ({ taskDefinition }) => oneOffTasks(ecs, taskDefinition)),
  };
}

/** The newest task definition of each family that is called after a service's, by what its name adds. */
async function oneOffTasks(ecs: ECSClient, family: string): Promise<Record<string, string | undefined>> {
  const prefix = `${family}-`;
  const { families = [] } = await ecs.send(
    new ListTaskDefinitionFamiliesCommand({ familyPrefix: prefix, status: "ACTIVE" }),
  );
  const commands = Object.fromEntries(families.map((name) => [name.slice(prefix.length), name]));
  const found = await byKey(commands, async (name) => {
    const { taskDefinition } = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: name }));
    // The emulator lists families, too, of which no revision is active any more.
    return taskDefinition?.status === "ACTIVE" ? taskDefinition.taskDefinitionArn : undefined;
  });
  return Object.fromEntries(Object.entries(found).filter(([, arn]) => arn !== undefined));
}
