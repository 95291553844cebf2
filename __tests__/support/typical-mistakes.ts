// Mistakes that people make in an environment file, and what each must be answered: where it is, what stands there, and what
// would be right.

/** A file without a mistake, given where it finds `defineEnvironment`. */
export const faultless = (
  defineEnvironment: string,
) => `import { defineEnvironment } from "${defineEnvironment}";

export default defineEnvironment({
  name: "shop-prod",
  region: "eu-west-1",
  network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
  services: {
    web: {
      image: "shop/web:1.0.0",
      port: 8000,
      cpu: 256,
      memory: 512,
      desiredCount: 2,
      connectsTo: ["postgres"],
      sendsTo: ["jobs"],
      environment: { MAIL_HOST: "smtp.example.com" },
    },
  },
  database: { multiAz: true },
  queues: { jobs: {} },
  buckets: { media: {} },
  dns: { domain: "shop.example.com" },
  monitoring: { emails: ["ops@example.com"] },
});
`;

export interface Mistake {
  /** Fit for a file's name. */
  readonly label: string;
  /** What stands in the faultless file, and what stands in its place. */
  readonly edit: readonly [right: string, wrong: string];
  readonly path: string;
  readonly value: string;
  readonly remedy: string;
}

const mistake = (
  label: string,
  right: string,
  wrong: string,
  [path, value, remedy]: readonly [string, string, string],
): Mistake => ({ label, edit: [right, wrong], path, value, remedy });

