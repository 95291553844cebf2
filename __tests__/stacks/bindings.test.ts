// Variables that services bind to facts of the platform, read back from their task definitions, typed out by hand.
import { written } from "../../src/checklist/checklist";
import { restartedServices } from "../../src/model/database-login";
import { modelOf } from "../../src/model/model";
import { checkPolicies, policyProblems } from "../../src/policies/check-policies";
import type { EnvironmentInput } from "../../src/schema/environment";
import { defineEnvironment } from "../../src/validation/define-environment";
import { parseJsonencode } from "../support/jsonencode";
import { platformConfigs } from "../support/platform-configs";
import { problemsIn } from "../support/problems";

const shop: EnvironmentInput = {
  name: "shop",
  region: "us-east-1",
  network: { cidr: "10.20.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"], natGateways: "single" },
  services: {
    web: {
      image: "example/web:1.0.0",
      port: 8000,
      cpu: 256,
      memory: 512,
      connectsTo: ["postgres", "redis"],
      sendsTo: ["jobs"],
      django: {},
      bindings: {
        RDS_HOSTNAME: "database.host",
        RDS_PORT: "database.port",
        RDS_DB_NAME: "database.name",
        RDS_USERNAME: "database.user",
        RDS_PASSWORD: "database.password",
        DB_SECRET: "database.secret",
        cache__host: "cache.host",
        CACHE_PORT: "cache.port",
        CACHE_USER: "cache.user",
        CACHE_GROUP: "cache.name",
        JOBS: "queues.jobs.url",
        JOBS_ARN: "queues.jobs.arn",
        JOBS_NAME: "queues.jobs.name",
        DJANGO_SECRET_KEY: "django.secretKey",
        OLD_KEYS: "django.secretKeyFallbacks",
        DJANGO_ALLOWED_HOSTS: "django.allowedHosts",
        ORIGINS: "django.csrfTrustedOrigins",
        BALANCER: "loadBalancer.dnsName",
        STACK: "environment.name",
        REGION: "environment.region",
        ACCOUNT: "environment.account",
        SITE: "environment.domain",
        SERVICE_KEY: "service.key",
        SERVICE_NAME: "service.name",
      },
    },
    worker: {
      image: "example/web:1.0.0",
      cpu: 256,
      memory: 512,
      connectsTo: ["postgres"],
      databaseLogin: "at-connection",
      bindings: { DB_SECRET_ARN: "database.secretArn", DATABASE_HOST: "environment.name" },
    },
  },
  database: {},
  cache: {},
  queues: { jobs: {} },
  dns: { domain: "shop.example.com" },
};

const { django } = platformConfigs(defineEnvironment(shop));
const resources = Object(django?.resource);

interface Container {
  readonly environment: readonly { readonly name: string; readonly value: string }[];
  readonly secrets?: readonly { readonly name: string; readonly valueFrom: string }[];
}

/** What a service's container is told, by name. */
function told(service: string) {
  const [container] = parseJsonencode(
    String(resources.aws_ecs_task_definition[service].container_definitions),
  ) as Container[];
  return {
    plain: Object.fromEntries(container?.environment.map(({ name, value }) => [name, value]) ?? []),
    secret: Object.fromEntries(container?.secrets?.map(({ name, valueFrom }) => [name, valueFrom]) ?? []),
  };
}

const MASTER = "${aws_db_instance.database.master_user_secret[0].secret_arn}";

