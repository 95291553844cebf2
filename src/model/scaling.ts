// What follows from a service's autoscaling: what it goes by, and whether it may come to rest without a task.
import type { Autoscaling } from "../schema/autoscaling";
import type { Service } from "../schema/service";

/** What tasks themselves show, and is held where nothing else says how much there is to do. */
const USUAL_TARGETS = { cpuPercent: 60, memoryPercent: 75, requestsPerTarget: 1000 } as const;

/** How much of its tasks' use a service is held at; `undefined` for what does not count. */
export type UseTargets = { readonly [Target in keyof typeof USUAL_TARGETS]: number | undefined };

/**
 * What a service is held at: what it says, and else the usual. One that goes by what there is to do goes by nothing else unless it says
 * so: tasks leave only when all that counts allows it, and the memory of a worker that is idle may never fall far enough.
 */
export function useTargets(autoscaling: Autoscaling): UseTargets {
  const usual: Partial<UseTargets> =
    goesByWork(autoscaling) || goesByClockAlone(autoscaling) ? {} : USUAL_TARGETS;
  return {
    cpuPercent: autoscaling.cpuPercent ?? usual.cpuPercent,
    memoryPercent: autoscaling.memoryPercent ?? usual.memoryPercent,
    requestsPerTarget: autoscaling.requestsPerTarget ?? usual.requestsPerTarget,
  };
}

function goesByWork({ queueDepth, metric }: Autoscaling): boolean {
  return queueDepth !== undefined || metric !== undefined;
}

/** Whether nothing but the clock can change the number of tasks: at any time there is just one that it may be. */
function goesByClockAlone({ minimum, maximum, schedule }: Autoscaling): boolean {
  return schedule !== undefined && [{ minimum, maximum }, ...Object.values(schedule)].every(isFixed);
}

function isFixed({ minimum, maximum }: Pick<Autoscaling, "minimum" | "maximum">): boolean {
  return minimum === maximum;
}

/** Whether the service may come to rest without a task: what there is to do starts one again. */
export function restsAtZero({ autoscaling }: Pick<Service, "autoscaling">): boolean {
  return autoscaling?.minimum === 0;
}

/** Whether the clock stops all of the service's tasks at times. */
export function isParkedAtTimes({ autoscaling }: Pick<Service, "autoscaling">): boolean {
  return Object.values(autoscaling?.schedule ?? {}).some(({ maximum }) => maximum === 0);
}

/** Whether nothing is wrong where no task runs: the service is parked, or waits for something to do. */
export function mayRunNone(service: Pick<Service, "autoscaling" | "desiredCount">): boolean {
  return service.desiredCount === 0 || restsAtZero(service) || isParkedAtTimes(service);
}
