// Services' autoscaling against how many tasks they may have, and against what they go by: queues, and metrics that somebody publishes.
import { restsAtZero } from "../model/scaling";
import { nearest } from "../schema/nearest";
import type { Problem } from "../schema/problem";
import { type Check, type ComparedService, problem, type Sections } from "./check";
import { unknownName } from "./spelling";

export const checkAutoscaling: Check = (sections) =>
  Object.entries(sections.services).flatMap(([key, service]) =>
    service.autoscaling
      ? [
          ...numberProblems(key, service),
          ...queueProblems(key, service, sections),
          ...metricProblems(key, service, sections),
        ]
      : [],
  );

/** Says nothing of a number that is left out: it follows from autoscaling, once all else in the service is right. */
function numberProblems(key: string, { autoscaling, desiredCount }: ComparedService): Problem[] {
  if (!autoscaling) {
    return [];
  }
  const { minimum, maximum } = autoscaling;
  const remedy = `Give a number within autoscaling: ${minimum} to ${maximum}.`;
  return desiredCount < minimum || desiredCount > maximum
    ? [problem(`services.${key}.desiredCount`, desiredCount, remedy)]
    : [];
}

function queueProblems(
  key: string,
  { autoscaling, consumesFrom }: ComparedService,
  { queueKeys }: Sections,
): Problem[] {
  const queue = autoscaling?.queueDepth?.queue;
  if (queue === undefined || consumesFrom.includes(queue)) {
    return [];
  }
  const remedy = queueKeys.includes(queue)
    ? `Name a queue that "${key}" takes messages from (consumesFrom: ${consumesFrom.join(", ") || "none"}): more tasks of it would ` +
      "work off nothing of this one."
    : unknownName("queue", queue, queueKeys);
  return [problem(`services.${key}.autoscaling.queueDepth.queue`, queue, remedy)];
}

/** A metric may come from outside of the environment, but then not under a name that is almost one of its own. */
function metricProblems(
  key: string,
  service: ComparedService,
  { services, serviceKeys }: Sections,
): Problem[] {
  const namespace = service.autoscaling?.metric?.namespace;
  if (namespace === undefined || Object.keys(services).length !== serviceKeys.length) {
    return [];
  }
  const path = `services.${key}.autoscaling.metric.namespace`;
  const publishers = Object.entries(services).filter(([, { publishesMetrics }]) =>
    publishesMetrics.includes(namespace),
  );
  const [publisher] = publishers;
  if (publisher === undefined) {
    const meant = nearest(namespace, [
      ...new Set(Object.values(services).flatMap(({ publishesMetrics }) => publishesMetrics)),
    ]);
    return meant === undefined
      ? []
      : [problem(path, namespace, `No service publishes metrics there; did you mean "${meant}"?`)];
  }
  if (restsAtZero(service) && publishers.length === 1 && publisher[0] === key) {
    const remedy = `Let another service publish it, or give autoscaling.minimum 1: with no task, nothing of "${key}" says that there is work.`;
    return [problem(path, namespace, remedy)];
  }
  return [];
}