it("are filled from the platform, under the names that the image reads", () => {
  const { plain, secret } = told("web");
  expect(plain).toMatchObject({
    RDS_HOSTNAME: "${aws_db_instance.database.address}",
    RDS_PORT: "5432",
    RDS_DB_NAME: "django",
    cache__host: "${aws_elasticache_replication_group.cache.primary_endpoint_address}",
    CACHE_PORT: "6379",
    CACHE_USER: "shop-app",
    CACHE_GROUP: "${aws_elasticache_replication_group.cache.replication_group_id}",
    JOBS: "${aws_sqs_queue.jobs.url}",
    JOBS_ARN: "${aws_sqs_queue.jobs.arn}",
    JOBS_NAME: "shop-jobs",
    DJANGO_ALLOWED_HOSTS: "shop.example.com",
    ORIGINS: "https://shop.example.com",
    BALANCER: "${aws_lb.load_balancer.dns_name}",
    STACK: "shop",
    REGION: "us-east-1",
    ACCOUNT: "${data.aws_caller_identity.current.account_id}",
    SITE: "shop.example.com",
    SERVICE_KEY: "web",
    SERVICE_NAME: "shop-web",
    // The platform's own names stay.
    DATABASE_HOST: "${aws_db_instance.database.address}",
  });
  expect(secret).toMatchObject({
    RDS_USERNAME: `${MASTER}:username::`,
    RDS_PASSWORD: `${MASTER}:password::`,
    DB_SECRET: MASTER,
    DJANGO_SECRET_KEY: "${aws_secretsmanager_secret_version.secret_key.arn}",
    OLD_KEYS: "${aws_secretsmanager_secret_version.secret_key_previous.arn}",
    SECRET_KEY: "${aws_secretsmanager_secret_version.secret_key.arn}",
  });
});

it("win over the platform's own of the same name, and give the right to read a secret that is named", () => {
  expect(told("worker")).toEqual({
    plain: expect.objectContaining({ DB_SECRET_ARN: MASTER, DATABASE_HOST: "shop" }),
    secret: {},
  });
  const policy = parseJsonencode(String(resources.aws_iam_role_policy.worker_task.policy));
  expect(Object(policy).Statement).toContainEqual(
    expect.objectContaining({ Action: "secretsmanager:GetSecretValue", Resource: MASTER }),
  );
});

it("keep a password that the platform restarts services for", () => {
  const restarted = (bindings: NonNullable<EnvironmentInput["services"][string]["bindings"]>) => {
    const { worker } = shop.services;
    const services = { ...shop.services, ...(worker && { worker: { ...worker, bindings } }) };
    return restartedServices(defineEnvironment({ ...shop, services }));
  };
  expect(restarted({ PASSWORD: "database.password" })).toEqual(["web", "worker"]);
  expect(restarted({ DB_SECRET: "database.secret" })).toEqual(["web", "worker"]);
  expect(restarted({ DB_SECRET_ARN: "database.secretArn" })).toEqual(["web"]);
  const { web, ...others } = shop.services;
  const services = {
    ...others,
    ...(web && { web: { ...web, bindings: { DATABASE_PASSWORD: "database.host" } } }),
  };
  expect(restartedServices(defineEnvironment({ ...shop, services } as EnvironmentInput))).toEqual([]);
});

it("parameters of Parameter Store stand beside secrets, and no more than these are read", () => {
  const { worker } = shop.services;
  const services = {
    ...shop.services,
    ...(worker && {
      worker: {
        ...worker,
        secrets: {
          MAIL_KEY: { ssmParameter: "/shop/mail" },
          PLAIN_NAME: { ssmParameter: "mail" },
          OTHER: { ssmParameter: "arn:aws:ssm:eu-west-1:111122223333:parameter/other/key" },
        },
      },
    }),
  };
  const { resource } = Object(platformConfigs(defineEnvironment({ ...shop, services })).django);
  const [container] = Object(
    parseJsonencode(String(resource.aws_ecs_task_definition.worker.container_definitions)),
  );
  const here = "arn:aws:ssm:us-east-1:${data.aws_caller_identity.current.account_id}:parameter";
  const other = "arn:aws:ssm:eu-west-1:111122223333:parameter/other/key";
  expect(container.secrets).toEqual([
    { name: "MAIL_KEY", valueFrom: `${here}/shop/mail` },
    { name: "OTHER", valueFrom: other },
    { name: "PLAIN_NAME", valueFrom: `${here}/mail` },
  ]);
  const { Statement } = Object(parseJsonencode(String(resource.aws_iam_role_policy.worker_execution.policy)));
  expect(Statement).toContainEqual({
    Sid: "ReadParameters",
    Effect: "Allow",
    Action: "ssm:GetParameters",
    Resource: [`${here}/shop/mail`, `${here}/mail`, other],
  });
});

