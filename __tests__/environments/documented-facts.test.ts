// What the documentation of the five systems says, beyond their rules, held against the synthesized Terraform.

import { Testing } from "cdktf";
import type { Environment } from "../../src/model/environment";
import { modelOf } from "../../src/model/model";
import { Peer, peerText } from "../../src/model/traffic/peer";
import { StateBackendStack } from "../../src/stacks/state-backend";
import { defineEnvironment } from "../../src/validation/define-environment";
import { parseJsonencode } from "../support/jsonencode";
import { platformConfigs } from "../support/platform-configs";
import { synthesized } from "../support/synthesized";
import { systems } from "../support/systems";

type Body = Record<string, unknown>;

/** The resources of an environment's django stack, by type and then name. */
function stackOf(environment: Environment) {
  const { django } = platformConfigs(environment);
  const text = JSON.stringify(django);
  const config: {
    resource: Record<string, Record<string, Body>>;
    data: Record<string, Record<string, Body>>;
  } = JSON.parse(text);
  const all = (type: string): Body[] => Object.values(config.resource[type] ?? {});
  const one = (type: string): Body => {
    const [first, ...others] = all(type);
    if (!first || others.length > 0) {
      throw new Error(`There are ${all(type).length} of ${type}`);
    }
    return first;
  };
  const container = (service: string): Body => {
    const definition = String(config.resource.aws_ecs_task_definition?.[service]?.container_definitions);
    const parsed = parseJsonencode(definition);
    const [first] = Array.isArray(parsed) ? parsed : [];
    return first;
  };
  const policy = (name: string): string => String(config.resource.aws_iam_role_policy?.[name]?.policy);
  return { config, text, all, one, container, policy };
}

function variablesOf(container: Body): Record<string, string> {
  const list = Array.isArray(container.environment) ? container.environment : [];
  return Object.fromEntries(list.map(({ name, value }: { name: string; value: string }) => [name, value]));
}

const groupNames = (names: readonly Body[]) => names.map(({ name }) => name).sort();

describe("lightwave-prod", () => {
  const { one, all, container } = stackOf(systems.load("lightwave-prod"));

  it("bears the documented names", () => {
    expect(one("aws_ecs_cluster").name).toBe("lightwave-prod");
    expect(one("aws_ecs_service").name).toBe("lightwave-django-prod");
    expect(one("aws_lb").name).toBe("lightwave-django-prod");
    expect(one("aws_db_instance").identifier).toBe("lightwave-django-prod");
    expect(one("aws_elasticache_replication_group").replication_group_id).toBe("lightwave-django-prod");
    expect(one("aws_lb_target_group")).toMatchObject({
      port: 8000,
      target_type: "ip",
      health_check: { path: "/health/live/", matcher: "200" },
    });
    expect(one("aws_acm_certificate").domain_name).toBe("api.lightwave-media.ltd");
    expect(all("aws_cloudwatch_log_group").map(({ name }) => name)).toContain("/ecs/lightwave-django-prod");
    expect(container("django")).toMatchObject({ name: "django", portMappings: [{ containerPort: 8000 }] });
    expect(variablesOf(container("django"))).toMatchObject({ DATABASE_PORT: "5432", REDIS_PORT: "6379" });
    expect(groupNames(all("aws_security_group"))).toEqual([
      "lightwave-django-prod-alb-sg",
      "lightwave-django-prod-ecs-sg",
      "lightwave-django-prod-postgres-sg",
      "lightwave-django-prod-redis-sg",
    ]);
  });

  it("hands its tasks these variables, and those of a command that runs once the same", () => {
    const plain = [
      "ALLOWED_HOSTS",
      "AWS_DEFAULT_REGION",
      "CSRF_COOKIE_SECURE",
      "CSRF_TRUSTED_ORIGINS",
      "DATABASE_HOST",
      "DATABASE_NAME",
      "DATABASE_PORT",
      "DATABASE_SSLMODE",
      "DEBUG",
      "DJANGO_SETTINGS_MODULE",
      "GRACEFUL_SECONDS",
      "HEALTH_CHECK_PATH",
      "KEEP_ALIVE_SECONDS",
      "REDIS_CACHE_NAME",
      "REDIS_HOST",
      "REDIS_PORT",
      "REDIS_TLS",
      "REDIS_USER",
      "SECURE_HSTS_SECONDS",
      "SECURE_PROXY_SSL_HEADER",
      "SECURE_REDIRECT_EXEMPT",
      "SECURE_SSL_REDIRECT",
      "SESSION_COOKIE_SECURE",
      "TRUSTED_NETWORKS",
      "TRUSTED_PROXIES",
      "USE_X_FORWARDED_HOST",
      "WORKER_PROCESSES",
      "WORKER_THREADS",
    ];
    const secret = ["DATABASE_PASSWORD", "DATABASE_USER", "SECRET_KEY", "SECRET_KEY_FALLBACKS"];
    for (const name of ["django", "django_migrate"]) {
      const { secrets } = container(name);
      expect(Object.keys(variablesOf(container(name))).sort()).toEqual(plain);
      expect((Array.isArray(secrets) ? secrets : []).map((one) => one.name).sort()).toEqual(secret);
    }
  });
});

