// Stops every task of a service, and keeps autoscaling from starting new ones.
import { isDeepStrictEqual } from "node:util";
import type { AwsSession } from "../aws/session";
import type { Journal, Scale } from "./journal";
import { type ServiceId, scaleOf, setDesiredCount, setSuspension } from "./scaling";

export interface ScaleDownPlan extends ServiceId {
  readonly before: Scale;
  readonly after: Scale;
  /** Whether the service is at 0 already, with nothing that could scale it out. */
  readonly alreadyDown: boolean;
}

/** Looks at the service, and says what is to be done; `undefined` where there is no such service. */
export async function planScaleDown(aws: AwsSession, id: ServiceId): Promise<ScaleDownPlan | undefined> {
  const before = await scaleOf(aws, id);
  if (before === undefined) {
    return undefined;
  }
  const after: Scale = {
    desiredCount: 0,
    suspended: before.suspended && {
      dynamicScalingIn: true,
      dynamicScalingOut: true,
      scheduledScaling: true,
    },
  };
  return { ...id, before, after, alreadyDown: isDeepStrictEqual(before, after) };
}

/**
 * Does it: autoscaling first, which would otherwise scale out what has just been scaled down.
 * @param known IDs of the journal's entries when the plan was made
 * @returns whether it was done: not where somebody has changed the service since, or is about to, because what the plan has as
 *   `before` is not what an undoing should bring back then
 */
export async function scaleDown(
  aws: AwsSession,
  { cluster, service, before, after }: ScaleDownPlan,
  journal: Journal,
  known: ReadonlySet<string>,
): Promise<boolean> {
  if (!isDeepStrictEqual(await scaleOf(aws, { cluster, service }), before)) {
    return false;
  }
  const entry = await journal.intendUnless(
    { action: "scale-down", cluster, service, before, after },
    (entries) =>
      entries.some(
        (other) =>
          other.action === "scale-down" &&
          other.cluster === cluster &&
          other.service === service &&
          other.state !== "undone" &&
          !known.has(other.id),
      ),
  );
  if (entry === undefined) {
    return false;
  }
  if (after.suspended !== null) {
    await setSuspension(aws, { cluster, service }, after.suspended);
  }
  await setDesiredCount(aws, { cluster, service }, after.desiredCount);
  await journal.mark(entry, "done");
  return true;
}
