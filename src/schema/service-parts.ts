// The parts of a service: its image, its routes, its health check and so on, each one field of its section.
import { z } from "zod";
import { INTERNET } from "./cidr";
import { flowReason } from "./connection";
import {
  cidrBlock,
  domainName,
  identifier,
  parameterName,
  portNumber,
  portOrRange,
  ruleDescription,
  secretName,
  section,
  unique,
  wholeNumber,
} from "./fields";
import { parseImage } from "./image";
import {
  CONDITION_LENGTH,
  CONDITION_VALUES_PER_LISTENER_RULE,
  LAST_LISTENER_RULE,
  ROUTE_SOURCES,
} from "./limits";

const IMAGE =
  "Write repository:tag or repository@sha256:digest; an image without a tag can change under you.";

export const image = z.string(IMAGE).superRefine((value, context) => {
  const reference = parseImage(value);
  const message =
    reference === undefined
      ? IMAGE
      : reference.version === "latest"
        ? 'Pin a tag that does not move, such as a release or a commit, instead of "latest".'
        : undefined;
  if (message) {
    context.addIssue({ code: "custom", message, input: value });
  }
});

export const path = z.string().regex(/^\/[\x21-\x7e]*$/, 'Write a path that starts with "/".');

/** A folder in a container. */
export const folder = path.refine(
  (name) => !/^\/+$/.test(name),
  "Name a folder: all of the container would be hidden.",
);

/** A path that Elastic Load Balancing asks for: CreateTargetGroup API reference, "HealthCheckPath". */
export const healthCheckPath = path.max(1024, "Use 1024 characters at most.");

const conditionHost = domainName.max(CONDITION_LENGTH, `Use ${CONDITION_LENGTH} characters at most.`);

