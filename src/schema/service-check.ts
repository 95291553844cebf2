// What must hold between the fields of one service.
import type { z } from "zod";
import { type CheckedScaling, fewestRunning, isClockOfOne, scalingIssues } from "./autoscaling-check";
import { type CheckedContainer, CONTAINER_CHECKS, type Issue, issueOf } from "./container-check";
import { FARGATE_CPU, isFargateSize, memoryFor } from "./fargate";
import { COLLECTOR, COLLECTOR_PORTS } from "./open-telemetry";

/** What is looked at here. Any of it may be of another type than it says while the service is refused for that. */
interface CheckedService extends CheckedContainer {
  readonly port?: number | undefined;
  readonly internal: boolean;
  readonly extraPorts: readonly number[];
  readonly privateName?: boolean | undefined;
  readonly formerPort?: number | undefined;
  readonly cpu: (typeof FARGATE_CPU)[number];
  readonly memory: number;
  readonly singleton: boolean;
  readonly desiredCount?: number | undefined;
  readonly autoscaling?: CheckedScaling["autoscaling"];
  readonly deployment?:
    | { readonly minimumHealthyPercent: number; readonly maximumPercent: number }
    | undefined;
  readonly healthCheck?: { readonly command?: string | readonly string[] | undefined } | undefined;
  readonly targetHealthCheck?:
    | {
        readonly port?: number | undefined;
        readonly successCodes: string;
        readonly intervalSeconds: number;
        readonly timeoutSeconds: number;
      }
    | undefined;
  readonly deregistrationDelaySeconds?: unknown;
  readonly routes?: unknown;
  readonly stickySessions?: unknown;
  readonly django?: unknown;
  readonly targetContainer?: unknown;
  readonly targetProtocol?: unknown;
  readonly sidecars: unknown;
  readonly openTelemetry?: unknown;
}

/** A refinement of the service's section: says all that is wrong at once. */
export function checkService(service: CheckedService, context: z.RefinementCtx): void {
  const issue = issueOf(context);
  for (const check of [
    checkSize,
    checkNumberOfTasks,
    checkAutoscaling,
    checkDeployment,
    ...CONTAINER_CHECKS,
    checkHealth,
    checkTargetHealth,
    checkPorts,
    checkBehindLoadBalancer,
    checkTarget,
    checkCollector,
  ]) {
    check(service, issue);
  }
}

function checkSize({ cpu, memory }: CheckedService, issue: Issue): void {
  if (FARGATE_CPU.includes(cpu) && Number.isInteger(memory) && !isFargateSize(cpu, memory)) {
    issue(["memory"], `With cpu ${cpu}, Fargate takes ${memoryFor(cpu)}.`, memory);
  }
}

function checkNumberOfTasks(service: CheckedService, issue: Issue): void {
  const { singleton, desiredCount = 1, autoscaling, deployment } = service;
  if (singleton !== true) {
    return;
  }
  if (desiredCount > 1) {
    issue(["desiredCount"], "Give 1, or 0 to park it: a singleton is one task at most.", desiredCount);
  }
  if (autoscaling !== undefined && !isClockOfOne(autoscaling)) {
    issue(["autoscaling"], "Remove it: a singleton is one task at most.", autoscaling);
  }
  if (deployment !== undefined) {
    const remedy =
      "Remove it: the task of a singleton always stops before the next one starts (0 to 100 percent).";
    issue(["deployment"], remedy, deployment);
  }
}

function checkAutoscaling(service: CheckedService, issue: Issue): void {
  for (const [at, remedy, value] of scalingIssues(service)) {
    issue([...at], remedy, value);
  }
}

/** ECS rounds down what may run, and up what must: "DeploymentConfiguration", Amazon ECS API reference. */
function checkDeployment(service: CheckedService, issue: Issue): void {
  const { singleton, deployment, autoscaling, desiredCount = 2 } = service;
  if (singleton === true || deployment === undefined) {
    return;
  }
  const { minimumHealthyPercent: least, maximumPercent: most }: typeof deployment = Object(deployment);
  const { minimum = desiredCount, maximum = desiredCount } = autoscaling ?? {};
  const first = fewestRunning({ minimum, maximum, schedule: autoscaling?.schedule });
  // From a hundred tasks on, each percent is a task.
  for (let tasks = first; tasks <= Math.min(maximum, first + 100); tasks += 1) {
    const [running, healthy] = [Math.floor((tasks * most) / 100), Math.ceil((tasks * least) / 100)];
    if (running <= tasks && healthy >= tasks) {
      const remedy =
        `Give more for maximumPercent, or less for minimumHealthyPercent: of ${tasks} ${tasks === 1 ? "task" : "tasks"}, ` +
        `${running} may run and ${healthy} must, so a deployment could neither start one nor stop one.`;
      issue(["deployment"], remedy, deployment);
      return;
    }
  }
}

function checkHealth({ healthCheck, django, port }: CheckedService, issue: Issue): void {
  if (healthCheck && healthCheck.command === undefined && (django === undefined || port === undefined)) {
    const remedy =
      "Give a command: only for Django with a port is one known. Without healthCheck, the container gets none.";
    issue(["healthCheck", "command"], remedy, undefined);
  }
}

