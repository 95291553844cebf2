// The part of an environment that describes one service: a container image run on Fargate, with or without a port.
import { z } from "zod";
import { autoscaling, ownNamespace } from "./autoscaling";
import { binding } from "./binding";
import { bucketUses } from "./buckets";
import { connection, destinationOf } from "./connection";
import { FARGATE_CPU } from "./fargate";
import { identifier, portNumber, section, unique, units, variableName, wholeNumber } from "./fields";
import { mounts } from "./file-systems";
import { TASKS_PER_SERVICE } from "./limits";
import { logRetentionDays } from "./network";
import { openTelemetrySchema, withCollector } from "./open-telemetry";
import { permission } from "./permissions";
import { reason } from "./policies";
import { DEFAULT_PRESETS, presets } from "./presets";
import { schedulesSchema } from "./schedules";
import { checkService } from "./service-check";
import {
  celery,
  containerHealthCheck,
  deployment,
  django,
  egressRule,
  folder,
  healthCheckPath,
  image,
  imageCredentials,
  oneOffCommand,
  type ownSecretSource,
  route,
  secretSource,
  targetHealthCheck,
  ulimit,
  words,
} from "./service-parts";
import { dependencies, sharedVolume, sidecarSchema } from "./sidecar";

/** Tasks of a service that says nothing of their number: one may fail. */
const DESIRED_COUNT = 2;
/** A singleton has no second one for when the first fails. */
const SINGLETON_COUNT = 1;