const conditionPath = path
  .max(CONDITION_LENGTH, `Use ${CONDITION_LENGTH} characters at most.`)
  .regex(
    /^[a-zA-Z0-9_.$/~"'@:+&*?-]*$/,
    "Use letters, digits and _ - . $ / ~ \" ' @ : + & alone, and * and ? as wildcards.",
  );

export const egressRule = section({
  /** Where the service may connect to. */
  cidr: cidrBlock,
  /** The port, or the range of ports, that it may connect to. */
  port: portOrRange,
  /** The protocol of the connections. */
  protocol: z.enum(["tcp", "udp"]).default("tcp"),
  /** What the rule's description says. */
  description: ruleDescription,
  /** Why the service connects there. Default: nothing beyond the description. */
  reason: flowReason.optional(),
});

export const imageCredentials = section({
  /** Name or ARN of a secret in Secrets Manager that exists already: JSON with the keys `username` and `password`. */
  secretsManager: secretName,
});

const OWN_SOURCE =
  '{ secretsManager: "name" } for a secret that exists, { ssmParameter: "/name" } for a parameter, or { generate: { length: 50 } } for a ' +
  "new random one";

const OWN_SOURCES = [
  section({
    /** Name or ARN of a secret in Secrets Manager that exists already. */
    secretsManager: secretName,
    /** The key within a secret that holds JSON. Default: the secret as a whole. */
    jsonKey: z
      .string()
      .regex(
        /^[^:]+$/,
        "Write one key, without a colon: ECS takes what follows one for a version of the secret.",
      )
      .optional(),
  }),
  section({
    /** Name or ARN of a parameter in Systems Manager's Parameter Store that exists already, a SecureString, say. */
    ssmParameter: parameterName,
  }),
  section({
    /** A random value that Terraform generates at apply and that never enters its state. */
    generate: section({
      /** Length in characters. */
      length: wholeNumber(20, 4096, "characters"),
    }),
  }),
] as const;

/** Where a secret comes from that several services share. */
export const ownSecretSource = z.union(OWN_SOURCES, `Write ${OWN_SOURCE}.`);

/** Where a secret of one service comes from. */
export const secretSource = z.union(
  [
    ...OWN_SOURCES,
    section({
      /** The key of one of the environment's `sharedSecrets`: every service that takes it has the same value. */
      shared: identifier,
    }),
  ],
  `Write ${OWN_SOURCE}; { shared: "key" } takes one of sharedSecrets.`,
);

export const route = section({
  /** Order among the listener's rules, lowest first: 1 to 50000, each once. */
  priority: wholeNumber(1, LAST_LISTENER_RULE, "priority"),
  /** Host names that lead here; with `paths` too, both must match. Default: any. */
  hosts: z.array(conditionHost).min(1).optional(),
  /** Path patterns that lead here, such as "/api/*". Default: any. */
  paths: z.array(conditionPath).min(1).optional(),
  /**
   * Blocks of addresses that may come this way, such as an office's: to everybody else, the load balancer answers 403 for these
   * hosts and paths. Default: any address.
   */
  sourceCidrs: z
    .array(cidrBlock)
    .min(1, "Name at least one block, or leave it out.")
    .max(ROUTE_SOURCES, `Name ${ROUTE_SOURCES} blocks at most.`)
    .refine(unique, "Name each block once.")
    .refine((blocks) => !blocks.includes(INTERNET), "Leave it out: 0.0.0.0/0 is everybody.")
    .optional(),
}).superRefine((value, context) => {
  const count = (value.hosts?.length ?? 0) + (value.paths?.length ?? 0);
  // The addresses need room beside them.
  const most = CONDITION_VALUES_PER_LISTENER_RULE - (value.sourceCidrs === undefined ? 0 : 1);
  if (count === 0) {
    context.addIssue({ code: "custom", message: "Name hosts, paths or both.", input: value });
  } else if (count > most) {
    const message = `A rule takes ${most} hosts and paths at most${value.sourceCidrs ? " beside addresses" : ""}: split it in two.`;
    context.addIssue({ code: "custom", message, input: value });
  }
});

/** What starts a process, as ECS takes it: no shell reads it. */
export const words = z.array(z.string()).min(1);

export const oneOffCommand = z.union(
  [
    words,
    section({
      /** What starts the command. Default: the image's own entry point. */
      entryPoint: words.optional(),
      /** What runs once. */
      command: words,
    }),
  ],
  "Write a list of words, or { entryPoint, command } of two such lists.",
);

/** The most open files that Fargate lets a process have: "Task resource limits", Amazon ECS developer guide. */
const MOST_OPEN_FILES = 1_048_576;

export const ulimit = section({
  /** What is limited: open files, sockets among them. */
  name: z.literal(
    "nofile",
    'Choose "nofile", the number of open files: Fargate leaves every other limit at what its operating system has.',
  ),
  /** Where the kernel stops a process, which may raise it up to `hardLimit`. */
  softLimit: wholeNumber(1, MOST_OPEN_FILES, "files"),
  /** The most that a process can raise its own limit to. */
  hardLimit: wholeNumber(1, MOST_OPEN_FILES, "files"),
}).refine(({ softLimit, hardLimit }) => softLimit <= hardLimit, "Write softLimit <= hardLimit.");

export const deployment = section({
  /** Tasks that keep running, at least: below 100, old ones may stop before new ones run. */
  minimumHealthyPercent: wholeNumber(0, 100, "percent").default(100),
  /**
   * Tasks that run at most, old and new ones together. With 100, tasks are not moved between zones, either. Above 200, several new
   * ones may stand in for each that has become ill meanwhile.
   */
  maximumPercent: wholeNumber(100, 1000, "percent").default(200),
});

/** For a service that says nothing about its deployments: new tasks first, old ones after. */
export const DEFAULT_DEPLOYMENT = deployment.parse({});

const SUCCESS_CODES =
  'Write codes from 200 to 499 with commas between them, such as "200,204", or one range, such as "200-299".';

/** Ranges of the CreateTargetGroup API reference, and of its "Matcher" for Application Load Balancers. */
export const targetHealthCheck = section({
  /**
   * Where the container answers health checks, if not on the service's port. Nothing but the load balancer's health checks gets
   * there. Default: the service's port.
   */
  port: portNumber.optional(),
  /** What a healthy task answers, any of them: "200,204", or a range such as "200-299". */
  successCodes: z
    .string(SUCCESS_CODES)
    .refine((codes) => {
      const [, from = "", to = from] = /^([2-4]\d\d)-([2-4]\d\d)$/.exec(codes) ?? [];
      return from === "" ? /^[2-4]\d\d(,[2-4]\d\d)*$/.test(codes) : from <= to;
    }, SUCCESS_CODES)
    .default("200"),
  /** Seconds between two checks of a task. */
  intervalSeconds: wholeNumber(5, 300, "seconds").default(10),
  /** Seconds without an answer that are a failure: fewer than between two checks. */
  timeoutSeconds: wholeNumber(2, 120, "seconds").default(5),
  /** Successes in a row that make an unhealthy task healthy. */
  healthyThreshold: wholeNumber(2, 10, "checks").default(2),
  /** Failures in a row that make a task unhealthy. */
  unhealthyThreshold: wholeNumber(2, 10, "checks").default(3),
});

/** For a service that says nothing of it: a task is found ill after three checks of ten seconds, and well again after two. */
export const DEFAULT_TARGET_HEALTH_CHECK = targetHealthCheck.parse({});

export const containerHealthCheck = section({
  /**
   * A shell command that exits 0 while the container is well, or a list of words that is run without a shell, for an image that
   * has none. Default: a request by Python to `healthCheckPath`, for Django with a port; others have to give one.
   */
  command: z.union([z.string().min(1), words], "Write a shell command, or a list of words.").optional(),
  /** Seconds between two checks. */
  intervalSeconds: wholeNumber(5, 300, "seconds").default(30),
  /** Seconds that a check may take. */
  timeoutSeconds: wholeNumber(2, 60, "seconds").default(5),
  /** Failures in a row that make the container unhealthy. */
  retries: wholeNumber(1, 10, "failures").default(3),
  /** Seconds after start in which failures do not count. */
  startPeriodSeconds: wholeNumber(0, 300, "seconds").default(60),
});

/** For a service that says nothing about its container's health check. */
export const DEFAULT_HEALTH_CHECK = containerHealthCheck.parse({});

export const django = section({
  /** The value of DJANGO_SETTINGS_MODULE. Default: left to the image. */
  settingsModule: z.string().min(1).optional(),
  /** Host names, besides the environment's domain names, that Django answers to. */
  allowedHosts: z.array(z.string().min(1)).default([]),
  /**
   * What its server speaks; how many connections it may open to the database follows from it. Default: what `command` says
   * (uvicorn, hypercorn and daphne are ASGI), or else "wsgi".
   */
  interface: z.enum(["wsgi", "asgi"]).optional(),
});

export const celery = section({
  /**
   * Seconds that its longest task takes. With queues, each has to hide a message for as long (`visibilityTimeoutSeconds`).
   * Default: with Redis as the broker 3600; with queues, what they allow.
   */
  longestTaskSeconds: wholeNumber(1, 604_800, "seconds").optional(),
});
