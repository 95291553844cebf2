// Traces: the collector beside a service's own container, what that is told of it, and who may send them to X-Ray.
import { written } from "../../src/checklist/checklist";
import { modelOf } from "../../src/model/model";
import { checkPolicies, policyProblems } from "../../src/policies/check-policies";
import type { EnvironmentInput } from "../../src/schema/environment";
import { defineEnvironment } from "../../src/validation/define-environment";
import { parseJsonencode } from "../support/jsonencode";
import { platformConfigs } from "../support/platform-configs";
import { problemsIn } from "../support/problems";

const web = {
  image: "example/web:1.0.0",
  port: 8000,
  cpu: 512,
  memory: 1024,
  django: {},
  openTelemetry: { samplePercent: 20 },
} as const;

const shop: EnvironmentInput = {
  name: "shop",
  region: "eu-west-1",
  network: { cidr: "10.20.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"], natGateways: "single" },
  services: { web, worker: { image: "example/web:1.0.0", cpu: 256, memory: 512 } },
  dns: { domain: "shop.example.com" },
};

const environment = defineEnvironment(shop);
const resources = Object(platformConfigs(environment).django?.resource);

const containersOf = (service: string) =>
  parseJsonencode(String(resources.aws_ecs_task_definition[service].container_definitions)) as Readonly<
    Record<string, { readonly name: string; readonly value: string }[]>
  >[];

const telemetryOf = (service: string) =>
  Object.fromEntries(
    (containersOf(service)[0]?.environment ?? [])
      .filter(({ name }) => name.startsWith("OTEL_"))
      .map(({ name, value }) => [name, value]),
  );

it("the application is told where traces go, by the names that its library reads", () => {
  expect(telemetryOf("web")).toEqual({
    OTEL_SERVICE_NAME: "shop-web",
    OTEL_RESOURCE_ATTRIBUTES: "deployment.environment.name=shop",
    OTEL_EXPORTER_OTLP_ENDPOINT: "http://127.0.0.1:4318",
    OTEL_EXPORTER_OTLP_PROTOCOL: "http/protobuf",
    OTEL_TRACES_EXPORTER: "otlp",
    OTEL_METRICS_EXPORTER: "none",
    OTEL_LOGS_EXPORTER: "none",
    OTEL_TRACES_SAMPLER: "traceidratio",
    OTEL_TRACES_SAMPLER_ARG: "0.2",
  });
  expect(telemetryOf("worker")).toEqual({});
  expect(containersOf("worker")).toHaveLength(1);
});

it("a variable that the service gives itself wins", () => {
  const own = { ...web, environment: { OTEL_SERVICE_NAME: "storefront" } };
  const { resource } = Object(platformConfigs(defineEnvironment({ ...shop, services: { web: own } })).django);
  const [container] = Object(parseJsonencode(resource.aws_ecs_task_definition.web.container_definitions));
  expect(container.environment).toContainEqual({ name: "OTEL_SERVICE_NAME", value: "storefront" });
});

it("the collector listens within the task alone, and the task goes on without it", () => {
  const [, collector, ...others] = containersOf("web");
  expect(others).toEqual([]);
  expect(collector).toMatchObject({
    name: "otel-collector",
    image:
      "public.ecr.aws/aws-observability/aws-otel-collector" +
      '${startswith(var.web_otel_collector_image_tag, "sha256:") ? "@" : ":"}${var.web_otel_collector_image_tag}',
    essential: false,
    memoryReservation: 128,
    portMappings: [{ containerPort: 4318 }],
    healthCheck: { command: ["CMD", "/healthcheck"] },
    secrets: [],
    readonlyRootFilesystem: true,
  });
  const [{ name, value } = { name: "", value: "{}" }] = collector?.environment ?? [];
  expect(name).toBe("AOT_CONFIG_CONTENT");
  expect(JSON.parse(value)).toEqual({
    extensions: { health_check: { endpoint: "127.0.0.1:13133" } },
    receivers: { otlp: { protocols: { http: { endpoint: "127.0.0.1:4318" } } } },
    processors: {
      memory_limiter: { check_interval: "1s", limit_mib: 192 },
      resourcedetection: { detectors: ["env", "ecs"] },
      batch: { timeout: "1s", send_batch_size: 50 },
    },
    exporters: { awsxray: {} },
    service: {
      extensions: ["health_check"],
      pipelines: {
        traces: {
          receivers: ["otlp"],
          processors: ["memory_limiter", "resourcedetection", "batch"],
          exporters: ["awsxray"],
        },
      },
    },
  });
  const { traffic } = modelOf(environment);
  expect(traffic.flows.some(({ port }) => port.from === 4318)).toBe(false);
});

it("the service's role may send traces, and nobody else's", () => {
  const statementsOf = (service: string) =>
    Object(parseJsonencode(String(resources.aws_iam_role_policy[`${service}_task`].policy))).Statement;
  const send = {
    Sid: "SendTraces",
    Effect: "Allow",
    Action: ["xray:PutTelemetryRecords", "xray:PutTraceSegments"],
    Resource: "*",
  };
  expect(statementsOf("web")).toContainEqual(send);
  expect(statementsOf("worker")).not.toContainEqual(send);
});

it("every policy holds", () => {
  const problems = policyProblems(checkPolicies(written(modelOf(environment), platformConfigs(environment))));
  expect(problems).toEqual([]);
});

it("is refused where its name or its ports are taken, and where its image is not reached", () => {
  const problemsOf = (service: object, network: object = {}) =>
    problemsIn({
      ...shop,
      network: { ...shop.network, ...network },
      services: { web: { ...web, ...service } },
    }).map(({ path, remedy }) => `${path}: ${remedy}`);
  const taken = "Choose another port: 4318 and 13133 are those of the collector (openTelemetry).";
  expect(problemsOf({ port: 4318, sidecars: { nginx: { image: "shop/nginx:1", port: 13133 } } })).toEqual([
    `services.web.port: ${taken}`,
    `services.web.sidecars.nginx.port: ${taken}`,
  ]);
  expect(
    problemsOf({ openTelemetry: undefined, sidecars: { "otel-collector": { image: "shop/nginx:1" } } }),
  ).toEqual([
    "services.web.sidecars.otel-collector: Choose another key: the sidecar of openTelemetry is called so.",
  ]);
  expect(problemsOf({ openTelemetry: { samplePercent: 0 } })).toEqual([
    "services.web.openTelemetry.samplePercent: Give a whole number of percent from 1 to 100.",
  ]);
  const image = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/web:1.0.0";
  expect(problemsOf({ image }, { natGateways: "none", vpcEndpoints: true })).toEqual([
    expect.stringMatching(/^services\.web\.openTelemetry\.image: Give an image in ECR in eu-west-1/),
  ]);
});
