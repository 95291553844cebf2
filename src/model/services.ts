// What follows from a service: what it is called, how many tasks it may have, which commands it can run once.
import { storeOf } from "../schema/connection";
import type { Service } from "../schema/service";
import { DEFAULT_DEPLOYMENT } from "../schema/service-parts";

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

/** The commands of a service that run once, by name: its own, or those of Django. */
export function oneOffCommandsOf({
  oneOffCommands,
  django,
}: { readonly [Field in "oneOffCommands" | "django"]?: Service[Field] | undefined }): Readonly<
  Record<string, OneOffCommand>
> {
  if (oneOffCommands === undefined) {
    return django ? DJANGO_COMMANDS : {};
  }
  return Object.fromEntries(
    Object.entries(oneOffCommands).map(([name, command]) => [
      name,
      Array.isArray(command) ? { command } : command,
    ]),
  );
}

/**
 * Seconds that a task may finish its requests before ECS stops it, where the service does not say. Elastic Load
 * Balancing's own default, 300, slows every deployment down.
 */
export const DEREGISTRATION_DELAY_SECONDS = 30;

/** What a service says of its connection to a data store; `undefined` where it has none. @param store the store's key */
export function connectionTo(
  { connectsTo }: Pick<Service, "connectsTo">,
  store: string,
): Partial<Omit<Exclude<Service["connectsTo"][number], string>, "to">> | undefined {
  const connection = connectsTo.find((one) => storeOf(one) === store);
  return typeof connection === "string" ? {} : connection;
}

/** Whether a service connects to a data store. @param store the store's key */
export function connects(service: Pick<Service, "connectsTo">, store: string): boolean {
  return connectionTo(service, store) !== undefined;
}