describe("secrets that services share", () => {
  const { web, worker } = shop.services;
  const shared: EnvironmentInput = {
    ...shop,
    encryption: { key: "own" },
    sharedSecrets: {
      signing: { generate: { length: 50 } },
      mail: { secretsManager: "mail", jsonKey: "key" },
      chat: { ssmParameter: "/shop/chat" },
    },
    services: {
      ...(web && {
        web: {
          ...web,
          bindings: {},
          secrets: { DJANGO_SECRET_KEY: { shared: "signing" }, MAIL_KEY: { shared: "mail" } },
        },
      }),
      ...(worker && {
        worker: {
          ...worker,
          bindings: {
            SIGNING_ARN: "secrets.signing.arn",
            MAIL_TOKEN: "secrets.mail.arn",
            CHAT: "secrets.chat.arn",
          },
          secrets: { SIGNING_KEY: { shared: "signing" }, CHAT_KEY: { shared: "chat" } },
        },
      }),
    },
  };
  const { resource } = Object(platformConfigs(defineEnvironment(shared)).django);
  const containerOf = (service: string) =>
    Object(parseJsonencode(String(resource.aws_ecs_task_definition[service].container_definitions)))[0];
  const SIGNING = "${aws_secretsmanager_secret_version.shared_signing.arn}";
  const MAIL = "${data.aws_secretsmanager_secret.mail.arn}";
  const CHAT = "arn:aws:ssm:us-east-1:${data.aws_caller_identity.current.account_id}:parameter/shop/chat";

  it("are made once, and each service has them under its own name", () => {
    expect(resource.aws_secretsmanager_secret.shared_signing).toMatchObject({ name: "shop/shared/signing" });
    expect(containerOf("web").secrets).toEqual(
      expect.arrayContaining([
        { name: "DJANGO_SECRET_KEY", valueFrom: SIGNING },
        { name: "MAIL_KEY", valueFrom: `${MAIL}:key::` },
      ]),
    );
    expect(containerOf("worker").secrets).toEqual([
      { name: "CHAT_KEY", valueFrom: CHAT },
      { name: "SIGNING_KEY", valueFrom: SIGNING },
    ]);
  });

  it("are read by code that is told the ARN, with no more than the rights to these", () => {
    expect(containerOf("worker").environment).toEqual(
      expect.arrayContaining([
        { name: "SIGNING_ARN", value: SIGNING },
        { name: "MAIL_TOKEN", value: MAIL },
        { name: "CHAT", value: CHAT },
      ]),
    );
    const statements = (role: string) =>
      Object(parseJsonencode(String(resource.aws_iam_role_policy[role].policy))).Statement;
    const through = (service: string) => ({
      Action: "kms:Decrypt",
      Condition: { StringEquals: { "kms:ViaService": `${service}.us-east-1.amazonaws.com` } },
      Resource: "${aws_kms_key.main.arn}",
    });
    expect(statements("worker_task")).toEqual(
      expect.arrayContaining([
        {
          Sid: "ReadSharedSecrets",
          Effect: "Allow",
          Action: "secretsmanager:GetSecretValue",
          Resource: [SIGNING, MAIL],
        },
        { Sid: "DecryptSharedSecrets", Effect: "Allow", ...through("secretsmanager") },
        { Sid: "ReadSharedParameters", Effect: "Allow", Action: "ssm:GetParameter", Resource: CHAT },
        { Sid: "DecryptSharedParameters", Effect: "Allow", ...through("ssm") },
      ]),
    );
    expect(JSON.stringify(statements("web_task"))).not.toContain("GetSecretValue");
  });

  it("are refused where there is no such one, and where nobody has them, all at once", () => {
    const services = {
      ...shared.services,
      worker: {
        ...worker,
        bindings: { ONE: "secrets.signin.arn", TWO: "secrets.other.arn" },
        secrets: { THREE: { shared: "male" }, constructor: { shared: "constructor" } },
      },
    };
    const found = problemsIn({ ...shared, services }).map(({ path, remedy }) => `${path}: ${remedy}`);
    expect(found).toEqual([
      'services.worker.bindings.ONE: There is no shared secret "signin"; did you mean "signing"?',
      'services.worker.bindings.TWO: Add it to "sharedSecrets", or name one that is there: signing, mail, chat.',
      'services.worker.secrets.THREE.shared: There is no shared secret "male"; did you mean "mail"?',
      'services.worker.secrets.constructor.shared: Add it to "sharedSecrets", or name one that is there: signing, mail, chat.',
      'sharedSecrets.chat: No service has it: give it to one by secrets: { VARIABLE: { shared: "chat" } }, or remove it.',
    ]);
  });

  it("are called as no service's own secret is", () => {
    const services = {
      ...shared.services,
      shared: {
        image: "example/web:1.0.0",
        cpu: 256,
        memory: 512,
        secrets: { signing: { generate: { length: 40 } } },
      },
    };
    expect(problemsIn({ ...shared, services }).map(({ path }) => path)).toEqual([
      "sharedSecrets.signing",
      "services.shared.secrets.signing",
    ]);
  });
});

