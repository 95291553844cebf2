// What a container is told of where it runs, worked out from the environment file: how much its server may take on, how long
// it has to end, what stands before it. The names stand here and nowhere else.
import { loadBalancerSchema } from "../schema/load-balancer";
import { MEMBER_KEYS } from "../schema/member-keys";
import type { Service } from "../schema/service";
import { ownShare } from "./containers";
import type { Environment } from "./environment";
import { connects, isPublic } from "./services";
import { loadBalancerTier, planSubnets } from "./subnets";

/**
 * The variables' names. They are our own: what gunicorn, uvicorn or Celery read by themselves (`WEB_CONCURRENCY`,
 * `GUNICORN_CMD_ARGS`) would override what a team has configured. `AWS_DEFAULT_REGION` is boto3's, which does not read Fargate's
 * `AWS_REGION`.
 */
export const HANDOVER = {
  /** Processes that CPU and memory bear. */
  processes: "WORKER_PROCESSES",
  /** Threads of each process of a WSGI server. */
  threads: "WORKER_THREADS",
  /** Seconds that a server keeps an idle connection open. */
  keepAlive: "KEEP_ALIVE_SECONDS",
  /** Seconds in which a server or worker may finish what it has, once it is asked to stop. */
  graceful: "GRACEFUL_SECONDS",
  /** Proxies of the platform's own that add to `X-Forwarded-For`. */
  trustedProxies: "TRUSTED_PROXIES",
  /** The CIDR blocks that these connect from, with commas between them. */
  trustedNetworks: "TRUSTED_NETWORKS",
  /** The path that the load balancer asks for, whatever answers it: Django without `django` in the file, too. */
  healthCheckPath: "HEALTH_CHECK_PATH",
  /** What Django's SECRET_KEY was before. */
  secretKeyFallbacks: "SECRET_KEY_FALLBACKS",
  /** The region, for AWS's libraries. */
  region: "AWS_DEFAULT_REGION",
  /** `key=url` of each queue that the service uses, with commas between them. */
  queueUrls: "QUEUE_URLS",
  /** Seconds that Celery's broker waits for a task before it gives it to somebody else. */
  visibilityTimeout: "VISIBILITY_TIMEOUT_SECONDS",
} as const;

/** Processes for each vCPU: one that waits, one that works. */
const PROCESSES_PER_VCPU = 2;
/** Less than two, and one slow request or task stops everything. */
const FEWEST_PROCESSES = 2;
/** Memory of a Django process with its libraries, in MiB. */
const MIB_PER_PROCESS = 256;
const CPU_UNITS_PER_VCPU = 1024;

/** What a task's processes follow from. */
export type TaskSize = Pick<Service, "cpu" | "memory"> & {
  readonly sidecars?: Service["sidecars"] | undefined;
};

/** How many processes the service's container bears: two a vCPU, as far as the memory goes. */
export function workerProcesses(service: TaskSize): number {
  const { cpu, memory } = ownShare(service);
  const forCpu = Math.max(FEWEST_PROCESSES, Math.floor((PROCESSES_PER_VCPU * cpu) / CPU_UNITS_PER_VCPU));
  return Math.max(1, Math.min(forCpu, Math.floor(memory / MIB_PER_PROCESS)));
}

/** Threads of each process of a WSGI server: requests mostly wait for the database, or for a slow client. */
export const WORKER_THREADS = 8;

/** The server closes after the load balancer does: else a request meets a connection that is just being closed, a 502. */
const KEEP_ALIVE_MARGIN_SECONDS = 15;

/** What remains of the time to stop, for the process to end and its last lines to be sent. */
const STOP_MARGIN_SECONDS = 10;

/** Seconds that a server or worker may finish what it has, after the SIGTERM. */
export function gracefulSeconds({ stopTimeoutSeconds }: Pick<Service, "stopTimeoutSeconds">): number {
  return Math.max(1, stopTimeoutSeconds - STOP_MARGIN_SECONDS);
}

/** The longest task of Celery with Redis as its broker, where the file does not say. */
export const LONGEST_TASK_SECONDS = 3600;

