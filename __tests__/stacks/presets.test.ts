// Whose names a service's variables have: read back from its task definition, typed out by hand.
import { restartedServices } from "../../src/model/database-login";
import { type PresetTable, presetVariables } from "../../src/model/presets";
import type { EnvironmentInput } from "../../src/schema/environment";
import { contradictions } from "../../src/validation/bindings";
import { defineEnvironment } from "../../src/validation/define-environment";
import { parseJsonencode } from "../support/jsonencode";
import { platformConfigs } from "../support/platform-configs";
import { problemsIn } from "../support/problems";

const web = {
  image: "example/web:1.0.0",
  port: 5000,
  cpu: 256,
  memory: 512,
  connectsTo: ["postgres", "redis"],
  buckets: [{ bucket: "media", access: "read-write" }],
  django: { settingsModule: "config.settings.production" },
} as const;

const cookie: EnvironmentInput = {
  name: "cookie",
  region: "us-east-1",
  network: { cidr: "10.20.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"], natGateways: "single" },
  services: { web: { ...web, presets: ["cookiecutter-django"] } },
  database: { applicationUser: { name: "cookie_app" } },
  cache: { authentication: "password" },
  buckets: { media: {} },
  dns: { domain: "cookie.example.com" },
};

const USER = "${aws_secretsmanager_secret_version.database_user.arn}";
const REDIS_URL = "${aws_secretsmanager_secret_version.cache.arn}:url::";
const KEY = "${aws_secretsmanager_secret_version.secret_key.arn}";

function told(input: EnvironmentInput, service = "web") {
  const { resource } = Object(platformConfigs(defineEnvironment(input)).django);
  const [container] = Object(
    parseJsonencode(String(resource.aws_ecs_task_definition[service].container_definitions)),
  );
  const byName = (variables: readonly Record<string, string>[] = []) =>
    Object.fromEntries(variables.map(({ name = "", value, valueFrom }) => [name, value ?? valueFrom]));
  return {
    plain: byName(container.environment),
    secret: byName(container.secrets),
    health: container.healthCheck,
  };
}

const webWith = (change: object): EnvironmentInput => ({
  ...cookie,
  services: { web: { ...web, ...change } },
});

describe("cookiecutter-django", () => {
  it("are the names of its template, and no others but those that libraries read", () => {
    const { plain, secret } = told(cookie);
    expect({ plain, secret }).toEqual({
      plain: {
        AWS_DEFAULT_REGION: "us-east-1",
        DJANGO_SETTINGS_MODULE: "config.settings.production",
        POSTGRES_HOST: "${aws_db_instance.database.address}",
        POSTGRES_PORT: "5432",
        POSTGRES_DB: "django",
        DJANGO_ALLOWED_HOSTS: "cookie.example.com",
        DJANGO_AWS_STORAGE_BUCKET_NAME: "${aws_s3_bucket.media.id}",
        DJANGO_AWS_S3_REGION_NAME: "us-east-1",
      },
      secret: {
        POSTGRES_USER: `${USER}:username::`,
        POSTGRES_PASSWORD: `${USER}:password::`,
        DJANGO_SECRET_KEY: KEY,
        REDIS_URL,
      },
    });
  });

  it("are asked by the container's own health check under a host that Django answers to", () => {
    expect(JSON.stringify(told(cookie).health)).toContain("cookie.example.com");
  });

  it("are as many as the service has use for", () => {
    const { plain, secret } = told(
      webWith({ presets: ["cookiecutter-django"], buckets: [], connectsTo: [] }),
    );
    expect(Object.keys(plain).sort()).toEqual([
      "AWS_DEFAULT_REGION",
      "DJANGO_ALLOWED_HOSTS",
      "DJANGO_SETTINGS_MODULE",
    ]);
    expect(Object.keys(secret)).toEqual(["DJANGO_SECRET_KEY"]);
  });
});

it("urls are one URL for each store, and SECRET_KEY", () => {
  const { plain, secret } = told(webWith({ presets: ["urls"] }));
  expect({ plain, secret }).toEqual({
    plain: { AWS_DEFAULT_REGION: "us-east-1", DJANGO_SETTINGS_MODULE: "config.settings.production" },
    secret: {
      DATABASE_URL: "${aws_secretsmanager_secret_version.database_user_url.arn}",
      SECRET_KEY: KEY,
      REDIS_URL,
    },
  });
});

