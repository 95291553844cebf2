// nginx before Django in one task, with a helper beside both: read back from what is synthesized, typed out by hand.
import { written } from "../../src/checklist/checklist";
import { restartedServices } from "../../src/model/database-login";
import { modelOf } from "../../src/model/model";
import { namedResources } from "../../src/model/names/catalogue";
import { peerText } from "../../src/model/traffic/peer";
import { checkPolicies, policyProblems } from "../../src/policies/check-policies";
import type { EnvironmentInput } from "../../src/schema/environment";
import { defineEnvironment } from "../../src/validation/define-environment";
import { parseJsonencode } from "../support/jsonencode";
import { platformConfigs } from "../support/platform-configs";

const REGISTRY = "123456789012.dkr.ecr.us-east-1.amazonaws.com/shop";

const shop: EnvironmentInput = {
  name: "shop",
  region: "us-east-1",
  network: { cidr: "10.20.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"], natGateways: "single" },
  services: {
    web: {
      image: `${REGISTRY}/web:1.0.0`,
      port: 8000,
      targetContainer: "nginx",
      cpu: 2048,
      memory: 4096,
      django: {},
      connectsTo: ["postgres"],
      databaseLogin: "at-connection",
      healthCheckPath: "/ping/",
      executeCommand: false,
      sharedVolumes: { static: { path: "/app/static" } },
      dependsOn: { helper: "START" },
      sidecars: {
        nginx: {
          image: `${REGISTRY}/nginx:2.0.0`,
          port: 80,
          dependsOn: { web: "HEALTHY", helper: "START" },
          sharedVolumes: { static: { path: "/usr/share/nginx/html", readOnly: true } },
          writablePaths: ["/tmp", "/var/cache/nginx"],
          environment: { PAGE: "$${host}", SENTRY_DSN: "https://0123@example.com/1" },
          notSecret: { SENTRY_DSN: "Every browser is given it" },
        },
        helper: {
          image: `registry.example.com/helper@sha256:${"0123456789abcdef".repeat(4)}`,
          imageCredentials: { secretsManager: "shop/registry" },
          command: ["help", "--all"],
          entryPoint: ["/bin/sh", "-c"],
          user: "101:101",
          cpu: 1024,
          memory: 512,
          memoryReservation: 256,
          essential: false,
          stopTimeoutSeconds: 10,
          healthCheck: {
            command: ["/bin/check"],
            intervalSeconds: 10,
            timeoutSeconds: 4,
            retries: 2,
            startPeriodSeconds: 0,
          },
          bindings: { DB_HOST: "database.host", DB_PASSWORD: "database.password", STAGE: "environment.name" },
          secrets: { KEY: { generate: { length: 40 } }, MAIL: { ssmParameter: "/shop/mail" } },
        },
      },
    },
  },
  database: {},
  dns: { domain: "shop.example.com" },
};

const environment = defineEnvironment(shop);
const { django } = platformConfigs(environment);
const resources = Object(django?.resource);

const containersOf = (definition: string) =>
  parseJsonencode(String(resources.aws_ecs_task_definition[definition].container_definitions)) as Readonly<
    Record<string, unknown>
  >[];

const statementsOf = (role: string) =>
  Object(parseJsonencode(String(resources.aws_iam_role_policy[role].policy))).Statement;

const MASTER = "${aws_db_instance.database.master_user_secret[0].secret_arn}";
const PARAMETER = "arn:aws:ssm:us-east-1:${data.aws_caller_identity.current.account_id}:parameter/shop/mail";
const tagged = (image: string, variable: string) =>
  `${image}\${startswith(var.${variable}, "sha256:") ? "@" : ":"}\${var.${variable}}`;