function checkTargetHealth(service: CheckedService, issue: Issue): void {
  const { targetHealthCheck: given, healthCheck, django, port: servicePort } = service;
  const { port, successCodes, intervalSeconds, timeoutSeconds }: Partial<NonNullable<typeof given>> =
    Object(given);
  const at = (field: string) => ["targetHealthCheck", field];
  if (port !== undefined && port === requestPort(service)) {
    issue(at("port"), "Remove it: it is the port that requests go to.", port);
  }
  if (intervalSeconds !== undefined && timeoutSeconds !== undefined && timeoutSeconds >= intervalSeconds) {
    const remedy = `Give less than the ${intervalSeconds} of intervalSeconds: an answer has to come before the next check.`;
    issue(at("timeoutSeconds"), remedy, timeoutSeconds);
  }
  const asksItself = django !== undefined && servicePort !== undefined && healthCheck?.command === undefined;
  if (asksItself && typeof successCodes === "string" && /[34]\d\d/.test(successCodes)) {
    const remedy =
      "Give codes from 200 to 299, or healthCheck a command of its own: Python's request, by which the container is checked, " +
      "follows redirects, and takes 400 and above for a failure.";
    issue(at("successCodes"), remedy, successCodes);
  }
}

function checkPorts(service: CheckedService, issue: Issue): void {
  const { port, formerPort, internal, extraPorts, privateName } = service;
  if (formerPort !== undefined && formerPort === requestPort(service)) {
    issue(["formerPort"], "Remove it: it is the port that requests go to.", formerPort);
  }
  if (privateName === false && internal === true) {
    issue(["privateName"], "Remove it: an internal service is reached by its name alone.", privateName);
  }
  if (Array.isArray(extraPorts) && port !== undefined && extraPorts.includes(port)) {
    issue(["extraPorts"], `Take ${port} out: it is the port that the service has.`, extraPorts);
  }
  if (port !== undefined) {
    return;
  }
  const remedy = "Give the service a port, or remove this: only a service with a port is reached.";
  const said = [
    ["formerPort", formerPort !== undefined],
    ["internal", internal === true],
    ["extraPorts", Array.isArray(extraPorts) && extraPorts.length > 0],
    ["privateName", privateName === true],
  ] as const;
  for (const [field] of said.filter(([, isSaid]) => isSaid)) {
    issue([field], remedy, service[field]);
  }
}

function checkBehindLoadBalancer(service: CheckedService, issue: Issue): void {
  const { port, internal } = service;
  if (port !== undefined && internal !== true) {
    return;
  }
  const remedy =
    internal === true
      ? 'Remove it, or remove "internal": the load balancer does not lead to an internal service.'
      : "Give the service a port, or remove this: only a service with a port is reached.";
  for (const key of [
    "routes",
    "stickySessions",
    "targetHealthCheck",
    "deregistrationDelaySeconds",
    "targetContainer",
  ] as const) {
    if (service[key] !== undefined) {
      issue([key], remedy, service[key]);
    }
  }
}

function checkTarget(service: CheckedService, issue: Issue): void {
  const { targetProtocol, targetContainer, port, internal, django, healthCheck } = service;
  if (targetProtocol !== "HTTPS") {
    return;
  }
  if (internal === true) {
    const remedy = 'Remove it, or remove "internal": the load balancer does not lead to an internal service.';
    issue(["targetProtocol"], remedy, targetProtocol);
  } else if (port === undefined) {
    const remedy = "Give the service a port, or remove this: only a service with a port is reached.";
    issue(["targetProtocol"], remedy, targetProtocol);
  } else if (targetContainer === undefined && django !== undefined && healthCheck?.command === undefined) {
    const remedy =
      "Give a command: Django's own container speaks HTTPS here, and the request by Python that would be made speaks plain HTTP.";
    issue(["healthCheck", "command"], remedy, undefined);
  }
}

/** The collector is a sidecar that no file describes: its name and its ports are taken. */
function checkCollector({ sidecars, openTelemetry, port, extraPorts }: CheckedService, issue: Issue): void {
  const own: Readonly<Record<string, unknown>> = Object(sidecars);
  if (Object.hasOwn(own, COLLECTOR)) {
    issue(
      ["sidecars", COLLECTOR],
      "Choose another key: the sidecar of openTelemetry is called so.",
      COLLECTOR,
    );
  }
  if (openTelemetry === undefined) {
    return;
  }
  const remedy = `Choose another port: ${COLLECTOR_PORTS.join(" and ")} are those of the collector (openTelemetry).`;
  for (const [path, taken] of [
    [["port"], port] as const,
    ...(Array.isArray(extraPorts) ? extraPorts : []).map(
      (one, index) => [["extraPorts", index], one] as const,
    ),
    ...Object.keys(own).map((name) => [["sidecars", name, "port"], Object(own[name]).port] as const),
  ]) {
    if (COLLECTOR_PORTS.includes(taken)) {
      issue([...path], remedy, taken);
    }
  }
}

/** The port that requests go to; sidecars may be of any type while they are refused for that. */
function requestPort({ port, targetContainer, sidecars }: CheckedService): number | undefined {
  const target: { readonly port?: number } = Object(
    Object(sidecars)[typeof targetContainer === "string" ? targetContainer : ""],
  );
  return targetContainer === undefined ? port : target.port;
}
