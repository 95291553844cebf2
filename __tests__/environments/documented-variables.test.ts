// What tasks of the documented systems were given in the version before the platform told them where they run: all of it is still
// there, and what a team sets itself wins over what has come since. Typed by hand.
import type { Environment } from "../../src/model/environment";
import { HANDOVER } from "../../src/model/handover";
import { blockOf } from "../django/support/synthesized-blocks";
import { parseJsonencode } from "../support/jsonencode";
import { platformConfigs } from "../support/platform-configs";
import { systems } from "../support/systems";

const DATABASE = [
  "DATABASE_HOST",
  "DATABASE_PORT",
  "DATABASE_NAME",
  "DATABASE_SSLMODE",
  "DATABASE_USER",
  "DATABASE_PASSWORD",
];
const CACHE = ["REDIS_HOST", "REDIS_PORT", "REDIS_TLS", "REDIS_USER", "REDIS_CACHE_NAME"];
const DJANGO = [
  "SECRET_KEY",
  "DEBUG",
  "ALLOWED_HOSTS",
  "CSRF_TRUSTED_ORIGINS",
  "SECURE_PROXY_SSL_HEADER",
  "USE_X_FORWARDED_HOST",
  "SECURE_SSL_REDIRECT",
  "SECURE_REDIRECT_EXEMPT",
  "SESSION_COOKIE_SECURE",
  "CSRF_COOKIE_SECURE",
  "HEALTH_CHECK_PATH",
];

const FORMER: readonly (readonly [system: string, service: string, variables: readonly string[]])[] = [
  [
    "lightwave-prod",
    "django",
    [...DATABASE, ...CACHE, ...DJANGO, "DJANGO_SETTINGS_MODULE", "SECURE_HSTS_SECONDS"],
  ],
  ["realtime-platform", "api", [...DATABASE, ...CACHE, "JOBS_QUEUE_URL"]],
  ["realtime-platform", "realtime", [...DATABASE, ...CACHE]],
  ["realtime-platform", "workers", [...DATABASE, ...CACHE, "JOBS_QUEUE_URL"]],
  ["pdf-excel-prod", "frontend", [...DATABASE, "SENTRY_DSN"]],
  [
    "pdf-excel-prod",
    "backend",
    [...DATABASE, ...DJANGO, "DJANGO_SETTINGS_MODULE", "SECURE_HSTS_SECONDS", "SENTRY_DSN"],
  ],
  ["helloapi", "api", [...DATABASE, ...DJANGO]],
  ["ecs-webapp", "web", []],
];

interface Container {
  readonly environment?: readonly { readonly name: string; readonly value: string }[];
  readonly secrets?: readonly { readonly name: string; readonly valueFrom: string }[];
  readonly healthCheck?: unknown;
}

function container(environment: Environment, service: string): Container {
  const task = blockOf(platformConfigs(environment).django, "aws_ecs_task_definition", service);
  const [first = {}] = parseJsonencode(String(task.container_definitions)) as Container[];
  return first;
}

/** What a task gets, secrets included: the values of plain variables. */
function variables(environment: Environment, service: string): Record<string, string> {
  const { environment: plain = [], secrets = [] } = container(environment, service);
  return Object.fromEntries([
    ...plain.map(({ name, value }) => [name, value]),
    ...secrets.map(({ name, valueFrom }) => [name, valueFrom]),
  ]);
}

describe.each(FORMER)("%s's %s", (system, service, former) => {
  it("is given all that it was given", () => {
    const given = Object.keys(variables(systems.load(system), service));
    expect(former.filter((name) => !given.includes(name))).toEqual([]);
  });

  it("is given what the platform hands over", () => {
    const given = Object.keys(variables(systems.load(system), service));
    expect(given.filter((name) => !former.includes(name))).toEqual(
      expect.arrayContaining([HANDOVER.processes, HANDOVER.graceful, HANDOVER.region]),
    );
  });

  it("has its own values of these", () => {
    const environment = systems.load(system);
    const own = Object.fromEntries(Object.values(HANDOVER).map((name) => [name, `the team's ${name}`]));
    const services = Object.entries(environment.services).map(([key, one]) => [
      key,
      { ...one, environment: { ...one.environment, ...own } },
    ]);
    const changed = { ...environment, services: Object.fromEntries(services) };
    expect(variables(changed, service)).toMatchObject(own);
  });
});

describe("realtime-platform, whose services say nothing of Django", () => {
  const environment = systems.load("realtime-platform");
  const { django } = systems.load("helloapi").services.api ?? {};
  const withDjango = {
    ...environment,
    services: Object.fromEntries(
      Object.entries(environment.services).map(([key, one]) => [key, { ...one, django }]),
    ),
  };
  const healthCheck = (of: Environment, service: string) =>
    JSON.stringify(container(of, service).healthCheck ?? "none");

  it.each(["api", "realtime", "workers"])("%s is given nothing of Django's", (service) => {
    const given = Object.keys(variables(environment, service));
    // HEALTH_CHECK_PATH is for any server.
    const ofDjango = [...DJANGO, "SECRET_KEY_FALLBACKS", "SECURE_HSTS_SECONDS", "DJANGO_SETTINGS_MODULE"];
    expect(given.filter((name) => name !== "HEALTH_CHECK_PATH" && ofDjango.includes(name))).toEqual([]);
    expect(healthCheck(environment, service)).toBe('"none"');
  });

  it.each([
    ["api", 3001],
    ["realtime", 3002],
  ])(
    "with `django`, %s is given all of that, and asked for the path that its middleware answers",
    (service, port) => {
      expect(variables(withDjango, service)).toMatchObject({
        SECRET_KEY: expect.any(String),
        SECRET_KEY_FALLBACKS: expect.any(String),
        ALLOWED_HOSTS: "realtime-platform.example.com",
        HEALTH_CHECK_PATH: "/health/",
        SECURE_REDIRECT_EXEMPT: "^health/$",
      });
      const check = healthCheck(withDjango, service);
      expect(check).toContain(`http://127.0.0.1:${port}/health/`);
      expect(check).toContain("realtime-platform.example.com");
    },
  );
});