it("the task has the service's own container, and its sidecars by name", () => {
  const [web, helper, nginx, ...others] = containersOf("web");
  expect(others).toEqual([]);
  expect(web).toMatchObject({
    name: "web",
    essential: true,
    image: tagged(`${REGISTRY}/web`, "web_image_tag"),
    portMappings: [{ containerPort: 8000, hostPort: 8000, protocol: "tcp" }],
    dependsOn: [{ containerName: "helper", condition: "START" }],
    mountPoints: [
      { containerPath: "/tmp", sourceVolume: "tmp", readOnly: false },
      { containerPath: "/app/static", sourceVolume: "shared_static", readOnly: false },
    ],
  });
  // Its own port, whatever the load balancer asks of nginx.
  expect(JSON.stringify(web?.healthCheck)).toContain("http://127.0.0.1:8000/ping/");
  const logs = {
    logDriver: "awslogs",
    options: {
      "awslogs-group": "${aws_cloudwatch_log_group.service_web.name}",
      "awslogs-region": "us-east-1",
      "awslogs-stream-prefix": "ecs",
      mode: "non-blocking",
      "max-buffer-size": "25m",
    },
  };
  expect(nginx).toEqual({
    name: "nginx",
    image: tagged(`${REGISTRY}/nginx`, "web_nginx_image_tag"),
    essential: true,
    portMappings: [{ containerPort: 80, hostPort: 80, protocol: "tcp" }],
    dependsOn: [
      { containerName: "helper", condition: "START" },
      { containerName: "web", condition: "HEALTHY" },
    ],
    environment: [
      { name: "PAGE", value: "$${host}" },
      { name: "SENTRY_DSN", value: "https://0123@example.com/1" },
    ],
    secrets: [],
    readonlyRootFilesystem: true,
    mountPoints: [
      { containerPath: "/tmp", sourceVolume: "nginx__tmp", readOnly: false },
      { containerPath: "/var/cache/nginx", sourceVolume: "nginx__var-cache-nginx", readOnly: false },
      { containerPath: "/usr/share/nginx/html", sourceVolume: "shared_static", readOnly: true },
    ],
    linuxParameters: { initProcessEnabled: true },
    stopTimeout: 30,
    logConfiguration: logs,
  });
  expect(helper).toEqual({
    name: "helper",
    image: tagged("registry.example.com/helper", "web_helper_image_tag"),
    repositoryCredentials: { credentialsParameter: "${data.aws_secretsmanager_secret.shop_registry.arn}" },
    essential: false,
    cpu: 1024,
    memory: 512,
    memoryReservation: 256,
    user: "101:101",
    entryPoint: ["/bin/sh", "-c"],
    command: ["help", "--all"],
    healthCheck: { command: ["CMD", "/bin/check"], interval: 10, timeout: 4, retries: 2, startPeriod: 0 },
    environment: [
      { name: "DB_HOST", value: "${aws_db_instance.database.address}" },
      { name: "STAGE", value: "shop" },
    ],
    secrets: [
      { name: "DB_PASSWORD", valueFrom: `${MASTER}:password::` },
      { name: "KEY", valueFrom: "${aws_secretsmanager_secret_version.web_helper_key.arn}" },
      { name: "MAIL", valueFrom: PARAMETER },
    ],
    readonlyRootFilesystem: true,
    mountPoints: [{ containerPath: "/tmp", sourceVolume: "helper__tmp", readOnly: false }],
    linuxParameters: { initProcessEnabled: true },
    stopTimeout: 10,
    logConfiguration: logs,
  });
  expect(resources.aws_ecs_task_definition.web.volume).toEqual([
    { name: "tmp" },
    { name: "shared_static" },
    { name: "helper__tmp" },
    { name: "nginx__tmp" },
    { name: "nginx__var-cache-nginx" },
  ]);
});

it("is the same whatever the order in which a file names sidecars", () => {
  const { web } = shop.services;
  const { nginx, helper } = web?.sidecars ?? {};
  const turned = defineEnvironment({
    ...shop,
    services: { ...(web && nginx && helper && { web: { ...web, sidecars: { helper, nginx } } }) },
  });
  expect(Object(platformConfigs(turned).django?.resource).aws_ecs_task_definition).toEqual(
    resources.aws_ecs_task_definition,
  );
});

it("what runs once runs alone, with what the service's own container shares", () => {
  const [migrate, ...others] = containersOf("web_migrate");
  expect(others).toEqual([]);
  expect(migrate).toMatchObject({ name: "web", command: ["python", "manage.py", "migrate", "--noinput"] });
  expect(migrate).not.toHaveProperty("dependsOn");
  expect(resources.aws_ecs_task_definition.web_migrate.volume).toEqual([
    { name: "tmp" },
    { name: "shared_static" },
  ]);
});