export const serviceSchema = section({
  /** What rules and outputs call the service in words. Default: its key with a capital first letter. */
  label: z
    .string()
    .max(64, "Use 64 characters at most.")
    .regex(/^[A-Za-z0-9][A-Za-z0-9 _-]*$/, "Use letters, digits, spaces, - and _.")
    .optional(),
  /** `repository:tag` or `repository@sha256:digest`; never `latest`. */
  image,
  /**
   * What ECS logs in to a private registry with, where that is not ECR. Default: nothing; ECR goes by the service's role, and
   * what is public asks for none.
   */
  imageCredentials: imageCredentials.optional(),
  /** The port that the container listens on. Default: none; the service takes no inbound traffic at all. */
  port: portNumber.optional(),
  /**
   * Whether the service is not behind the load balancer: other services that name it in `connectsTo` reach it by its private
   * name, `<service>.<network.privateDomain>`, and nobody else does.
   */
  internal: z.boolean().default(false),
  /** Further ports that the container listens on, such as one for metrics, for services that name them in `connectsTo`. */
  extraPorts: z.array(portNumber).refine(unique, "Name each port once.").default([]),
  /**
   * Whether the service has a private name, by which tasks in the network find its tasks. Default: as soon as it is `internal`, or
   * another service's `connectsTo` names it.
   */
  privateName: z.boolean().optional(),
  /**
   * The port that requests went to before, while tasks of both still run: the load balancer may connect to either. Give it with the
   * new `port`, or with another `targetContainer`, and remove it once the deployment is over. Default: none.
   */
  formerPort: portNumber.optional(),
  /**
   * The sidecar that the load balancer sends requests to, on that sidecar's port; `port` is then reached from within the task alone.
   * Default: the service's own container.
   */
  targetContainer: identifier.optional(),
  /**
   * What the load balancer speaks with the container: "HTTPS" where that has a certificate of its own, any one, since nobody looks
   * whose it is. Health checks, too.
   */
  targetProtocol: z.enum(["HTTP", "HTTPS"]).default("HTTP"),
  /** CPU units; 1024 are one vCPU. */
  cpu: z
    .literal([...FARGATE_CPU], `Choose CPU units that Fargate has: ${FARGATE_CPU.join(", ")}.`)
    .register(units, { unit: "CPU units" }),
  /** Memory in MiB, one of the sizes that go with `cpu`. */
  memory: z.int("Give the memory as a whole number of MiB.").register(units, { unit: "MiB" }),
  /**
   * Storage of a task in GiB, for the image and all that is written: gone with the task. Default: 20 GiB, which Fargate does not
   * charge for.
   */
  ephemeralStorageGib: wholeNumber(21, 200, "GiB").optional(),
  /** Limits of what the container's processes may use; Fargate lets one be set. Default: its own, 65535 open files. */
  ulimits: z
    .array(ulimit)
    .min(1)
    .refine((limits) => unique(limits.map(({ name }) => name)), "Name each limit once.")
    .optional(),
  /** The processor that the image is built for. */
  architecture: z.enum(["X86_64", "ARM64"]).default("X86_64"),
  /**
   * For a process that must not run twice, such as Celery's beat: one task at most, at any time. A deployment stops the old one
   * before it starts the new one, so for a minute or two none runs; behind the load balancer, requests are answered 503 meanwhile.
   */
  singleton: z.boolean().default(false),
  /**
   * Tasks at the start; with `autoscaling`, Terraform leaves the number alone afterwards. Default: autoscaling's
   * minimum, 1 for a singleton, or 2.
   */
  desiredCount: wholeNumber(0, TASKS_PER_SERVICE, "tasks").optional(),
  /** Between how many tasks the service scales, and by what. Default: not at all. */
  autoscaling: autoscaling.optional(),
  /** Share of tasks on Fargate and on Fargate Spot, which is cheaper and can be taken away within two minutes. */
  capacity: section({
    /** Tasks that always run on Fargate. */
    base: wholeNumber(0, 1000, "tasks").default(1),
    /** Weight of Fargate for the tasks beyond `base`. */
    fargateWeight: wholeNumber(0, 1000, "weight").default(1),
    /** Weight of Fargate Spot for the tasks beyond `base`. */
    spotWeight: wholeNumber(0, 1000, "weight").default(0),
  })
    .refine(
      ({ fargateWeight, spotWeight }) => fargateWeight + spotWeight > 0,
      "Give one of the weights above 0.",
    )
    .prefault({}),
  /**
   * How many tasks run while a deployment replaces them, in percent of those desired. Default: 100 to 200, new tasks first; of a
   * singleton 0 to 100.
   */
  deployment: deployment.optional(),
  /** Where the load balancer asks whether a task is well; it must answer to any Host, over plain HTTP unless `targetProtocol` says otherwise, with 200 or what `targetHealthCheck` takes. */
  healthCheckPath: healthCheckPath.default("/health/"),
  /** How the load balancer asks, and what it takes for an answer. Default: every 10 seconds, for a 200. */
  targetHealthCheck: targetHealthCheck.optional(),
  /**
   * The container's own health check; that of a worker without a port is a `command`. Default: for Django with a port, a request
   * to `healthCheckPath` by Python; for others none, as nothing is known of what their image has to ask with.
   */
  healthCheck: containerHealthCheck.optional(),
  /**
   * Seconds after a task's start in which the load balancer's verdict does not count: as long as a healthy task needs to
   * answer. The Terraform variable `health_check_grace_seconds` makes it longer for a first deployment.
   */
  healthCheckGracePeriodSeconds: wholeNumber(0, 2_147_483_647, "seconds").default(60),
  /**
   * Seconds that the load balancer lets a task finish its requests before ECS stops it; a longer request is cut off. Default:
   * 30.
   */
  deregistrationDelaySeconds: wholeNumber(0, 3600, "seconds").optional(),
  /** Seconds between asking a container to stop, by SIGTERM, and killing it: longer than it needs to finish its work. */
  stopTimeoutSeconds: wholeNumber(2, 120, "seconds").default(120),
  /** Whether ECS Exec may open a shell in running tasks; `false` also takes the right to it from the service's role. */
  executeCommand: z.boolean().default(true),
  /** Which hosts and paths reach the service. Default: whatever no other service's routes take. */
  routes: z.array(route).min(1).optional(),
  /** Keeps a client on one task by a cookie of the load balancer's. Default: each request goes to any task. */
  stickySessions: section({
    /** Seconds that the cookie lasts: up to seven days. */
    durationSeconds: wholeNumber(1, 604_800, "seconds").default(86_400),
  }).optional(),
  /**
   * What starts the container's command, as a list of words, in place of the image's own entry point; the image's own command then
   * counts no more, either. What runs once has the image's, or one that it says. Default: the image's own entry point.
   */
  entryPoint: words.optional(),
  /** What the container runs, as a list of words. Default: the image's own command. */
  command: words.optional(),
  /** Plain environment variables. Secrets do not belong here. */
  environment: z.record(variableName, z.string()).default({}),
  /** Names in `environment` that only sound like a secret's, such as SENTRY_DSN, and why anybody may see the value. */
  notSecret: z.record(variableName, reason).default({}),
  /**
   * Environment variables that ECS fills from Secrets Manager or Parameter Store when a task starts: of the service's own, or one of
   * `sharedSecrets`.
   */
  secrets: z.record(variableName, secretSource).default({}),
  /**
   * Whose names the variables have that the platform fills: its own, cookiecutter-django's, or one URL for each store. What
   * `environment`, `secrets` and `bindings` say wins; docs/django-settings.md lists them.
   */
  presets: presets.default([...DEFAULT_PRESETS]),
  /**
   * Environment variables that the platform fills, by the names that the image reads: `RDS_HOSTNAME: "database.host"`. They stand
   * beside the names that docs/django-settings.md lists.
   */
  bindings: z.record(variableName, binding).default({}),
  /** The data stores and the other services that the service connects to, and why. */
  connectsTo: z
    .array(connection)
    .refine(
      (connections) => unique(connections.map(destinationOf)),
      "Name each data store and each service once.",
    )
    .default([]),
  /**
   * Where the container, and its commands that run once, find shared files. What runs in it writes and reads as their owner,
   * whoever it is.
   */
  mounts,
  /**
   * When the service learns the database's password. "at-start": ECS puts DATABASE_USER and DATABASE_PASSWORD into its
   * variables, and the platform restarts it after a rotation. "at-connection": its own code reads the secret DATABASE_LOGIN_ARN,
   * which its role may read, whenever it connects, so that a rotation is never noticed.
   */
  databaseLogin: z.enum(["at-start", "at-connection"]).default("at-start"),
  /**
   * Whom the service logs in as where the database has an `applicationUser`: that one, or the master all the same, as long as the
   * user is not made yet.
   */
  databaseUser: z.enum(["application", "master"]).default("application"),
  /** The queues that the service takes messages from. */
  consumesFrom: z.array(identifier).refine(unique, "Name each queue once.").default([]),
  /** The queues that the service puts messages into. */
  sendsTo: z.array(identifier).refine(unique, "Name each queue once.").default([]),
  /** The buckets that the service reads or writes. */
  buckets: bucketUses.default([]),
  /** What the service may do in AWS beyond what follows from the fields above: statements of its role. */
  permissions: z.array(permission).default([]),
  /** Namespaces of CloudWatch in which the service may publish metrics of its own: for `autoscaling.metric`, or alarms of your own. */
  publishesMetrics: z.array(ownNamespace).refine(unique, "Name each namespace once.").default([]),
  /** Where the service may connect to outside the platform: anywhere, or just these destinations. */
  egress: z.union([z.literal("all"), z.array(egressRule)]).default("all"),
  /**
   * Set for a Django application: it gets the environment variables of docs/django-settings.md and a SECRET_KEY. Default:
   * none; the service gets neither, and Django would answer 400 to every host.
   */
  django: django.optional(),
  /**
   * Set for a process of Celery, a worker or beat: it may also send to the queues that it takes messages from, because a retry
   * is a message of its own, and it is told after how long the broker gives an unfinished task to somebody else. Default: none.
   */
  celery: celery.optional(),
  /**
   * Commands, by name, that get a task definition to be run once, by hand or from a pipeline. Default: `migrate` for
   * Django, none for others.
   */
  oneOffCommands: z.record(identifier, oneOffCommand).optional(),
  /** What runs by the clock, by name, in tasks like the service's own. Default: nothing. */
  schedules: schedulesSchema,
  /** Folders that stay writable in the read-only container. */
  writablePaths: z.array(folder).default(["/tmp"]),
  /**
   * Containers beside the service's own in each of its tasks, by name: nginx before Django, a collector of traces. They share its
   * network, its size and its roles; commands that run once run without them.
   */
  sidecars: z.record(identifier, sidecarSchema).default({}),
  /**
   * Has the traces of its own container collected by a sidecar, `otel-collector`, which sends them to X-Ray; the container is told where that
   * is, and the service's role may send. Default: none.
   */
  openTelemetry: openTelemetrySchema.optional(),
  /** What the service's own container waits for at its start, by the names of sidecars. */
  dependsOn: dependencies.default({}),
  /** Volumes that its own container shares with sidecars, by name: empty at the start, gone with the task. */
  sharedVolumes: z.record(identifier, sharedVolume).default({}),
  /** Days that the service's logs are kept. */
  logRetentionDays: logRetentionDays.default(30),
})
  // Also while other fields are wrong, so that all problems come at once.
  .superRefine(checkService, { when: ({ value }) => typeof value === "object" && value !== null })
  .transform((service) => ({
    ...service,
    sidecars: withCollector(service),
    desiredCount:
      service.desiredCount ??
      service.autoscaling?.minimum ??
      (service.singleton ? SINGLETON_COUNT : DESIRED_COUNT),
  }));

export type Service = z.output<typeof serviceSchema>;
/** Where a container's secret comes from. */
export type SecretSource = z.output<typeof secretSource>;
/** Where it comes from in the end: of a shared one, too. */
export type OwnSecretSource = z.output<typeof ownSecretSource>;