export const TYPICAL_MISTAKES: readonly Mistake[] = [
  // Misspelt.
  mistake("field-case", "desiredCount: 2", "desiredcount: 2", [
    "services.web.desiredcount",
    "2",
    'Unknown field "desiredcount"; did you mean "desiredCount"?',
  ]),
  mistake("field-required", "image:", "imgae:", [
    "services.web.imgae",
    '"shop/web:1.0.0"',
    'Unknown field "imgae"; did you mean "image"?',
  ]),
  mistake("section", "database:", "databse:", [
    "databse",
    '{"multiAz":true}',
    'Unknown field "databse"; did you mean "database"?',
  ]),
  mistake("field-nested", "emails:", "email:", [
    "monitoring.email",
    '["ops@example.com"]',
    'Unknown field "email"; did you mean "emails"?',
  ]),
  mistake("variables", "environment: {", "enviroment: {", [
    "services.web.enviroment",
    "(withheld)",
    'Unknown field "enviroment"; did you mean "environment"?',
  ]),
  mistake("field-unknown", "port: 8000", "port: 8000, subdomain: 1", [
    "services.web.subdomain",
    "1",
    'Unknown field "subdomain": remove it; known here: label, image, imageCredentials, port, internal, extraPorts, privateName, formerPort, targetContainer, targetProtocol, cpu, memory, ' +
      "ephemeralStorageGib, ulimits, architecture, singleton, desiredCount, autoscaling, capacity, deployment, healthCheckPath, targetHealthCheck, healthCheck, healthCheckGracePeriodSeconds, " +
      "deregistrationDelaySeconds, stopTimeoutSeconds, executeCommand, routes, stickySessions, " +
      "entryPoint, command, environment, notSecret, secrets, presets, bindings, connectsTo, mounts, databaseLogin, databaseUser, consumesFrom, sendsTo, buckets, permissions, publishesMetrics, egress, django, celery, oneOffCommands, schedules, writablePaths, " +
      "sidecars, openTelemetry, dependsOn, sharedVolumes, logRetentionDays.",
  ]),
  mistake("store", '["postgres"]', '["postgress"]', [
    "services.web.connectsTo[0]",
    '"postgress"',
    'There is no data store or service "postgress"; did you mean "postgres"?',
  ]),
  mistake(
    "bucket",
    'sendsTo: ["jobs"]',
    'sendsTo: ["jobs"], buckets: [{ bucket: "medai", access: "read" }]',
    ["services.web.buckets[0].bucket", '"medai"', 'There is no bucket "medai"; did you mean "media"?'],
  ),
  mistake("queue", '["jobs"]', '["job"]', [
    "services.web.sendsTo[0]",
    '"job"',
    'There is no queue "job"; did you mean "jobs"?',
  ]),
  // Of the wrong type, or a value that there is not.
  mistake("number-as-text", "port: 8000", 'port: "8000"', [
    "services.web.port",
    '"8000"',
    "Give a port from 1 to 65535.",
  ]),
  mistake("memory-with-unit", "memory: 512", 'memory: "512MB"', [
    "services.web.memory",
    '"512MB"',
    "Give the memory as a whole number of MiB.",
  ]),
  mistake("cpu", "cpu: 256", "cpu: 300", [
    "services.web.cpu",
    "300",
    "Choose CPU units that Fargate has: 256, 512, 1024, 2048, 4096, 8192, 16384.",
  ]),
  mistake("flag-as-text", "multiAz: true", 'multiAz: "yes"', [
    "database.multiAz",
    '"yes"',
    "Give true or false here.",
  ]),
  mistake("text-for-a-list", '["eu-west-1a", "eu-west-1b"]', '"eu-west-1a"', [
    "network.availabilityZones",
    '"eu-west-1a"',
    'List the zones, such as ["us-east-1a", "us-east-1b"].',
  ]),
  mistake("flag-for-a-section", "database: { multiAz: true }", "database: true", [
    "database",
    "true",
    "Give an object here.",
  ]),
  mistake("choice", "cidr:", 'natGateways: "one", cidr:', [
    "network.natGateways",
    '"one"',
    'Choose "none" or "single" or "per-zone".',
  ]),
  mistake("region", '"eu-west-1",', '"Ireland",', [
    "region",
    '"Ireland"',
    "Write a region such as us-east-1.",
  ]),
  mistake("address", "10.0.0.0/16", "10.0.0.1/16", [
    "network.cidr",
    '"10.0.0.1/16"',
    "Write the block's first address: 10.0.0.0/16.",
  ]),
  mistake("moving-tag", "shop/web:1.0.0", "shop/web:latest", [
    "services.web.image",
    '"shop/web:latest"',
    'Pin a tag that does not move, such as a release or a commit, instead of "latest".',
  ]),
  mistake("url-for-a-name", '"shop.example.com"', '"https://shop.example.com"', [
    "dns.domain",
    '"https://shop.example.com"',
    "Write a DNS name in lower case, such as api.example.com.",
  ]),
  // Missing.
  mistake("no-image", 'image: "shop/web:1.0.0",', "", [
    "services.web.image",
    "(nothing)",
    "Write repository:tag or repository@sha256:digest; an image without a tag can change under you.",
  ]),
  mistake("no-region", 'region: "eu-west-1",', "", [
    "region",
    "(nothing)",
    "Write a region such as us-east-1.",
  ]),
  mistake("no-memory", "memory: 512,", "", [
    "services.web.memory",
    "(nothing)",
    "Give the memory as a whole number of MiB.",
  ]),
  mistake("no-database", "database: { multiAz: true },", "", [
    "services.web.connectsTo[0]",
    '"postgres"',
    'Add the section "database", or remove "postgres" here.',
  ]),
];

/** The text of a file with one mistake. */
export function fileWith({ edit: [right, wrong], label }: Mistake, defineEnvironment: string): string {
  const text = faultless(defineEnvironment);
  if (text.split(right).length !== 2) {
    throw new Error(`${label}: "${right}" does not stand in the file exactly once.`);
  }
  return text.replace(right, wrong);
}

/** What the answer looks like in a terminal. */
export function answer({ path, value, remedy }: Mistake): string {
  return `Environment "shop-prod" has 1 problem:\n  ${path}: ${value}\n    ${remedy}`;
}
