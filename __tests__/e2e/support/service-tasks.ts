// What AWS says of services: how their tasks are replaced and asked for their health, and what the task definitions say of a task.
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  type Service,
  type TaskDefinition,
} from "@aws-sdk/client-ecs";
import {
  DescribeTargetGroupsCommand,
  ElasticLoadBalancingV2Client,
  type TargetGroup,
} from "@aws-sdk/client-elastic-load-balancing-v2";
import { CREDENTIALS, REGION } from "./child-environment";

export interface ServiceTasks {
  /** The services of the cluster, by name. */
  readonly services: Readonly<Record<string, Service>>;
  /** The newest task definitions, by family. */
  readonly definitions: Readonly<Record<string, TaskDefinition | undefined>>;
  /** The target groups, by name. */
  readonly targetGroups: Readonly<Record<string, TargetGroup>>;
}

/** What is asked for, by name. */
export interface AskedTasks {
  /** Of services. */
  readonly names: string[];
  /** Of task definitions. */
  readonly families: readonly string[];
  readonly targetGroups: string[];
}

export async function readServiceTasks(
  endpoint: string,
  cluster: string,
  { names, families, targetGroups }: AskedTasks,
): Promise<ServiceTasks> {
  const client = { endpoint, region: REGION, credentials: CREDENTIALS };
  const ecs = new ECSClient(client);
  const balancing = new ElasticLoadBalancingV2Client(client);
  try {
    const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: names }));
    const definitions = await Promise.all(
      families.map(async (family) => {
        const described = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: family }));
        return [family, described.taskDefinition] as const;
      }),
    );
    const { TargetGroups = [] } = await balancing.send(
      new DescribeTargetGroupsCommand({ Names: targetGroups }),
    );
    return {
      services: Object.fromEntries(services.map((service) => [service.serviceName ?? "", service])),
      definitions: Object.fromEntries(definitions),
      targetGroups: Object.fromEntries(TargetGroups.map((group) => [group.TargetGroupName ?? "", group])),
    };
  } finally {
    ecs.destroy();
    balancing.destroy();
  }
}
