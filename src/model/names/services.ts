// What services are made of, and what they use beside data stores: task definitions, roles, logs, queues, secrets, images.
import type { Registry } from "../../schema/registry";

import type { DatabaseUser } from "../database-login";

/** An ECS service, and by default its task definition and its target group. */
export function serviceName(base: string, service: string): string {
  return `${base}-${service}`;
}

/** A service's log group: `/ecs/<name>/<service>`. */
export function serviceLogGroup(base: string, service: string): string {
  return `/ecs/${base}/${service}`;
}

/** Where the cluster keeps what is typed into its containers. */
export function execSessionsLogGroup(cluster: string): string {
  return `/ecs/${cluster}/exec-sessions`;
}

/** The role that starts a service's tasks. */
export function executionRole(base: string, service: string): string {
  return `${base}-${service}-execution`;
}

/** The role that a service's own code has. */
export function taskRole(base: string, service: string): string {
  return `${base}-${service}-task`;
}

/** The family of a command that a service runs once. @param family the service's own family */
export function oneOffFamily(family: string, command: string): string {
  return `${family}-${command}`;
}

/** The families of a service's task definitions: its own, and one for each command that runs once. */
export function taskFamilies(family: string, commands: readonly string[]): string[] {
  return [family, ...commands.map((command) => oneOffFamily(family, command))];
}

/** What runs a command of a service by the clock: a state machine, and in its group the schedule that starts it. */
export function scheduledRun(base: string, service: string, schedule: string): string {
  return `${base}-${service}-${schedule}`;
}

/** The role of the state machines that run a service's commands; CI's boundary knows it by the end that roles of tasks have. */
export function scheduleRole(base: string, service: string): string {
  return taskRole(base, `${service}-cron`);
}

/** The role by which EventBridge Scheduler starts all of them: as that of a service "start" would be called. */
export function scheduleStarter(base: string): string {
  return scheduleRole(base, "start");
}

/** The queue for runs that EventBridge Scheduler could not start. */
export function undeliveredSchedules(base: string): string {
  return `${base}-undelivered-schedules`;
}

/** What adds tasks to a service by one metric, and takes them away. */
export function scalingPolicyName(service: string, metric: string): string {
  return `${service}-${metric}`;
}

/** What changes a service's limits at a time. @param key the time's, in its schedule */
export function scheduledLimitsName(service: string, key: string): string {
  return `${service}-${key}`;
}

/** The conventional name of a queue. */
export function queueName(base: string, queue: string): string {
  return `${base}-${queue}`;
}

/** What a dead-letter queue's name adds to that of its queue. */
const DEAD_LETTER_SUFFIX = "-dlq";

/** The queue for what could not be worked off. @param queue the queue's own name */
export function deadLetterQueue(queue: string): string {
  return `${queue}${DEAD_LETTER_SUFFIX}`;
}

/** A secret's name begins with the environment's prefix. @param prefix without a slash at its end */
function secretName(prefix: string, ...rest: readonly string[]): string {
  return [prefix, ...rest].join("/");
}

/** Every secret of an environment, as a pattern. */
export function anySecret(prefix: string): string {
  return secretName(prefix, "*");
}

/** A value that Terraform makes up for a variable of a container. @param folder the container's: `web`, `web/nginx` */
export function generatedSecret(prefix: string, folder: string, variable: string): string {
  return secretName(prefix, folder, variable);
}

/** A value that Terraform makes up for several services. @param key under which the environment has it */
export function sharedSecret(prefix: string, key: string): string {
  return secretName(prefix, "shared", key);
}

/** Django's SECRET_KEY. */
export function djangoSecretKey(prefix: string): string {
  return secretName(prefix, "secret-key");
}

/** What Django's SECRET_KEY was before: a secret of its own, as a secret's version AWSPREVIOUS isn't there at first. */
export function djangoPreviousSecretKey(prefix: string): string {
  return secretName(prefix, "secret-key-previous");
}

/** The database's password, where Terraform makes it. */
export function databaseSecret(prefix: string): string {
  return secretName(prefix, "database");
}

/** The names of a task that the platform runs for itself. */
export type ToolTaskNames = Readonly<Record<"family" | "executionRole" | "logGroup", string>>;

/** Named as a service of this key would be. */
function toolTask(base: string, key: string): ToolTaskNames {
  return {
    family: serviceName(base, key),
    executionRole: executionRole(base, key),
    logGroup: serviceLogGroup(base, key),
  };
}

const DATABASE_USER = "database-user";

/** The names of the task that makes the database's user for the application. */
export function databaseUserTask(base: string): ToolTaskNames {
  return toolTask(base, DATABASE_USER);
}

/** The names of the task that tries connections from inside. */
export function connectivityTask(base: string): ToolTaskNames {
  return toolTask(base, "connectivity");
}

/** The families of the tasks that the platform runs for itself, of which an environment has some or none. */
export function toolFamilies(base: string): string[] {
  return [databaseUserTask(base), connectivityTask(base)].map(({ family }) => family);
}

/** The application's own user of the database, with its password. */
export function databaseUserSecret(prefix: string): string {
  return secretName(prefix, DATABASE_USER);
}

/** The cache's user with its password. */
export function cacheSecret(prefix: string): string {
  return secretName(prefix, "cache");
}

/** The database's URL with a user's log-in. */
export function databaseUrlSecret(prefix: string, user: DatabaseUser): string {
  return `${user === "application" ? databaseUserSecret(prefix) : databaseSecret(prefix)}-url`;
}

/** The repository of a service's images. */
export function repositoryName(
  { name, registry }: { readonly name: string; readonly registry?: Pick<Registry, "namespace"> | undefined },
  service: string,
): string {
  return `${registry?.namespace ?? name}/${service}`;
}
