// The variables and secrets of all containers, as items ask about them.
import type { SynthesizedPlatform } from "../policies/policy";
import { containersOf } from "../policies/reading/containers";
import type { Resource } from "../policies/reading/resources";
import { nested } from "../policies/reading/values";
import { asText } from "../reachability/terraform-config";

/** A container with what it finds in its environment. */
export interface ContainerVariables {
  readonly definition: Resource;
  /** Values by name. */
  readonly plain: ReadonlyMap<string, string>;
  /** What ECS reads, by name: ARNs. */
  readonly secrets: ReadonlyMap<string, string>;
  /** Whether its output goes to a log. */
  readonly logged: boolean;
}

/** Every container, and the task definitions whose containers cannot be read. */
export function containerVariables({ resources }: SynthesizedPlatform): {
  readonly containers: readonly ContainerVariables[];
  readonly unreadable: readonly Resource[];
} {
  const containers: ContainerVariables[] = [];
  const unreadable: Resource[] = [];
  for (const definition of resources.of("aws_ecs_task_definition")) {
    const bodies = containersOf(definition);
    if (bodies === undefined) {
      unreadable.push(definition);
    }
    for (const body of bodies ?? []) {
      const byName = (list: string, value: string) =>
        new Map(nested(body, list).map((each) => [asText(each.name) ?? "", String(each[value] ?? "")]));
      containers.push({
        definition,
        plain: byName("environment", "value"),
        secrets: byName("secrets", "valueFrom"),
        logged: nested(body, "logConfiguration").length > 0,
      });
    }
  }
  return { containers, unreadable };
}
