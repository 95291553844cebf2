// How ECS asks a container whether it is well: by a command of its own, or, for Django, by a request.
import { targetHealthOf } from "../model/target-health";
import type { Service } from "../schema/service";
import { DEFAULT_HEALTH_CHECK } from "../schema/service-parts";
import { literal } from "./literal";

/** A container definition's `healthCheck`; times in seconds. */
export interface ContainerHealthCheck {
  readonly command: readonly string[];
  readonly interval: number;
  readonly timeout: number;
  readonly retries: number;
  readonly startPeriod: number;
}

export type HealthCheckSource = Pick<
  Service,
  "port" | "healthCheck" | "healthCheckPath" | "targetHealthCheck" | "targetContainer" | "django"
>;

/**
 * The health check of a service's container; `undefined` for one that gives no command, and is not Django with a port.
 *
 * @param allowedHosts Django's ALLOWED_HOSTS, the hosts separated by commas
 */
export function containerHealthCheck(
  service: HealthCheckSource,
  allowedHosts: string | undefined,
): ContainerHealthCheck | undefined {
  const { port, healthCheck = DEFAULT_HEALTH_CHECK, healthCheckPath, django } = service;
  if (healthCheck.command !== undefined) {
    return healthCheckByCommand(healthCheck);
  }
  // What is not Django may be an image without Python, whose every task would be found ill.
  if (port === undefined || !django) {
    return undefined;
  }
  // What the load balancer asks of a sidecar is on the sidecar's ports.
  const asked = service.targetContainer === undefined ? targetHealthOf(service).port : undefined;
  const url = `http://127.0.0.1:${asked ?? port}${healthCheckPath}`;
  const script = requestScript(url, allowedHost(allowedHosts), healthCheck.timeoutSeconds);
  // No shell around Python's script: what stands in a path or a host is never read as a command.
  return { command: ["CMD", "python", "-c", literal(script)], ...times(healthCheck) };
}

/** The health check of a container that gives a command, or else `undefined`. */
export function healthCheckByCommand(
  healthCheck: NonNullable<Service["healthCheck"]>,
): ContainerHealthCheck | undefined {
  const { command } = healthCheck;
  if (command === undefined) {
    return undefined;
  }
  const words = Array.isArray(command) ? ["CMD", ...command] : ["CMD-SHELL", command];
  return { command: words.map(literal), ...times(healthCheck) };
}

function times({
  intervalSeconds,
  timeoutSeconds,
  retries,
  startPeriodSeconds,
}: NonNullable<Service["healthCheck"]>): Omit<ContainerHealthCheck, "command"> {
  return {
    interval: intervalSeconds,
    timeout: timeoutSeconds,
    retries,
    startPeriod: startPeriodSeconds,
  };
}

/**
 * Python's standard library is in any image that runs Django; curl is not. `urlopen` fails on any answer of 400 or
 * above. The header says that the request came by HTTPS: else SECURE_SSL_REDIRECT sends it to a port that isn't there.
 */
function requestScript(url: string, host: string | undefined, timeoutSeconds: number): string {
  const headers = { "X-Forwarded-Proto": "https", ...(host === undefined ? {} : { Host: host }) };
  return (
    "import urllib.request as r; " +
    `r.urlopen(r.Request(${JSON.stringify(url)}, headers=${JSON.stringify(headers)}), timeout=${timeoutSeconds})`
  );
}

/** A host that Django answers to; `undefined` where any will do. */
function allowedHost(allowedHosts: string | undefined): string | undefined {
  const [first = "*"] = (allowedHosts ?? "").split(",").filter((host) => host !== "");
  // A leading dot stands for a domain and everything below it.
  return first === "*" ? undefined : first.replace(/^\./, "");
}