describe("realtime-platform", () => {
  const environment = systems.load("realtime-platform");
  const { config, one, all, container, policy } = stackOf(environment);

  it("has six groups under their documented names", () => {
    expect(groupNames(all("aws_security_group"))).toEqual([
      "realtime-platform-alb-sg",
      "realtime-platform-ecs-api-sg",
      "realtime-platform-ecs-realtime-sg",
      "realtime-platform-ecs-workers-sg",
      "realtime-platform-rds-sg",
      "realtime-platform-redis-sg",
    ]);
  });

  it("denies what its documentation denies", () => {
    const matrix = modelOf(environment).traffic;
    const peer = (text: string) => (text === "internet" ? Peer.internet : Peer.group(text));
    const denied = new Set(
      matrix.denied().map((pair) => `${peerText(pair.source)} ${peerText(pair.destination)}`),
    );
    const pairs = [
      ["internet", "api"],
      ["internet", "postgres"],
      ["internet", "redis"],
      ["alb", "postgres"],
      ["alb", "redis"],
      ["api", "realtime"],
      ["internet", "workers"],
      ["alb", "workers"],
      ["api", "workers"],
      ["realtime", "workers"],
      ["postgres", "workers"],
      ["redis", "workers"],
      ["postgres", "internet"],
      ["redis", "internet"],
    ] as const;
    for (const [source, destination] of pairs) {
      expect(denied).toContain(`${source} ${destination}`);
      expect(matrix.allows(peer(source), peer(destination))).toBe(false);
    }
    for (const service of ["api", "realtime", "workers"]) {
      expect(matrix.allows(peer(service), Peer.internet)).toBe(true);
    }
  });

  it("keeps a Socket.IO client on one task, on a route and a target group of its own, for an hour without data", () => {
    const [realtime] = all("aws_lb_target_group").filter(({ port }) => port === 3002);
    expect(realtime).toMatchObject({
      stickiness: { enabled: true, type: "lb_cookie", cookie_duration: 86400 },
    });
    expect(config.resource.aws_lb_listener_rule?.realtime_10).toMatchObject({
      priority: 10,
      condition: [
        { host_header: { values: ["realtime-platform.example.com"] } },
        { path_pattern: { values: ["/socket.io", "/socket.io/*"] } },
      ],
    });
    expect(one("aws_lb").idle_timeout).toBe(3600);
    const [api] = all("aws_lb_target_group").filter(({ port }) => port === 3001);
    expect(api).toMatchObject({ port: 3001, stickiness: { enabled: false } });
  });

  it("redirects HTTP to HTTPS", () => {
    const [http] = all("aws_lb_listener").filter(({ port }) => port === 80);
    expect(http?.default_action).toEqual([
      { type: "redirect", redirect: { port: "443", protocol: "HTTPS", status_code: "HTTP_301" } },
    ]);
  });

  it("gives workers a queue with dead letters, no port, no load balancer, and no other queue rights", () => {
    const workers = config.resource.aws_ecs_service?.workers;
    expect(workers).not.toHaveProperty("load_balancer");
    expect(container("workers")).not.toHaveProperty("portMappings");
    expect(variablesOf(container("workers"))).toHaveProperty("JOBS_QUEUE_URL");
    const queues = all("aws_sqs_queue").map(({ name }) => name);
    expect(queues.sort()).toEqual(["realtime-platform-jobs", "realtime-platform-jobs-dlq"]);
    const [jobs] = all("aws_sqs_queue").filter(({ name }) => name === "realtime-platform-jobs");
    expect(jobs?.redrive_policy).toMatch(
      /"deadLetterTargetArn" = aws_sqs_queue\.jobs_dead_letters\.arn.*"maxReceiveCount" = 5/,
    );
    expect(policy("workers_task")).toMatch(/"sqs:ReceiveMessage".*aws_sqs_queue\.jobs\.arn/);
    expect(policy("workers_task")).not.toContain("sqs:SendMessage");
    expect(policy("api_task")).toContain("sqs:SendMessage");
    expect(policy("realtime_task")).not.toContain("sqs:");
  });

  it("is not called Django: it is told where the load balancer asks how it is, and given no key", () => {
    for (const service of ["api", "realtime"]) {
      expect(variablesOf(container(service))).toMatchObject({ HEALTH_CHECK_PATH: "/health/" });
    }
    for (const service of ["api", "realtime", "workers"]) {
      expect(variablesOf(container(service))).not.toHaveProperty("ALLOWED_HOSTS");
      expect(JSON.stringify(container(service).secrets)).not.toContain("SECRET_KEY");
      expect(container(service)).not.toHaveProperty("healthCheck");
    }
  });

  it("would get key, hosts and a health check that Django answers, were it called so", () => {
    const { api, ...others } = environment.services;
    const django = { allowedHosts: [] };
    const { container: changed } = stackOf({
      ...environment,
      services: { ...others, ...(api && { api: { ...api, django } }) },
    });
    expect(variablesOf(changed("api")).ALLOWED_HOSTS).toBe("realtime-platform.example.com");
    expect(JSON.stringify(changed("api").secrets)).toMatch(/"SECRET_KEY".*"SECRET_KEY_FALLBACKS"/);
    // It asks for a host that is allowed, which the task's own address is not: no 400.
    expect(JSON.stringify(changed("api").healthCheck)).toMatch(
      /127\.0\.0\.1:3001\/health\/.*Host.*realtime-platform\.example\.com/,
    );
  });

  it("has ECS Exec in place of a bastion", () => {
    expect(all("aws_instance")).toEqual([]);
    for (const service of all("aws_ecs_service")) {
      expect(service.enable_execute_command).toBe(true);
    }
  });
});