it("stand beside the platform's own names where both are named", () => {
  const { plain, secret } = told(webWith({ presets: ["platform", "urls"] }));
  expect(plain).toMatchObject({ DATABASE_HOST: "${aws_db_instance.database.address}", DEBUG: "False" });
  expect(Object.keys(secret).sort()).toEqual([
    "DATABASE_PASSWORD",
    "DATABASE_URL",
    "DATABASE_USER",
    "REDIS_PASSWORD",
    "REDIS_URL",
    "SECRET_KEY",
    "SECRET_KEY_FALLBACKS",
  ]);
});

it("are the platform's own by default, and none of it where a service wants nothing", () => {
  expect(told(webWith({}))).toEqual(told(webWith({ presets: ["platform"] })));
  expect(told(webWith({ presets: [], environment: { MODE: "one" } }))).toMatchObject({
    plain: {
      AWS_DEFAULT_REGION: "us-east-1",
      DJANGO_SETTINGS_MODULE: "config.settings.production",
      MODE: "one",
    },
    secret: {},
  });
});

it("give way to what the service says itself", () => {
  const { plain, secret } = told(
    webWith({
      presets: ["cookiecutter-django"],
      environment: { POSTGRES_HOST: "localhost" },
      secrets: { DJANGO_SECRET_KEY: { generate: { length: 50 } } },
      bindings: { POSTGRES_DB: "environment.name" },
    }),
  );
  expect(plain).toMatchObject({ POSTGRES_HOST: "localhost", POSTGRES_DB: "cookie" });
  expect(secret).toMatchObject({
    DJANGO_SECRET_KEY: "${aws_secretsmanager_secret_version.web_django_secret_key.arn}",
  });
});

it("keep a password that RDS changes as any variable does, and none where there is none", () => {
  const restarted = (presets: readonly ("platform" | "urls" | "cookiecutter-django")[]) =>
    restartedServices(
      defineEnvironment({ ...cookie, database: {}, services: { web: { ...web, presets: [...presets] } } }),
    );
  expect([restarted(["cookiecutter-django"]), restarted(["platform"]), restarted([])]).toEqual([
    ["web"],
    ["web"],
    [],
  ]);
});

describe("are refused", () => {
  const said = (change: object) => problemsIn(change).map(({ path, remedy }) => `${path}: ${remedy}`);

  it("where what they fill is not to be had, unless the service says it itself", () => {
    const services = (secrets: object) => ({
      ...cookie,
      database: {},
      services: { web: { ...web, presets: ["urls"], secrets } },
    });
    expect(said(services({}))).toEqual([
      expect.stringMatching(
        /^services\.web\.presets: It fills DATABASE_URL from database\.url\. Give the database a user for services/,
      ),
    ]);
    expect(said(services({ DATABASE_URL: { secretsManager: "mine" } }))).toEqual([]);
    // Refused for another reason, it counts as said all the same.
    expect(said(services({ DATABASE_URL: { secretsManager: "a b" } }))).toHaveLength(1);
  });

  it("where the cache takes nothing but IAM's tokens, which no URL holds", () => {
    expect(said({ ...cookie, cache: {} })).toEqual([
      expect.stringMatching(
        /^services\.web\.presets: It fills REDIS_URL from cache\.url\. With cache\.authentication "iam" there is none/,
      ),
    ]);
  });

  it("where one is unknown, or named twice", () => {
    expect(said({ ...cookie, services: { web: { ...web, presets: ["heroku"] } } })).toEqual([
      'services.web.presets[0]: Choose "platform" or "cookiecutter-django" or "urls".',
    ]);
    expect(said({ ...cookie, services: { web: { ...web, presets: ["urls", "urls"] } } })).toEqual([
      "services.web.presets: Name each preset once.",
    ]);
  });

  it("where two give one variable two values, unless the service does", () => {
    const table: PresetTable = {
      urls: { database: { HOST: "database.host", PORT: "database.port" } },
      "cookiecutter-django": { database: { HOST: "database.url", PORT: "database.port" } },
    };
    const service = {
      connectsTo: ["postgres" as const],
      presets: ["urls" as const, "cookiecutter-django" as const],
    };
    expect(contradictions(presetVariables(service, table))).toEqual([
      'Choose: "urls" fills HOST from database.host, "cookiecutter-django" from database.url. Or bind it yourself, in bindings.',
    ]);
    expect(contradictions(presetVariables({ ...service, environment: { HOST: "here" } }, table))).toEqual([]);
  });
});