/** Where containers of one task find each other. */
const LOOPBACK = "127.0.0.1/32";

/** The shortest time that one of these queues hides a message; `undefined` where there is none. */
function shortestVisibility(keys: readonly string[], queues: Environment["queues"]): number | undefined {
  const times = keys.flatMap((key) => queues[key]?.visibilityTimeoutSeconds ?? []);
  return times.length === 0 ? undefined : Math.min(...times);
}

/** The variable that holds one queue's URL: `JOBS_QUEUE_URL`. */
export function queueUrlVariable(key: string): string {
  return `${key.toUpperCase().replaceAll("-", "_")}_QUEUE_URL`;
}

/** The variable that holds one bucket's name: `MEDIA_BUCKET_NAME`. */
export function bucketNameVariable(key: string): string {
  return `${key.toUpperCase().replaceAll("-", "_")}_BUCKET_NAME`;
}

/** The queues that a service sends to: of a process of Celery also those that it takes from, for a retry is a new message. */
export function queuesSentTo({
  consumesFrom,
  sendsTo,
  celery,
}: Pick<Service, "consumesFrom" | "sendsTo" | "celery">): string[] {
  return [...new Set([...sendsTo, ...(celery ? consumesFrom : [])])];
}

/** What of a service counts here. */
export type HandoverSource = TaskSize &
  Pick<
    Service,
    | "port"
    | "internal"
    | "healthCheckPath"
    | "stopTimeoutSeconds"
    | "connectsTo"
    | "consumesFrom"
    | "sendsTo"
    | "celery"
  > & { readonly targetContainer?: Service["targetContainer"] };

/** What of an environment counts here. */
export type HandoverEnvironment = Pick<Environment, "region" | "network" | "loadBalancer" | "queues">;

/** The variables whose values follow from the environment file alone; the URLs of queues and secrets do not. */
export function handover(service: HandoverSource, environment: HandoverEnvironment): Record<string, string> {
  const visibility = visibilityTimeout(service, environment.queues);
  return {
    [HANDOVER.region]: environment.region,
    [HANDOVER.processes]: String(workerProcesses(service)),
    [HANDOVER.graceful]: String(gracefulSeconds(service)),
    ...(service.port === undefined
      ? {}
      : {
          [HANDOVER.threads]: String(WORKER_THREADS),
          [HANDOVER.healthCheckPath]: service.healthCheckPath,
        }),
    ...(isPublic(service) ? behindLoadBalancer(service, environment) : {}),
    ...(visibility === undefined ? {} : { [HANDOVER.visibilityTimeout]: String(visibility) }),
  };
}

function behindLoadBalancer(
  { targetContainer }: Pick<HandoverSource, "targetContainer">,
  { network, loadBalancer }: HandoverEnvironment,
): Record<string, string> {
  const balancer = loadBalancer ?? loadBalancerSchema.parse({});
  const { idleTimeoutSeconds } = balancer;
  return {
    [HANDOVER.keepAlive]: String(idleTimeoutSeconds + KEEP_ALIVE_MARGIN_SECONDS),
    // A sidecar before it is one more, which connects from within the task.
    [HANDOVER.trustedProxies]: targetContainer === undefined ? "1" : "2",
    [HANDOVER.trustedNetworks]: [
      ...planSubnets(network)[loadBalancerTier(balancer)],
      ...(targetContainer === undefined ? [] : [LOOPBACK]),
    ].join(","),
  };
}

/** Of what takes from queues: theirs. With Redis as the broker, what a task takes at most. Of what only sends, such as beat: its queues'. */
function visibilityTimeout(service: HandoverSource, queues: Environment["queues"]): number | undefined {
  const { celery, consumesFrom, sendsTo } = service;
  if (celery === undefined) {
    return undefined;
  }
  const whole = (celery.longestTaskSeconds ?? LONGEST_TASK_SECONDS) + gracefulSeconds(service);
  const sent = connects(service, MEMBER_KEYS.cache) ? undefined : shortestVisibility(sendsTo, queues);
  return shortestVisibility(consumesFrom, queues) ?? sent ?? whole;
}
