// The part of an environment that describes one service: a container image run on Fargate, with or without a port.
import { z } from "zod";
import { FARGATE_CPU, isFargateSize, memoryFor } from "./fargate";
import {
  cidrBlock,
  domainName,
  identifier,
  portNumber,
  portOrRange,
  ruleDescription,
  section,
  variableName,
  wholeNumber,
} from "./fields";
import { parseImage } from "./image";
import { CONDITION_VALUES_PER_LISTENER_RULE } from "./limits";
import { logRetentionDays } from "./network";

/** Names that say "secret": a plain environment variable of such a name would show its value in the task definition. */
export const SECRET_NAME =
  /(SECRET|PASSWORD|PASSWD|TOKEN|PRIVATE_KEY|API_KEY|ACCESS_KEY|CREDENTIAL|DSN|(DATABASE|REDIS|CACHE|BROKER)_URL)/;

const image = z.string().superRefine((value, context) => {
  const reference = parseImage(value);
  const message =
    reference === undefined
      ? "Write repository:tag or repository@sha256:digest; an image without a tag can change under you."
      : reference.version === "latest"
        ? 'Pin a tag that does not move, such as a release or a commit, instead of "latest".'
        : undefined;
  if (message) {
    context.addIssue({ code: "custom", message, input: value });
  }
});

const path = z.string().regex(/^\/[\x21-\x7e]*$/, 'Write a path that starts with "/".');

const egressRule = section({
  /** Where the service may connect to. */
  cidr: cidrBlock,
  /** The port, or the range of ports, that it may connect to. */
  port: portOrRange,
  /** @default "tcp" */
  protocol: z.enum(["tcp", "udp"]).default("tcp"),
  /** Why; it becomes the rule's description. */
  description: ruleDescription,
});

const secretSource = z.union(
  [
    section({
      /** Name or ARN of a secret in Secrets Manager that exists already. */
      secretsManager: z.string().min(1),
      /** The key within a secret that holds JSON. Default: the secret as a whole. */
      jsonKey: z.string().min(1).optional(),
    }),
    section({
      /** A random value that Terraform generates at apply and that never enters its state. */
      generate: section({
        /** Length in characters. */
        length: wholeNumber(20, 4096, "characters"),
      }),
    }),
  ],
  'Write { secretsManager: "name" } for a secret that exists, or { generate: { length: 50 } } for a new random one.',
);

const route = section({
  /** Order among the listener's rules, lowest first: 1 to 50000, each once. */
  priority: wholeNumber(1, 50000, "priority"),
  /** Host names that lead here; with `paths` too, both must match. */
  hosts: z.array(domainName).min(1).optional(),
  /** Path patterns that lead here, such as "/api/*". */
  paths: z.array(path).min(1).optional(),
}).superRefine((value, context) => {
  const count = (value.hosts?.length ?? 0) + (value.paths?.length ?? 0);
  if (count === 0) {
    context.addIssue({ code: "custom", message: "Name hosts, paths or both.", input: value });
  } else if (count > CONDITION_VALUES_PER_LISTENER_RULE) {
    const message = `A rule takes ${CONDITION_VALUES_PER_LISTENER_RULE} hosts and paths at most: split it in two.`;
    context.addIssue({ code: "custom", message, input: value });
  }
});

const autoscaling = section({
  /** Fewest tasks. */
  minimum: wholeNumber(1, 5000, "tasks"),
  /** Most tasks. */
  maximum: wholeNumber(1, 5000, "tasks"),
  /** Average CPU that tasks are added above, in percent. */
  cpuPercent: wholeNumber(10, 95, "percent").default(60),
  /** Average memory that tasks are added above, in percent. */
  memoryPercent: wholeNumber(10, 95, "percent").default(75),
  /** Requests a minute and task that tasks are added above; only where the load balancer reaches the service. */
  requestsPerTarget: wholeNumber(1, 1_000_000, "requests a minute").default(1000),
}).refine(({ minimum, maximum }) => minimum <= maximum, "Write minimum <= maximum.");

const containerHealthCheck = section({
  /** A shell command that exits 0 while the container is well. Default: a request by Python to `healthCheckPath`. */
  command: z.string().min(1).optional(),
  /** Seconds between two checks. */
  intervalSeconds: wholeNumber(5, 300, "seconds").default(30),
  /** Seconds that a check may take. */
  timeoutSeconds: wholeNumber(2, 60, "seconds").default(5),
  /** Failures in a row that make the container unhealthy. */
  retries: wholeNumber(1, 10, "failures").default(3),
  /** Seconds after start in which failures do not count. */
  startPeriodSeconds: wholeNumber(0, 300, "seconds").default(60),
});

const django = section({
  /** The value of DJANGO_SETTINGS_MODULE. Default: left to the image. */
  settingsModule: z.string().min(1).optional(),
  /** Host names, besides the environment's domain names, that Django answers to. */
  allowedHosts: z.array(z.string().min(1)).default([]),
});