describe("are refused", () => {
  const problemsOf = (change: object) =>
    problemsIn({ ...shop, ...change }).map(({ path, remedy }) => `${path}: ${remedy}`);

  it("where the service has no part in what they name, all at once", () => {
    const worker = {
      image: "example/web:1.0.0",
      cpu: 256,
      memory: 512,
      bindings: {
        A: "database.host",
        B: "cache.user",
        C: "queues.jobs.url",
        D: "queues.mail.url",
        E: "django.secretKey",
        F: "environment.domain",
        G: "loadBalancer.dnsName",
        H: "services.collector.url",
      },
    };
    expect(
      problemsOf({ services: { worker }, dns: undefined, cache: undefined, database: undefined }),
    ).toEqual([
      'services.worker.bindings.A: The service does not connect to it: add "postgres" to its connectsTo.',
      'services.worker.bindings.B: The service does not connect to it: add "redis" to its connectsTo.',
      'services.worker.bindings.C: The service does not use it: add "jobs" to its consumesFrom or sendsTo.',
      'services.worker.bindings.D: There is no queue "mail"; known: jobs.',
      "services.worker.bindings.E: Give the service the section django: without it, it has neither hosts nor a key.",
      'services.worker.bindings.F: There is no domain: add the section "dns".',
      "services.worker.bindings.G: There is no load balancer: no service is public.",
      'services.worker.bindings.H: The service does not connect to it: add "collector" to its connectsTo.',
    ]);
  });

  it("where the name stands elsewhere, too, and where there is no such fact", () => {
    const web = {
      ...shop.services.web,
      environment: { ONE: "1" },
      secrets: { TWO: { generate: { length: 40 } } },
      bindings: { ONE: "database.host", TWO: "database.host", THREE: "database.hots" },
    };
    expect(problemsOf({ services: { web } })).toEqual([
      expect.stringMatching(
        /^services\.web\.bindings\.THREE: Bind it to one of: database\.host, .*queues\.<queue>\.url/,
      ),
      "services.web.bindings.ONE: It stands in environment, too: keep one.",
      "services.web.bindings.TWO: It stands in secrets, too: keep one.",
    ]);
  });

  it("not where a plain variable only sounds like a secret: a URL without a password, an ARN, or with a reason", () => {
    const web = (environment: object, notSecret: object = {}) => ({
      services: { web: { ...shop.services.web, bindings: {}, environment, notSecret } },
    });
    expect(
      problemsOf(
        web(
          {
            INGESTION_REDIS_URL: "rediss://cache.example.com:6379/0",
            TOKEN_ARN: "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/token-AbCdEf",
            SENTRY_DSN: "https://0123456789abcdef@o1.ingest.example.com/1",
          },
          { SENTRY_DSN: "Every browser is given it" },
        ),
      ),
    ).toEqual([]);
    for (const url of ["memory://", "sqs://", "postgres://db.internal:5432/app", ""]) {
      expect(problemsOf(web({ DATABASE_URL: url }))).toEqual([]);
    }
    for (const url of [
      "redis://:hunter2@cache:6379",
      "redis://cache/?password=hunter2",
      "postgres://h/db?pass=hunter2",
      "https://cache.example.com/api?key=hunter2",
      "https://hooks.example.com/services/T000/B000/hunter2",
      "hunter2",
    ]) {
      expect(problemsOf(web({ REDIS_URL: url }))).toEqual([
        expect.stringMatching(/^services\.web\.environment\.REDIS_URL: Move it to "secrets"/),
      ]);
    }
    expect(problemsOf(web({ API_TOKEN: "arn:aws:secretsmanager:hunter2" }))).toHaveLength(1);
    expect(problemsOf(web({}, { SENTRY_DSN: "Every browser is given it" }))).toEqual([
      "services.web.notSecret.SENTRY_DSN: Remove it: environment has no such variable.",
    ]);
    expect(problemsOf(web({ SENTRY_DSN: "https://a@b.c/1" }, { SENTRY_DSN: "why" }))).toEqual([
      expect.stringMatching(
        /^services\.web\.notSecret\.SENTRY_DSN: Say why this is acceptable here, in 3 words/,
      ),
    ]);
  });

  it("as plain variables whose names say that they are secret, in small letters, too", () => {
    const web = { ...shop.services.web, bindings: {}, environment: { data_db__password: "x", "1_no": "x" } };
    expect(problemsOf({ services: { web } })).toEqual([
      expect.stringMatching(
        /^services\.web\.environment\.1_no: Rename this key: Name an environment variable in letters/,
      ),
      expect.stringMatching(/^services\.web\.environment\.data_db__password: Move it to "secrets"/),
    ]);
  });

  it("not where they are called as every object's own members are", () => {
    const web = {
      ...shop.services.web,
      environment: { toString: "x" },
      bindings: { constructor: "database.host" },
    };
    expect(problemsOf({ services: { web } })).toEqual([]);
    const { resource } = Object(
      platformConfigs(defineEnvironment({ ...shop, services: { web } } as EnvironmentInput)).django,
    );
    const [container] = Object(
      parseJsonencode(String(resource.aws_ecs_task_definition.web.container_definitions)),
    );
    expect(container.environment).toContainEqual({ name: "toString", value: "x" });
    expect(container.environment).toContainEqual({
      name: "constructor",
      value: "${aws_db_instance.database.address}",
    });
  });

  it("and what somebody writes there by mistake is not repeated", () => {
    const web = { ...shop.services.web, bindings: { MY_PASS: "hunter2" } };
    expect(JSON.stringify(problemsIn({ ...shop, services: { web } }))).not.toContain("hunter2");
  });
});

