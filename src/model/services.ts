// What follows from a service: what it is called, how many tasks it may have, which commands it can run once.
import { destinationOf } from "../schema/connection";
import type { Mount } from "../schema/file-systems";
import type { Service } from "../schema/service";
import { DEFAULT_DEPLOYMENT } from "../schema/service-parts";
import { type TargetSource, targetPort } from "./containers";

/** What rules and outputs call a service: its label, or its key with a capital first letter. */
export function serviceLabel(key: string, { label }: Pick<Service, "label">): string {
  return label ?? key.charAt(0).toUpperCase() + key.slice(1);
}

/** The most tasks that a service may be asked to run; 0 for one that is parked. */
export function mostTasks({
  autoscaling,
  desiredCount,
}: Pick<Service, "autoscaling" | "desiredCount">): number {
  return autoscaling?.maximum ?? desiredCount;
}

/** How much of a service runs while a deployment replaces its tasks, in percent of those desired. */
export function deploymentOf({
  singleton,
  deployment = DEFAULT_DEPLOYMENT,
}: Pick<Service, "singleton" | "deployment">): typeof DEFAULT_DEPLOYMENT {
  // Nothing has to run, and no more than one may: the old task stops first.
  return singleton ? { minimumHealthyPercent: 0, maximumPercent: 100 } : deployment;
}

/** The most tasks that run at once, old ones and new: ECS rounds down ("DeploymentConfiguration", API reference). */
export function mostTasksInDeployment(
  service: Pick<Service, "autoscaling" | "desiredCount" | "singleton" | "deployment">,
): number {
  return Math.floor((mostTasks(service) * deploymentOf(service).maximumPercent) / 100);
}

/** What Django services can run once where they do not say otherwise. */
const DJANGO_COMMANDS: Readonly<Record<string, OneOffCommand>> = {
  migrate: { command: ["python", "manage.py", "migrate", "--noinput"] },
};

/** What runs once: a command, and what starts it. */
export interface OneOffCommand {
  readonly command: readonly string[];
  /** Default: the image's own entry point. */
  readonly entryPoint?: readonly string[] | undefined;
}

/** What decides which commands of a service run once. */
type CommandSettings = {
  readonly [Field in "oneOffCommands" | "django" | "schedules"]?: Service[Field] | undefined;
};

/** The commands of a service that run once, by name: its own, or those of Django, and those that schedules bring. */
export function oneOffCommandsOf(service: CommandSettings): Readonly<Record<string, OneOffCommand>> {
  const scheduled = Object.entries(service.schedules ?? {}).flatMap(([name, { command }]) =>
    command === undefined || typeof command === "string" ? [] : [[name, inFull(command)] as const],
  );
  return { ...namedCommandsOf(service), ...Object.fromEntries(scheduled) };
}

/** Those that schedules may name. */
export function namedCommandsOf({
  oneOffCommands,
  django,
}: Omit<CommandSettings, "schedules">): Readonly<Record<string, OneOffCommand>> {
  if (oneOffCommands === undefined) {
    return django ? DJANGO_COMMANDS : {};
  }
  return Object.fromEntries(Object.entries(oneOffCommands).map(([name, command]) => [name, inFull(command)]));
}

function inFull(command: readonly string[] | OneOffCommand): OneOffCommand {
  return isWords(command) ? { command } : command;
}

function isWords(command: readonly string[] | OneOffCommand): command is readonly string[] {
  return Array.isArray(command);
}

/**
 * Seconds that a task may finish its requests before ECS stops it, where the service does not say. Elastic Load
 * Balancing's own default, 300, slows every deployment down.
 */
export const DEREGISTRATION_DELAY_SECONDS = 30;

/** What a service may say of one of its connections. */
export type ConnectionWords = Partial<Omit<Exclude<Service["connectsTo"][number], string>, "to">>;

/** What a service says of its connection; `undefined` where it has none. @param destination a data store's or a service's key */
export function connectionTo(
  { connectsTo }: Pick<Service, "connectsTo">,
  destination: string,
): ConnectionWords | undefined {
  const connection = connectsTo.find((one) => destinationOf(one) === destination);
  return typeof connection === "string" ? {} : connection;
}

/** Whether a service connects to something. @param destination a data store's or a service's key */
export function connects(service: Pick<Service, "connectsTo">, destination: string): boolean {
  return connectionTo(service, destination) !== undefined;
}

/** What of a service says where it is reached; in a file that may still be wrong, as much as is known. */
export type ReachedService = TargetSource & {
  readonly [Field in "internal" | "formerPort" | "targetHealthCheck" | "extraPorts"]?:
    | Service[Field]
    | undefined;
};

/** Whether the load balancer leads to a service. */
export function isPublic({ port, internal }: Pick<ReachedService, "port" | "internal">): boolean {
  return port !== undefined && internal !== true;
}

/**
 * The ports that the load balancer connects to: both while the port changes, as tasks of the former one still answer requests, and
 * one for health checks alone.
 */
export function targetPorts(service: ReachedService): number[] {
  const { formerPort, targetHealthCheck } = service;
  return isPublic(service) ? given([targetPort(service), formerPort, targetHealthCheck?.port]) : [];
}

/** The ports of a service that another one connects to: by default its own, whatever its sidecars listen on. */
export function connectedPorts(
  { ports }: Pick<ConnectionWords, "ports">,
  { port, formerPort, targetContainer }: Pick<ReachedService, "port" | "formerPort" | "targetContainer">,
): number[] {
  return given(ports ?? [port, targetContainer === undefined ? formerPort : undefined]);
}

/** Every port that a service answers on. */
export function answeredPorts(service: ReachedService): number[] {
  const { port, formerPort, extraPorts = [] } = service;
  return given([port, formerPort, ...targetPorts(service), ...extraPorts]);
}

function given(ports: readonly (number | undefined)[]): number[] {
  return [...new Set(ports)].flatMap((port) => port ?? []);
}

/** Where the containers of a service find shared files: its own first. */
export function mountsOf({ mounts, sidecars }: Pick<Service, "mounts" | "sidecars">): readonly Mount[] {
  return [...mounts, ...Object.values(sidecars).flatMap((sidecar) => sidecar.mounts)];
}
