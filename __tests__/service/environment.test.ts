// The variables that the platform sets: the contract with settings.py, written out by hand.
import { type PlatformFacts, type ServiceSettings, serviceEnvironment } from "../../src/service/environment";

const SERVICE: ServiceSettings = {
  connectsTo: ["postgres", "redis"],
  django: { settingsModule: "config.settings.production", allowedHosts: [] },
  environment: {},
  secrets: {},
  databaseLogin: "at-start" as const,
  healthCheckPath: "/health/live/",
};

const PLATFORM: PlatformFacts = {
  handover: {},
  queueUrls: {},
  bucketNames: {},
  database: { host: "db.internal", port: 5432, name: "shop", secretArn: "arn:secret" },
  cache: { host: "cache.internal", port: 6379, user: "shop-app", name: "shop" },
  loadBalancerDnsName: "shop-1.eu-west-1.elb.amazonaws.com",
  dns: { domain: "api.example.com", alternativeNames: [] },
  strictTransportSecurity: { maxAgeSeconds: 3600, includeSubdomains: false },
};

describe("serviceEnvironment", () => {
  it("names the secret to what reads the database's password at each connection, and to nothing else", () => {
    const atConnection = serviceEnvironment({ ...SERVICE, databaseLogin: "at-connection" }, PLATFORM);
    expect(atConnection.DATABASE_LOGIN_ARN).toBe("arn:secret");
    expect(serviceEnvironment(SERVICE, PLATFORM)).not.toHaveProperty("DATABASE_LOGIN_ARN");
  });

  it("sets this for a Django service with a domain, a database and a cache", () => {
    expect(serviceEnvironment(SERVICE, PLATFORM)).toEqual({
      DATABASE_HOST: "db.internal",
      DATABASE_PORT: "5432",
      DATABASE_NAME: "shop",
      DATABASE_SSLMODE: "require",
      REDIS_HOST: "cache.internal",
      REDIS_PORT: "6379",
      REDIS_TLS: "True",
      REDIS_USER: "shop-app",
      REDIS_CACHE_NAME: "shop",
      DJANGO_SETTINGS_MODULE: "config.settings.production",
      DEBUG: "False",
      ALLOWED_HOSTS: "api.example.com",
      CSRF_TRUSTED_ORIGINS: "https://api.example.com",
      SECURE_PROXY_SSL_HEADER: "HTTP_X_FORWARDED_PROTO,https",
      USE_X_FORWARDED_HOST: "False",
      SECURE_SSL_REDIRECT: "True",
      SECURE_REDIRECT_EXEMPT: "^health/live/$",
      SESSION_COOKIE_SECURE: "True",
      CSRF_COOKIE_SECURE: "True",
      SECURE_HSTS_SECONDS: "3600",
      HEALTH_CHECK_PATH: "/health/live/",
    });
  });

  it("turns HTTPS off in Django where there is no domain", () => {
    const variables = serviceEnvironment(SERVICE, { ...PLATFORM, dns: undefined });
    expect(variables).toMatchObject({
      ALLOWED_HOSTS: "shop-1.eu-west-1.elb.amazonaws.com",
      CSRF_TRUSTED_ORIGINS: "http://shop-1.eu-west-1.elb.amazonaws.com",
      SECURE_SSL_REDIRECT: "False",
      SESSION_COOKIE_SECURE: "False",
      CSRF_COOKIE_SECURE: "False",
    });
    expect(variables).not.toHaveProperty("SECURE_HSTS_SECONDS");
  });

  it("exempts the health check's path from the redirect, and no other one", () => {
    const { SECURE_REDIRECT_EXEMPT } = serviceEnvironment(
      { ...SERVICE, healthCheckPath: "/health,(live).x/" },
      PLATFORM,
    );
    // Django's settings part the list at its commas.
    expect(SECURE_REDIRECT_EXEMPT?.split(",")).toEqual([SECURE_REDIRECT_EXEMPT]);
    expect("health,(live).x/").toMatch(new RegExp(SECURE_REDIRECT_EXEMPT ?? ""));
    expect("health").not.toMatch(new RegExp(SECURE_REDIRECT_EXEMPT ?? ""));
  });

  it("leaves browsers alone where the load balancer does", () => {
    const variables = serviceEnvironment(SERVICE, { ...PLATFORM, strictTransportSecurity: false });
    expect(variables).toMatchObject({ SECURE_SSL_REDIRECT: "True" });
    expect(variables).not.toHaveProperty("SECURE_HSTS_SECONDS");
  });

  it("names every domain, Django's way", () => {
    const dns = { domain: "example.com", alternativeNames: ["*.example.com", "example.org"] };
    const django = { allowedHosts: ["internal.example", "example.org"] };
    expect(serviceEnvironment({ ...SERVICE, django }, { ...PLATFORM, dns })).toMatchObject({
      ALLOWED_HOSTS: "example.com,.example.com,example.org,internal.example",
      CSRF_TRUSTED_ORIGINS: "https://example.com,https://*.example.com,https://example.org",
    });
  });

  it("tells a service only of the stores that it connects to", () => {
    const variables = serviceEnvironment({ ...SERVICE, connectsTo: ["redis"], django: undefined }, PLATFORM);
    expect(Object.keys(variables)).toEqual([
      "REDIS_HOST",
      "REDIS_PORT",
      "REDIS_TLS",
      "REDIS_USER",
      "REDIS_CACHE_NAME",
    ]);
  });

  it("sets nothing for a service that is not Django and connects to nothing", () => {
    expect(serviceEnvironment({ ...SERVICE, connectsTo: [], django: undefined }, PLATFORM)).toEqual({});
  });

  const TOLD: PlatformFacts = {
    ...PLATFORM,
    handover: { WORKER_PROCESSES: "2", AWS_DEFAULT_REGION: "us-east-1" },
    queueUrls: { jobs: "https://sqs/jobs", "send-mail": "https://sqs/mail" },
  };

  it("names the URLs of queues, each by itself and all in one", () => {
    expect(serviceEnvironment({ ...SERVICE, connectsTo: [], django: undefined }, TOLD)).toEqual({
      WORKER_PROCESSES: "2",
      AWS_DEFAULT_REGION: "us-east-1",
      JOBS_QUEUE_URL: "https://sqs/jobs",
      SEND_MAIL_QUEUE_URL: "https://sqs/mail",
      QUEUE_URLS: "jobs=https://sqs/jobs,send-mail=https://sqs/mail",
    });
  });

  it("lets the service's own variables win", () => {
    const environment = {
      DATABASE_SSLMODE: "verify-full",
      LEVEL: "info",
      WORKER_PROCESSES: "5",
      AWS_DEFAULT_REGION: "eu-west-1",
      JOBS_QUEUE_URL: "https://sqs/other",
      QUEUE_URLS: "jobs=https://sqs/other",
    };
    expect(serviceEnvironment({ ...SERVICE, environment }, TOLD)).toMatchObject(environment);
  });

  it.each(["REDIS_HOST", "WORKER_PROCESSES", "JOBS_QUEUE_URL", "QUEUE_URLS", "ALLOWED_HOSTS"])(
    "leaves %s to the service's secret of that name",
    (name) => {
      expect(serviceEnvironment(SERVICE, TOLD)).toHaveProperty(name);
      const secrets = { [name]: { secretsManager: "elsewhere" } };
      expect(serviceEnvironment({ ...SERVICE, secrets }, TOLD)).not.toHaveProperty(name);
    },
  );

  it("exempts the health check's path from the redirect, and no other", () => {
    const exempt = (healthCheckPath: string) =>
      new RegExp(serviceEnvironment({ ...SERVICE, healthCheckPath }, PLATFORM).SECURE_REDIRECT_EXEMPT ?? "");
    // Django matches the path without its first slash.
    expect(exempt("/health.json").test("health.json")).toBe(true);
    expect(exempt("/health.json").test("healthxjson")).toBe(false);
    expect(exempt("/health/").test("health/more")).toBe(false);
    expect(exempt("/health/").test("my/health/")).toBe(false);
  });
});
