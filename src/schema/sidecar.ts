// The part of a service that describes a container beside its own, in the same task: nginx before Django, say.
import { z } from "zod";
import { binding } from "./binding";
import { checkContainer } from "./container-check";
import { identifier, portNumber, section, variableName, wholeNumber } from "./fields";
import { mounts } from "./file-systems";
import { reason } from "./policies";
import { containerHealthCheck, folder, image, imageCredentials, secretSource, words } from "./service-parts";

/**
 * What a container waits for, of another one: "START" that it was started, "HEALTHY" that its health check succeeds, "COMPLETE"
 * that it has ended, "SUCCESS" that it has ended with exit code 0. `ContainerDependency`, Amazon ECS API reference.
 */
const CONDITIONS = ["START", "HEALTHY", "COMPLETE", "SUCCESS"] as const;

/** Containers of the task by name, with what of them is waited for. */
export const dependencies = z.record(identifier, z.enum(CONDITIONS));

export const sharedVolume = section({
  /** The folder at which this container finds the volume. */
  path: folder,
  /** Whether this container may only read. */
  readOnly: z.boolean().default(false),
});

export const sidecarSchema = section({
  /** `repository:tag` or `repository@sha256:digest`; never `latest`. */
  image,
  /** What ECS logs in to a private registry with, where that is not ECR. Default: nothing. */
  imageCredentials: imageCredentials.optional(),
  /**
   * The port that it listens on; each container of a task has its own. The others reach it at 127.0.0.1; from outside of the task
   * nothing does, unless it is the `targetContainer`. Default: none.
   */
  port: portNumber.optional(),
  /** What starts its command, as a list of words. Default: the image's own entry point. */
  entryPoint: words.optional(),
  /** What it runs, as a list of words. Default: the image's own command. */
  command: words.optional(),
  /** Whom it runs as, by name or number, with a group after a colon where one is meant. Default: the image decides. */
  user: z
    .string()
    .regex(
      /^[a-z0-9_][a-z0-9_-]*(:[a-z0-9_][a-z0-9_-]*)?$/,
      'Write a user, or a user and a group: "101", "nginx:nginx".',
    )
    .optional(),
  /** CPU units of the task's that it has for certain; the more, the more of what nobody uses, too. Default: a smallest share. */
  cpu: wholeNumber(2, 16_384, "CPU units").optional(),
  /** MiB beyond which ECS kills it. Default: the task's memory is its only limit. */
  memory: wholeNumber(6, 122_880, "MiB").optional(),
  /** MiB of the task's memory that are kept for it. Default: as many as `memory`, or none. */
  memoryReservation: wholeNumber(6, 122_880, "MiB").optional(),
  /** Whether the task ends when it does; a task that goes on without it is not replaced. */
  essential: z.boolean().default(true),
  /** What it waits for at the start, and is stopped before, by the names of containers: the service's key, or a sidecar's. */
  dependsOn: dependencies.default({}),
  /** How ECS finds out whether it is well. Default: not at all. */
  healthCheck: containerHealthCheck
    .refine(({ command }) => command !== undefined, {
      path: ["command"],
      message: "Give a command: nothing is known of what a sidecar can be asked by.",
    })
    .optional(),
  /** Seconds between asking it to stop, by SIGTERM, and killing it. */
  stopTimeoutSeconds: wholeNumber(2, 120, "seconds").default(30),
  /** Plain environment variables; the platform adds none. Secrets do not belong here. */
  environment: z.record(variableName, z.string()).default({}),
  /** Names in `environment` that only sound like a secret's, and why anybody may see the value. */
  notSecret: z.record(variableName, reason).default({}),
  /** Environment variables that ECS fills from Secrets Manager or Parameter Store when a task starts. */
  secrets: z.record(variableName, secretSource).default({}),
  /** Environment variables that the platform fills with facts of what the service uses. */
  bindings: z.record(variableName, binding).default({}),
  /** Volumes that it shares with other containers of the task, by name: empty at the start, gone with the task. */
  sharedVolumes: z.record(identifier, sharedVolume).default({}),
  /** Where it finds shared files, as the owner of the file system, whoever it is. */
  mounts,
  /** Folders that stay writable in the read-only container, each for itself alone. */
  writablePaths: z.array(folder).default(["/tmp"]),
})
  // Also while other fields are wrong, so that all problems come at once.
  .superRefine(checkContainer, { when: ({ value }) => typeof value === "object" && value !== null });

export type Sidecar = z.output<typeof sidecarSchema>;