describe("pdf-excel-prod", () => {
  const file = systems.load("pdf-excel-prod");
  const { one, all, container } = stackOf(file);

  it("has the documented database", () => {
    expect(one("aws_db_instance")).toMatchObject({
      identifier: "pdf-excel-saas-prod-db",
      storage_encrypted: true,
      multi_az: true,
      backup_retention_period: 7,
      publicly_accessible: false,
    });
    expect(one("aws_db_parameter_group").parameter).toContainEqual(
      expect.objectContaining({ name: "rds.force_ssl", value: "1" }),
    );
  });

  it("has the documented network, names and health check", () => {
    expect(one("aws_vpc").cidr_block).toBe("10.0.0.0/16");
    for (const { name } of all("aws_security_group")) {
      expect(name).toMatch(/^pdf-excel-/);
    }
    for (const group of all("aws_lb_target_group")) {
      expect(group.health_check).toMatchObject({ path: "/health" });
    }
  });

  it("gives the Sentry DSN to containers as a secret", () => {
    for (const service of ["frontend", "backend"]) {
      expect(container(service).secrets).toContainEqual(expect.objectContaining({ name: "SENTRY_DSN" }));
      expect(variablesOf(container(service))).not.toHaveProperty("SENTRY_DSN");
    }
  });

  const input = {
    name: "pdf-excel",
    region: "us-east-1",
    network: { cidr: "10.0.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"] },
    services: {
      backend: { image: "a/b:1", port: 8000, cpu: 256, memory: 512, connectsTo: ["postgres"] },
    },
  } as const;
  const intoPostgres = (database: object) =>
    modelOf(defineEnvironment({ ...input, database }))
      .traffic.rules()
      .filter(({ group, direction }) => group === "postgres" && direction === "ingress")
      .map(({ peer, description }) => [peerText(peer), description]);

  it("opens the database to the VPC and to a developer only where the environment says so", () => {
    expect(intoPostgres({})).toEqual([["backend", "PostgreSQL from Backend"]]);
    expect(intoPostgres({ ingressFromVpc: true, developerAddress: "203.0.113.7/32" })).toEqual([
      ["backend", "PostgreSQL from Backend"],
      ["10.0.0.0/16", "PostgreSQL from VPC"],
      ["203.0.113.7/32", "PostgreSQL from developer"],
    ]);
    expect(file.database).toMatchObject({ ingressFromVpc: true });
    expect(file.database?.developerAddress).toBeUndefined();
  });

  it.each(["203.0.113.0/24", "203.0.113.6/31", "0.0.0.0/0", "203.0.113.7"])(
    "refuses %s as a developer's address",
    (address) => {
      expect(() => intoPostgres({ developerAddress: address })).toThrow(/database\.developerAddress: "/);
    },
  );
});

