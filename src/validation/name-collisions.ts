// Resources that would get the same name: AWS refuses the second, or two services would share one.

import type { Names } from "../model/names/resolved";
import { deadLetterQueue, taskFamilies } from "../model/names/services";
import { oneOffCommandsOf } from "../model/services";
import type { Problem } from "../schema/problem";
import { type Check, problem } from "./check";

/** One name that is taken: by what, in words, and where it can be changed. */
interface Taken {
  readonly name: string;
  readonly by: string;
  readonly path: string;
}

type Services = Parameters<Check>[0]["services"];

/** Every name that is given twice within one kind of resource. */
export function nameCollisions(names: Names, services: Services): Problem[] {
  const ofServices = (field: "service" | "logGroup" | "targetGroup"): Taken[] =>
    Object.entries(names.services).map(([key, own]) => ({
      name: own[field],
      by: `the service "${key}"`,
      path: `names.services.${key}.${field}`,
    }));
  return [
    ...twice(groups(names), "rules find groups by name"),
    ...twice(ofServices("service"), "a cluster has one service of a name"),
    ...twice(families(names, services), "each would be a revision of the other"),
    ...twice(
      [
        { name: names.flowLogs, by: "the flow logs", path: "name" },
        { name: names.wafLogs, by: "the web application firewall's log", path: "name" },
        ...ofServices("logGroup"),
      ],
      "an account has one log group of a name",
    ),
    ...twice(
      // Without a port, a service has no target group.
      ofServices("targetGroup").filter((_, index) => hasPort(Object.keys(names.services)[index], services)),
      "an account has one target group of a name",
    ),
    ...twice(queues(names), `each queue has a dead-letter queue, \`${deadLetterQueue("")}\`, too`),
  ];
}

/** Whether a service is known to have a port. */
export function hasPort(key: string | undefined, services: Services): boolean {
  return key !== undefined && Object.hasOwn(services, key) && services[key]?.port !== undefined;
}

function groups({ securityGroups }: Names): Taken[] {
  return Object.entries(securityGroups).map(([group, name]) => ({
    name,
    by: `the group "${group}"`,
    path: `names.securityGroups.${group}`,
  }));
}

/** The families of task definitions: a service's own, and one for each command that runs once. */
function families(names: Names, services: Services): Taken[] {
  return Object.entries(names.services).flatMap(([key, { taskDefinition }]) => {
    const service = services[key];
    const commands = service ? Object.keys(oneOffCommandsOf(service)) : [];
    return taskFamilies(taskDefinition, commands).map((name) => ({
      name,
      by: `the service "${key}"`,
      path: `names.services.${key}.taskDefinition`,
    }));
  });
}

function queues(names: Names): Taken[] {
  return Object.entries(names.queues).flatMap(([key, name]) =>
    [name, deadLetterQueue(name)].map((taken) => ({
      name: taken,
      by: `the queue "${key}"`,
      path: `names.queues.${key}`,
    })),
  );
}

function twice(taken: readonly Taken[], why: string): Problem[] {
  const seen = new Map<string, Taken>();
  return taken.flatMap((one) => {
    const other = seen.get(one.name);
    seen.set(one.name, other ?? one);
    return other ? [problem(one.path, one.name, `Choose another name: ${other.by} has it, and ${why}.`)] : [];
  });
}
