// What the Terraform variables for a service's limits of autoscaling admit, so that no value of theirs breaks what holds for the
// environment's own.

import { FEWEST_SCALED_TASKS } from "../schema/autoscaling";
import { TASKS_PER_SERVICE } from "../schema/limits";
import { connectionBudget } from "./connection-budget";
import type { Environment } from "./environment";
import { restsAtZero } from "./scaling";
import { deploymentOf, isPublic } from "./services";

/** What both limits of a service may be. */
export interface TaskLimits {
  /** Fewest tasks of either limit: with less, a deployment could neither start one nor stop one. 0 where none may run. */
  readonly fewest: number;
  /** Fewest tasks of the maximum: with less, an alarm on tasks could never fire. */
  readonly fewestAtMaximum: number;
  /** Most tasks of either limit, while no other service has more than its environment says. */
  readonly most: number;
  /** The connections that the database has for services, where these bound the most; `undefined` where AWS's quota does. */
  readonly room: number | undefined;
  /** What the maxima of several services may come to; of the last of them alone, as only one can be asked for all. */
  readonly joint: JointLimit | undefined;
}

/** The connections that services may open together while a release runs beside the former one. */
export interface JointLimit {
  /** Services that scale, each with the connections of one task, and with how much of it runs meanwhile, in percent. */
  readonly services: readonly {
    readonly key: string;
    readonly each: number;
    readonly maximumPercent: number;
  }[];
  /** Connections of the services that do not scale. */
  readonly others: number;
  /** All that services may open: `room`, or what they may open anyway where that is more. */
  readonly most: number;
  /** The connections that the database has for services. */
  readonly room: number;
}

/** What holds for a service that is part of no environment. */
export const AWS_TASK_LIMITS: TaskLimits = {
  fewest: FEWEST_SCALED_TASKS,
  fewestAtMaximum: FEWEST_SCALED_TASKS,
  most: TASKS_PER_SERVICE,
  room: undefined,
  joint: undefined,
};

/** The Terraform variables of a service's limits. */
export function taskVariables(serviceKey: string): { readonly minimum: string; readonly maximum: string } {
  const prefix = serviceKey.replaceAll("-", "_");
  return { minimum: `${prefix}_min_tasks`, maximum: `${prefix}_max_tasks` };
}

/**
 * The limits of every service that scales, by its key. What the environment itself says is always within: where its services may
 * open more connections than there are, which a synth warns of, none of them may have more tasks than it says.
 */
export function taskLimits({
  services,
  database,
  monitoring,
}: Pick<Environment, "services" | "database" | "monitoring">): ReadonlyMap<string, TaskLimits> {
  const { room = 0, bounded = [] } = connectionBudget({ services, database }) ?? {};
  const declared = bounded.reduce((sum, { each, tasks }) => sum + each * tasks, 0);
  const openers = bounded.flatMap(({ key, each, tasks }) => {
    const service = services[key];
    return service?.autoscaling && each > 0
      ? [{ key, each, maximumPercent: deploymentOf(service).maximumPercent, open: each * tasks }]
      : [];
  });
  const joint: JointLimit = {
    services: openers.map(({ open: _, ...opener }) => opener),
    others: declared - openers.reduce((sum, { open }) => sum + open, 0),
    most: Math.max(room, declared),
    room,
  };
  const last = openers.length > 1 ? openers.at(-1)?.key : undefined;
  return new Map(
    Object.entries(services).flatMap(([key, service]): [string, TaskLimits][] => {
      if (!service.autoscaling) {
        return [];
      }
      const opener = openers.find((one) => one.key === key);
      const most = opener
        ? mostTasksWith(
            Math.floor((joint.most - declared + opener.open) / opener.each),
            opener.maximumPercent,
          )
        : TASKS_PER_SERVICE;
      const fewest = restsAtZero(service) ? 0 : fewestTasksOf(deploymentOf(service));
      const { missingTasks = 0, unhealthyTargets = 0 } = monitoring ? monitoring.thresholds : {};
      return [
        [
          key,
          {
            fewest,
            fewestAtMaximum: Math.max(
              FEWEST_SCALED_TASKS,
              fewest,
              missingTasks,
              isPublic(service) ? unhealthyTargets : 0,
            ),
            most: Math.min(most, TASKS_PER_SERVICE),
            room: most < TASKS_PER_SERVICE ? room : undefined,
            joint: key === last ? joint : undefined,
          },
        ],
      ];
    }),
  );
}

/** The most tasks of which no more than `running` run during a deployment: ECS rounds down. */
function mostTasksWith(running: number, maximumPercent: number): number {
  return Math.ceil(((running + 1) * 100) / maximumPercent) - 1;
}

/** The fewest tasks of which a deployment can start one more, or stop one: from there on it always can. */
function fewestTasksOf({ minimumHealthyPercent, maximumPercent }: ReturnType<typeof deploymentOf>): number {
  return Math.max(
    FEWEST_SCALED_TASKS,
    Math.min(Math.ceil(100 / (maximumPercent - 100)), Math.ceil(100 / (100 - minimumHealthyPercent))),
  );
}