describe("ecs-webapp", () => {
  const environment = systems.load("ecs-webapp");
  const { config, one, all, container } = stackOf(environment);

  it("has no database and no cache", () => {
    expect(all("aws_db_instance")).toEqual([]);
    expect(all("aws_elasticache_replication_group")).toEqual([]);
    expect(groupNames(all("aws_security_group"))).toEqual(["ecs-webapp-alb-sg", "ecs-webapp-ecs-sg"]);
  });

  it("has the documented cluster, log group, port and container health check", () => {
    expect(one("aws_ecs_cluster").name).toBe("ecs-webapp-cluster");
    expect(all("aws_cloudwatch_log_group").map(({ name }) => name)).toContain("/ecs/ecs-webapp");
    expect(container("web")).toMatchObject({
      portMappings: [{ containerPort: 5000 }],
      healthCheck: {
        command: ["CMD-SHELL", "curl -f http://localhost:5000/health || exit 1"],
        interval: 30,
        timeout: 5,
        retries: 3,
        startPeriod: 60,
      },
    });
  });

  it("has separate execution and task roles", () => {
    const task = config.resource.aws_ecs_task_definition?.web;
    expect(task?.execution_role_arn).toBe("${aws_iam_role.web_execution.arn}");
    expect(task?.task_role_arn).toBe("${aws_iam_role.web_task.arn}");
  });

  it("keeps its state in S3, encrypted, locked and versioned", () => {
    expect(config).toMatchObject({
      terraform: {
        backend: { s3: { bucket: "ecs-webapp-terraform-state", encrypt: true, use_lockfile: true } },
      },
    });
    const { state } = environment;
    if (state.backend !== "s3") {
      throw new Error("It keeps its state elsewhere.");
    }
    const stack = synthesized(new StateBackendStack(Testing.app(), "state-backend", { environment, state }));
    const [versioning] = Object.values(stack.resource?.aws_s3_bucket_versioning ?? {});
    expect(versioning).toMatchObject({ versioning_configuration: { status: "Enabled" } });
    const [block] = Object.values(stack.resource?.aws_s3_bucket_public_access_block ?? {});
    expect(block).toMatchObject({ block_public_acls: true, restrict_public_buckets: true });
    expect(stack.terraform?.backend).toHaveProperty("local");
  });

  it("lets chosen addresses in, on 80 or 443", () => {
    const { services } = environment;
    const rules = (loadBalancer: object, dns?: { domain: string }) =>
      modelOf(
        defineEnvironment({
          name: "ecs-webapp",
          region: "us-east-1",
          network: { cidr: "10.30.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"] },
          services,
          loadBalancer,
          ...(dns ? { dns } : {}),
        }),
      )
        .traffic.rules()
        .filter(({ group, direction }) => group === "alb" && direction === "ingress")
        .map(({ peer, port }) => `${peerText(peer)} ${port.from}`);
    expect(rules({ ingressCidrs: ["203.0.113.0/24", "198.51.100.0/24"], ports: [80] })).toEqual([
      "203.0.113.0/24 80",
      "198.51.100.0/24 80",
    ]);
    expect(rules({ ingressCidrs: ["203.0.113.0/24"], ports: [443] }, { domain: "a.example.com" })).toEqual([
      "203.0.113.0/24 443",
    ]);
  });
});

