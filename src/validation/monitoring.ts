// Thresholds against what they watch: an alarm that can never fire, or that always does, is worse than none.
import { connectionLimit } from "../model/database-connections";
import { loadBalancerOf } from "../model/load-balancer";
import { monitoringOf } from "../model/monitoring";
import { useTargets } from "../model/scaling";
import { isPublic, mostTasks } from "../model/services";
import type { Thresholds } from "../schema/monitoring";
import type { Problem } from "../schema/problem";
import { type Check, problem, type Sections } from "./check";

export const checkMonitoring: Check = (sections) => {
  const { production, monitoring, declared } = sections;
  if (production === undefined || (monitoring === undefined && declared.has("monitoring"))) {
    return [];
  }
  const watched = monitoringOf(production, monitoring);
  return watched
    ? [
        ...taskProblems(watched.thresholds, sections),
        ...scalingProblems(watched.thresholds, sections),
        ...loadBalancerProblems(watched.thresholds, sections),
        ...databaseProblems(watched.thresholds, sections),
      ]
    : [];
};

function taskProblems(thresholds: Thresholds, { services }: Sections): Problem[] {
  const running = Object.entries(services).filter(([, service]) => mostTasks(service) > 0);
  return (["missingTasks", "unhealthyTargets"] as const).flatMap((threshold) => {
    const watched =
      threshold === "missingTasks" ? running : running.filter(([, service]) => isPublic(service));
    const never = watched.filter(([, service]) => mostTasks(service) < thresholds[threshold]);
    const most = Math.min(...never.map(([, service]) => mostTasks(service)));
    const names = never.map(([key]) => `"${key}"`).join(", ");
    const remedy = `Give ${most} at most: the alarm could never fire for ${names}, with as few tasks as that.`;
    return never.length > 0 ? [wrong(threshold, thresholds, remedy)] : [];
  });
}

/** Autoscaling holds a service at its targets: an alarm at or below one of them would fire on a usual day. */
function scalingProblems(thresholds: Thresholds, { services, refused }: Sections): Problem[] {
  const pairs = [
    ["serviceCpuPercent", "cpuPercent"],
    ["serviceMemoryPercent", "memoryPercent"],
  ] as const;
  return pairs.flatMap(([threshold, target]) => {
    const targets = Object.entries(services).flatMap(([key, { autoscaling }]) => {
      const path = `services.${key}.autoscaling.${target}`;
      const percent = autoscaling && useTargets(autoscaling)[target];
      return percent === undefined || refused(path) ? [] : [{ path, percent }];
    });
    const [highest] = targets.sort((one, other) => other.percent - one.percent);
    if (!highest || thresholds[threshold] > highest.percent) {
      return [];
    }
    const remedy =
      `Give more than the ${highest.percent} of ${highest.path}, or scale earlier: tasks are added only above that, and ` +
      "the alarm would fire all the time.";
    return [wrong(threshold, thresholds, remedy)];
  });
}

function loadBalancerProblems(
  thresholds: Thresholds,
  { services, loadBalancer, declared, refused }: Sections,
): Problem[] {
  const described =
    declared.has("loadBalancer") && !loadBalancer ? undefined : loadBalancerOf(services, loadBalancer);
  if (
    !described ||
    refused("loadBalancer.idleTimeoutSeconds") ||
    thresholds.latencySeconds < described.idleTimeoutSeconds
  ) {
    return [];
  }
  const { idleTimeoutSeconds } = described;
  const remedy =
    `Give less than the ${idleTimeoutSeconds} of loadBalancer.idleTimeoutSeconds: a request that takes longer is cut ` +
    "off, and the alarm could never fire.";
  return [wrong("latencySeconds", thresholds, remedy)];
}

function databaseProblems(thresholds: Thresholds, { database, refused }: Sections): Problem[] {
  if (!database) {
    return [];
  }
  const { databaseFreeStorageGib: free, databaseConnections: connections } = thresholds;
  const { allocatedStorageGib: allocated, instanceClass } = database;
  const limit = connectionLimit(database);
  const unknown = limit === undefined && !refused("database.instanceClass");
  return [
    ...(free >= allocated && !refused("database.allocatedStorageGib")
      ? [
          wrong(
            "databaseFreeStorageGib",
            thresholds,
            `Give less than the ${allocated} of database.allocatedStorageGib: the alarm would always fire.`,
          ),
        ]
      : []),
    ...(unknown && connections === undefined
      ? [
          wrong(
            "databaseConnections",
            thresholds,
            `Give a number: how many connections ${instanceClass} takes is not known here.`,
          ),
        ]
      : []),
    ...(limit !== undefined && connections !== undefined && connections >= limit
      ? [
          wrong(
            "databaseConnections",
            thresholds,
            `Give less than ${limit}, which is what the database takes: the alarm could never fire.`,
          ),
        ]
      : []),
  ];
}

function wrong(threshold: keyof Thresholds, thresholds: Thresholds, remedy: string): Problem {
  return problem(`monitoring.thresholds.${threshold}`, thresholds[threshold], remedy);
}