export const serviceSchema = section({
  /** What rules and outputs call the service in words. Default: its key with a capital first letter. */
  label: z
    .string()
    .regex(/^[A-Za-z0-9][A-Za-z0-9 _-]*$/, "Use letters, digits, spaces, - and _.")
    .optional(),
  /** `repository:tag` or `repository@sha256:digest`; never `latest`. */
  image,
  /** The port that the container listens on. A service without one takes no inbound traffic at all. */
  port: portNumber.optional(),
  /** CPU units; 1024 are one vCPU. */
  cpu: z.literal([...FARGATE_CPU], `Choose CPU units that Fargate has: ${FARGATE_CPU.join(", ")}.`),
  /** Memory in MiB, one of the sizes that go with `cpu`. */
  memory: z.int("Give the memory as a whole number of MiB."),
  /** The processor that the image is built for. */
  architecture: z.enum(["X86_64", "ARM64"]).default("X86_64"),
  /** Tasks at the start; with `autoscaling`, Terraform leaves the number alone afterwards. */
  desiredCount: wholeNumber(0, 5000, "tasks").default(2),
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
  /** Where the load balancer asks whether a task is well; it must answer 200 over plain HTTP to any Host. */
  healthCheckPath: path.default("/health/"),
  /** The container's own health check. Default for a service with a port: a request to `healthCheckPath`. */
  healthCheck: containerHealthCheck.optional(),
  /**
   * Seconds after a task's start in which the load balancer's verdict does not count. Ten minutes by default: the
   * first deployment of the rules stack must fit in.
   */
  healthCheckGracePeriodSeconds: wholeNumber(0, 2_147_483_647, "seconds").default(600),
  /** Which hosts and paths reach the service. Without routes, it gets whatever no other service's routes take. */
  routes: z.array(route).min(1).optional(),
  /** Keeps a client on one task by a cookie of the load balancer's. */
  stickySessions: section({
    /** Seconds that the cookie lasts: up to seven days. */
    durationSeconds: wholeNumber(1, 604_800, "seconds").default(86_400),
  }).optional(),
  /** Replaces the image's command. */
  command: z.array(z.string()).min(1).optional(),
  /** Plain environment variables. Secrets do not belong here. */
  environment: z.record(variableName, z.string()).default({}),
  /** Environment variables that ECS fills from Secrets Manager when a task starts. */
  secrets: z.record(variableName, secretSource).default({}),
  /** The data stores that the service connects to. */
  connectsTo: z
    .array(z.enum(["postgres", "redis"]))
    .refine((stores) => new Set(stores).size === stores.length, "Name each store once.")
    .default([]),
  /** The queues that the service takes messages from. */
  consumesFrom: z.array(identifier).default([]),
  /** The queues that the service puts messages into. */
  sendsTo: z.array(identifier).default([]),
  /** Where the service may connect to outside the platform: anywhere, or just these destinations. */
  egress: z.union([z.literal("all"), z.array(egressRule)]).default("all"),
  /** Set for a Django application: it gets Django's environment variables and SECRET_KEY. */
  django: django.optional(),
  /** Task definitions to run by hand or from a pipeline. Default for Django: `migrate`. */
  oneOffCommands: z.record(identifier, z.array(z.string()).min(1)).optional(),
  /** Folders that stay writable in the read-only container. */
  writablePaths: z.array(path).default(["/tmp"]),
  /** Days that the service's logs are kept. */
  logRetentionDays: logRetentionDays.default(30),
}).superRefine(
  (service, context) => {
    const issue = (at: PropertyKey[], message: string, input: unknown) =>
      context.addIssue({ code: "custom", path: at, message, input });
    const { cpu, memory, environment, secrets } = service;
    if (FARGATE_CPU.includes(cpu) && Number.isInteger(memory) && !isFargateSize(cpu, memory)) {
      issue(["memory"], `With cpu ${cpu}, Fargate takes ${memoryFor(cpu)}.`, memory);
    }
    for (const name of Object.keys(environment ?? {})) {
      if (SECRET_NAME.test(name)) {
        const remedy = `Move it to "secrets": a plain variable shows its value in code, state and the ECS console.`;
        issue(["environment", name], remedy, "(withheld)");
      }
      if (name in (secrets ?? {})) {
        issue(["secrets", name], "It stands in both environment and secrets: keep one.", name);
      }
    }
    for (const key of ["routes", "stickySessions"] as const) {
      if (service.port === undefined && service[key] !== undefined) {
        issue(
          [key],
          "Give the service a port, or remove this: only a service with a port is reached.",
          service[key],
        );
      }
    }
  },
  // Also while other fields are wrong, so that all problems come at once.
  { when: ({ value }) => typeof value === "object" && value !== null },
);

export type Service = z.output<typeof serviceSchema>;
/** Where a container's secret comes from. */
export type SecretSource = z.output<typeof secretSource>;

/** What rules and outputs call a service: its label, or its key with a capital first letter. */
export function serviceLabel(key: string, { label }: Pick<Service, "label">): string {
  return label ?? key.charAt(0).toUpperCase() + key.slice(1);
}