describe("helloapi", () => {
  const environment = systems.load("helloapi");
  const { one, all, container } = stackOf(environment);

  it("bears the documented names", () => {
    expect(one("aws_lb").name).toBe("helloapi-alb");
    expect(one("aws_lb_target_group").name).toBe("helloapi-tg");
    expect(one("aws_db_instance")).toMatchObject({
      identifier: "helloapi-db",
      publicly_accessible: false,
      backup_retention_period: 7,
      performance_insights_retention_period: 7,
    });
    expect(
      all("aws_secretsmanager_secret")
        .map(({ name }) => name)
        .sort(),
    ).toEqual(["helloapi/db/PASSWORD", "helloapi/secret-key", "helloapi/secret-key-previous"]);
  });

  it("starts with plain HTTP and without secure cookies", () => {
    expect(all("aws_lb_listener")).toEqual([expect.objectContaining({ port: 80, protocol: "HTTP" })]);
    expect(variablesOf(container("api"))).toMatchObject({
      SECURE_SSL_REDIRECT: "False",
      SESSION_COOKIE_SECURE: "False",
      CSRF_COOKIE_SECURE: "False",
    });
  });

  it("turns to HTTPS, with redirect and secure cookies, by one field", () => {
    const secure = stackOf({ ...environment, dns: { domain: "api.example.com", alternativeNames: [] } });
    const listeners = secure.all("aws_lb_listener");
    expect(listeners.map(({ port, protocol }) => `${port} ${protocol}`).sort()).toEqual([
      "443 HTTPS",
      "80 HTTP",
    ]);
    const [http] = listeners.filter(({ port }) => port === 80);
    expect(JSON.stringify(http?.default_action)).toContain("HTTP_301");
    expect(variablesOf(secure.container("api"))).toMatchObject({
      SECURE_SSL_REDIRECT: "True",
      SESSION_COOKIE_SECURE: "True",
      CSRF_COOKIE_SECURE: "True",
      ALLOWED_HOSTS: expect.stringContaining("api.example.com"),
    });
  });
});

/** The rules of an environment's web ACL, by name. */
function firewallOf(name: string): Map<string, Body> {
  const { one } = stackOf(systems.load(name));
  const { rule } = one("aws_wafv2_web_acl");
  return new Map(Array.isArray(rule) ? rule.map((body: Body) => [String(body.name), body]) : []);
}

describe("the firewall", () => {
  it("lets pdf-excel-prod's users upload files: the rules that would stop them count", () => {
    const rules = firewallOf("pdf-excel-prod");
    const counted = (...names: string[]) => ({
      override_action: { none: {} },
      statement: {
        managed_rule_group_statement: {
          rule_action_override: names.map((name) => ({ name, action_to_use: { count: {} } })),
        },
      },
    });
    expect(rules.get("common")).toMatchObject(
      counted("SizeRestrictions_BODY", "GenericLFI_BODY", "CrossSiteScripting_BODY"),
    );
    expect(rules.get("sql-injection")).toMatchObject(counted("SQLi_BODY"));
  });

  it("leaves room for Socket.IO's polling on realtime-platform", () => {
    expect(firewallOf("realtime-platform").get("rate-limit")).toMatchObject({
      action: { block: {} },
      statement: { rate_based_statement: { limit: 10_000 } },
    });
  });
});

describe("every environment", () => {
  it.each(systems.names())("%s stands behind a firewall", (name) => {
    expect([...firewallOf(name).keys()]).toEqual([
      "blocked-addresses",
      "rate-limit",
      "sensitive-paths",
      "ip-reputation",
      "known-bad-inputs",
      "sql-injection",
      "common",
    ]);
  });

  it.each(systems.names())("%s puts no secret into a plain variable", (name) => {
    const environment = systems.load(name);
    const { container } = stackOf(environment);
    for (const service of Object.keys(environment.services)) {
      const variables = Object.keys(variablesOf(container(service)));
      expect(variables.filter((variable) => /SECRET|PASSWORD|TOKEN|DSN/.test(variable))).toEqual([]);
    }
  });
});