it("the roles have what all containers of the task take", () => {
  expect(statementsOf("web_execution")).toEqual([
    { Sid: "LogInToRegistry", Effect: "Allow", Action: "ecr:GetAuthorizationToken", Resource: "*" },
    {
      Sid: "PullImage",
      Effect: "Allow",
      Action: ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      Resource: [
        "arn:aws:ecr:us-east-1:123456789012:repository/shop/web",
        "arn:aws:ecr:us-east-1:123456789012:repository/shop/nginx",
      ],
    },
    expect.objectContaining({ Sid: "WriteLogs" }),
    {
      Sid: "ReadSecrets",
      Effect: "Allow",
      Action: "secretsmanager:GetSecretValue",
      Resource: [
        "${aws_secretsmanager_secret_version.secret_key.arn}",
        "${aws_secretsmanager_secret_version.secret_key_previous.arn}",
        MASTER,
        "${aws_secretsmanager_secret_version.web_helper_key.arn}",
        "${data.aws_secretsmanager_secret.shop_registry.arn}",
      ],
    },
    { Sid: "ReadParameters", Effect: "Allow", Action: "ssm:GetParameters", Resource: PARAMETER },
  ]);
  expect(resources.aws_secretsmanager_secret.web_helper_key).toMatchObject({
    name: "shop/web/helper/KEY",
    description: "KEY of the container web/helper",
  });
  expect(
    namedResources(environment, "123456789012")
      .filter(({ kind }) => kind === "secret")
      .map(({ name }) => name),
  ).toContain("shop/web/helper/KEY");
  // Its own code reads the password when it connects, but the helper keeps the one that it started with.
  expect(restartedServices(environment)).toEqual(["web"]);
});

it("requests reach nginx, and Django from within the task alone", () => {
  expect(resources.aws_ecs_service.web.load_balancer).toEqual([
    { container_name: "nginx", container_port: 80, target_group_arn: "${aws_lb_target_group.web.arn}" },
  ]);
  expect(resources.aws_lb_target_group.web).toMatchObject({
    port: 80,
    protocol: "HTTP",
    health_check: { port: "traffic-port", protocol: "HTTP", path: "/ping/" },
  });
  const { traffic } = modelOf(environment);
  const toWeb = traffic.flows.filter(({ destination }) => peerText(destination) === "web");
  expect(toWeb.map(({ port }) => port.from)).toEqual([80]);
  const environmentOf = Object(containersOf("web")[0]).environment as { name: string; value: string }[];
  expect(environmentOf).toContainEqual({ name: "TRUSTED_PROXIES", value: "2" });
  expect(environmentOf).toContainEqual({
    name: "TRUSTED_NETWORKS",
    value: expect.stringMatching(/^10\.20\.[0-9./,]+,10\.20\.[0-9./]+,127\.0\.0\.1\/32$/),
  });
  // Two for each vCPU, of which one is left to Django.
  expect(environmentOf).toContainEqual({ name: "WORKER_PROCESSES", value: "2" });
});

it("speaks HTTPS with nginx where that has a certificate", () => {
  const { web } = shop.services;
  const secure = defineEnvironment({
    ...shop,
    services: { ...(web && { web: { ...web, targetProtocol: "HTTPS" } }) },
  });
  expect(Object(platformConfigs(secure).django?.resource).aws_lb_target_group.web).toMatchObject({
    protocol: "HTTPS",
    health_check: { protocol: "HTTPS" },
  });
});

it("is held to every policy", () => {
  expect(policyProblems(checkPolicies(written(modelOf(environment), platformConfigs(environment))))).toEqual(
    [],
  );
});

it("is named where it breaks a policy, whatever the service's own container does", () => {
  const configs = structuredClone(platformConfigs(environment));
  const definition = Object(configs.django?.resource).aws_ecs_task_definition.web;
  // As it stands in the output, where each of these is written once for each container.
  definition.container_definitions = String(definition.container_definitions).replace(
    /("name" = "nginx".*?)"readonlyRootFilesystem" = true/s,
    '$1"privileged" = true, "readonlyRootFilesystem" = false',
  );
  const problems = policyProblems(checkPolicies(written(modelOf(environment), configs))).join("\n");
  expect(problems).toContain('The container "nginx" may write to its root filesystem');
  expect(problems).toContain('The container "nginx" is privileged');
  expect(problems).not.toContain('The container "web"');
});