it("and variables of the platform that only sound like secrets break no policy", () => {
  const { web } = shop.services;
  const environment = defineEnvironment({
    ...shop,
    queues: { "password-resets": {} },
    services: {
      ...(web && {
        web: {
          ...web,
          sendsTo: ["password-resets"],
          bindings: { CELERY_BROKER_URL: "queues.password-resets.url", TOKEN_SERVICE: "service.name" },
        },
      }),
    },
  });
  const model = modelOf(environment);
  const problems = policyProblems(checkPolicies(written(model, platformConfigs(environment))));
  expect(problems.filter((problem) => problem.includes("no-plain-secrets"))).toEqual([]);
});

describe("of a cache", () => {
  const CACHE = "${aws_secretsmanager_secret_version.cache.arn}";
  const withCache = (cache: EnvironmentInput["cache"], bindings: object, more: object = {}) => ({
    ...shop,
    cache,
    services: { web: { ...shop.services.web, bindings }, worker: { ...shop.services.worker, ...more } },
  });
  /** What the container of web is told. */
  const containerOf = (input: object) => {
    const { resource } = Object(platformConfigs(defineEnvironment(input as EnvironmentInput)).django);
    const [container] = Object(
      parseJsonencode(String(resource.aws_ecs_task_definition.web.container_definitions)),
    );
    const named = (list: readonly { name: string }[], value: string) =>
      Object.fromEntries(list.map((one) => [one.name, Object(one)[value]]));
    return { plain: named(container.environment, "value"), secret: named(container.secrets, "valueFrom") };
  };

  it("with a password, lead to its secret, and to its ARN with the right to read it", () => {
    const input = withCache(
      { authentication: "password" },
      {
        CELERY_BROKER_URL: "cache.url",
        cache__password: "cache.password",
        CACHE_SECRET: "cache.secret",
        CACHE_SECRET_ARN: "cache.secretArn",
        CACHE_USER: "cache.user",
      },
    );
    const { plain, secret } = containerOf(input);
    expect(secret).toMatchObject({
      CELERY_BROKER_URL: `${CACHE}:url::`,
      cache__password: `${CACHE}:password::`,
      CACHE_SECRET: CACHE,
      // The platform's own name.
      REDIS_PASSWORD: `${CACHE}:password::`,
    });
    expect(plain).toMatchObject({ CACHE_SECRET_ARN: CACHE, CACHE_USER: "shop-app", REDIS_USER: "shop-app" });
    expect(plain).not.toHaveProperty("REDIS_CACHE_NAME");
    const { resource } = Object(platformConfigs(defineEnvironment(input as EnvironmentInput)).django);
    const { Statement } = Object(parseJsonencode(String(resource.aws_iam_role_policy.web_task.policy)));
    expect(Statement).toContainEqual({
      Sid: "ReadCacheLogin",
      Effect: "Allow",
      Action: "secretsmanager:GetSecretValue",
      Resource: CACHE,
    });
    expect(JSON.stringify(Statement)).not.toContain("elasticache:Connect");
  });

  it("with a password, are no part of what does not connect to it", () => {
    const input = withCache({ authentication: "password" }, {});
    const { resource } = Object(platformConfigs(defineEnvironment(input as EnvironmentInput)).django);
    expect(resource.aws_ecs_task_definition.worker.container_definitions).not.toContain("cache");
  });

  it("that asks nobody, are a URL without a secret in it", () => {
    const input = withCache({ authentication: "none" }, { REDIS_URL: "cache.url" });
    const { plain, secret } = containerOf(input);
    expect(plain.REDIS_URL).toBe(
      "rediss://${aws_elasticache_replication_group.cache.primary_endpoint_address}:6379/0",
    );
    expect(plain).not.toHaveProperty("REDIS_USER");
    expect(secret).not.toHaveProperty("REDIS_PASSWORD");
    const preferred = { authentication: "none", transitEncryption: "preferred" } as const;
    expect(containerOf(withCache(preferred, { REDIS_URL: "cache.url" })).plain.REDIS_URL).toMatch(/^redis:/);
    const environment = defineEnvironment(input as EnvironmentInput);
    const problems = policyProblems(
      checkPolicies(written(modelOf(environment), platformConfigs(environment))),
    );
    expect(problems.filter((problem) => problem.includes("no-plain-secrets"))).toEqual([]);
    // Without a reason in the file, that is not accepted.
    expect(problems.filter((problem) => problem.includes("cache-authenticated"))).toEqual([
      expect.stringContaining(
        'policies.suppress: { policy: "cache-authenticated", resource: "django/aws_elasticache_replication_group.cache", reason',
      ),
    ]);
  });

  it("are refused where they are another way's, all at once", () => {
    const problemsOf = (authentication: "iam" | "password" | "none") =>
      problemsIn(
        withCache(
          { authentication },
          { A: "cache.password", B: "cache.url", C: "cache.name", D: "cache.user", E: "cache.secretArn" },
        ),
      ).map(({ path, remedy }) => `${path}: ${remedy}`);
    const at = (variable: string) => `services.web.bindings.${variable}: `;
    const iam =
      'With cache.authentication "iam" there is none: bind it to cache.host, cache.port, cache.user, cache.name, or set cache.authentication to ';
    expect(problemsOf("iam")).toEqual([
      `${at("A")}${iam}"password".`,
      `${at("B")}${iam}"password" or "none".`,
      `${at("E")}${iam}"password".`,
    ]);
    expect(problemsOf("password")).toEqual([
      `${at("C")}With cache.authentication "password" there is none: bind it to cache.host, cache.port, cache.user, cache.password, cache.secret, cache.secretArn, cache.url, or set cache.authentication to "iam".`,
    ]);
    const none =
      'With cache.authentication "none" there is none: bind it to cache.host, cache.port, cache.url, or set cache.authentication to ';
    expect(problemsOf("none")).toEqual([
      `${at("A")}${none}"password".`,
      `${at("C")}${none}"iam".`,
      `${at("D")}${none}"iam" or "password".`,
      `${at("E")}${none}"password".`,
    ]);
  });
});
