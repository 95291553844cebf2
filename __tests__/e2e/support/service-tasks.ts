// What ECS says of services: how their tasks are replaced, and what the registered task definitions say of a task.
import {
  DescribeServicesCommand,
  DescribeTaskDefinitionCommand,
  ECSClient,
  type Service,
  type TaskDefinition,
} from "@aws-sdk/client-ecs";
import { CREDENTIALS, REGION } from "./child-environment";

export interface ServiceTasks {
  /** The services of the cluster, by name. */
  readonly services: Readonly<Record<string, Service>>;
  /** The newest task definitions, by family. */
  readonly definitions: Readonly<Record<string, TaskDefinition | undefined>>;
}

/** @param names the services' names @param families those of task definitions */
export async function readServiceTasks(
  endpoint: string,
  cluster: string,
  { names, families }: { readonly names: string[]; readonly families: readonly string[] },
): Promise<ServiceTasks> {
  const ecs = new ECSClient({ endpoint, region: REGION, credentials: CREDENTIALS });
  try {
    const { services = [] } = await ecs.send(new DescribeServicesCommand({ cluster, services: names }));
    const definitions = await Promise.all(
      families.map(async (family) => {
        const described = await ecs.send(new DescribeTaskDefinitionCommand({ taskDefinition: family }));
        return [family, described.taskDefinition] as const;
      }),
    );
    return {
      services: Object.fromEntries(services.map((service) => [service.serviceName ?? "", service])),
      definitions: Object.fromEntries(definitions),
    };
  } finally {
    ecs.destroy();
  }
}
