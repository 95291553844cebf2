// Services that only other services reach: their names, who may connect to them, and what the rest of the platform makes of
// them; typed out by hand.
import { modelOf } from "../../src/model/model";
import { peerText } from "../../src/model/traffic/peer";
import { portText } from "../../src/model/traffic/port";
import { trafficDisagreements } from "../../src/policies/traffic-agreement";
import type { EnvironmentInput } from "../../src/schema/environment";
import { defineEnvironment } from "../../src/validation/define-environment";
import { parseJsonencode } from "../support/jsonencode";
import { platformConfigs } from "../support/platform-configs";
import { problemsIn, problemsOfService } from "../support/problems";

const image = "example/web:1.0.0";
const size = { image, cpu: 256, memory: 512 } as const;

const shop = {
  name: "shop",
  region: "us-east-1",
  network: { cidr: "10.20.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"], natGateways: "single" },
  services: {
    web: {
      ...size,
      port: 8000,
      django: { allowedHosts: ["shop.example.org"] },
      connectsTo: [{ to: "collector", reason: "Traces" }],
      bindings: { OTEL_EXPORTER_OTLP_ENDPOINT: "services.collector.url" },
    },
    worker: {
      ...size,
      connectsTo: ["web", "processor", "collector"],
      bindings: {
        web_host: "services.web.host",
        PROCESSOR_PORT: "services.processor.port",
        COLLECTOR: "services.collector.host",
      },
    },
    processor: { ...size, port: 8000, internal: true, extraPorts: [9100], django: {} },
    collector: {
      ...size,
      port: 4318,
      internal: true,
      connectsTo: [{ to: "processor", ports: [9100], description: "Scrapes" }],
    },
  },
  dns: { domain: "shop.example.com" },
} as const satisfies EnvironmentInput;

const environment = defineEnvironment(shop);
const configs = platformConfigs(environment);
const resources = Object(Object(configs.django).resource);

function variables(service: string): Record<string, string> {
  const [container] = Object(
    parseJsonencode(String(resources.aws_ecs_task_definition[service].container_definitions)),
  );
  return Object.fromEntries(
    container.environment.map(({ name, value }: { name: string; value: string }) => [name, value]),
  );
}

it("have a name in the network's own domain, in which ECS registers each task", () => {
  expect(resources.aws_service_discovery_private_dns_namespace).toMatchObject({
    services: {
      description: "Private names of services",
      lifecycle: { create_before_destroy: true },
      name: "shop.internal",
      vpc: "${aws_vpc.main.id}",
    },
  });
  // A public service that another one connects to has one, too; a worker has none.
  expect(Object.keys(resources.aws_service_discovery_service)).toEqual(["web", "processor", "collector"]);
  expect(resources.aws_service_discovery_service.collector).toMatchObject({
    dns_config: {
      dns_records: [{ ttl: 10, type: "A" }],
      namespace_id: "${aws_service_discovery_private_dns_namespace.services.id}",
      routing_policy: "MULTIVALUE",
    },
    force_destroy: true,
    health_check_custom_config: { failure_threshold: 1 },
    lifecycle: { create_before_destroy: true },
    name: "collector",
  });
  const registries = Object.entries(resources.aws_ecs_service).map(([key, service]) => [
    key,
    Object(service).service_registries?.registry_arn,
  ]);
  expect(registries).toEqual([
    ["web", "${aws_service_discovery_service.web.arn}"],
    ["worker", undefined],
    ["processor", "${aws_service_discovery_service.processor.arn}"],
    ["collector", "${aws_service_discovery_service.collector.arn}"],
  ]);
});

it("are behind no load balancer", () => {
  expect(Object.keys(resources.aws_lb_target_group)).toEqual(["web"]);
  expect(resources.aws_ecs_service.processor.load_balancer).toBeUndefined();
  expect(resources.aws_ecs_service.processor.health_check_grace_period_seconds).toBeUndefined();
  const alone = { ...shop, services: { processor: shop.services.processor }, dns: undefined };
  expect(Object(platformConfigs(defineEnvironment(alone)).django).resource.aws_lb).toBeUndefined();
});

it("are connected to by those services that say so, on the ports that they say, and by nobody else", () => {
  const { traffic } = modelOf(environment);
  const inside = traffic.flows
    .filter(({ source, destination }) => source.kind === "group" && destination.kind === "group")
    .map(({ source, destination, port, description }) =>
      [peerText(source), peerText(destination), portText(port), description].join(" | "),
    );
  expect(inside.sort()).toEqual([
    "alb | web | 8000/tcp | Web from ALB",
    "collector | processor | 9100/tcp | Scrapes",
    "web | collector | 4318/tcp | Collector from Web: Traces",
    "worker | collector | 4318/tcp | Collector from Worker",
    "worker | processor | 8000/tcp | Processor from Worker",
    "worker | web | 8000/tcp | Web from Worker",
  ]);
  const denied = traffic
    .denied()
    .map(({ source, destination }) => `${peerText(source)} -> ${peerText(destination)}`);
  expect(denied).toEqual(
    expect.arrayContaining([
      "internet -> collector",
      "internet -> processor",
      "alb -> processor",
      "alb -> collector",
      "web -> processor",
      "processor -> collector",
      "processor -> web",
      "collector -> web",
    ]),
  );
  // The proof reads the same from the output alone.
  expect(trafficDisagreements(modelOf(environment), configs)).toEqual([]);
});

it("are told of by the variables that are bound to them, and Django takes requests by its private name", () => {
  expect(variables("web")).toMatchObject({
    OTEL_EXPORTER_OTLP_ENDPOINT: "http://collector.shop.internal:4318",
    ALLOWED_HOSTS: "shop.example.com,web.shop.internal,shop.example.org",
    CSRF_TRUSTED_ORIGINS: "https://shop.example.com",
    // Else it would send who asks inside to a port that is not there; users are redirected by the load balancer.
    SECURE_SSL_REDIRECT: "False",
    SESSION_COOKIE_SECURE: "True",
  });
  expect(variables("worker")).toMatchObject({
    web_host: "web.shop.internal",
    PROCESSOR_PORT: "8000",
    COLLECTOR: "collector.shop.internal",
  });
  const inside = variables("processor");
  expect(inside).toMatchObject({
    ALLOWED_HOSTS: "processor.shop.internal",
    CSRF_TRUSTED_ORIGINS: "",
    SECURE_SSL_REDIRECT: "False",
    SESSION_COOKIE_SECURE: "True",
    WORKER_THREADS: expect.any(String),
  });
  expect(Object.keys(inside)).not.toContain("TRUSTED_PROXIES");
});

it("are watched by their tasks, and not by a load balancer that does not know them", () => {
  const monitoring = { emails: ["ops@example.com"] };
  const { resource } = Object(platformConfigs(defineEnvironment({ ...shop, monitoring })).django);
  const alarms = Object.keys(resource.aws_cloudwatch_metric_alarm).filter((name) => /^processor_/.test(name));
  expect(alarms.sort()).toEqual([
    "processor_cpu",
    "processor_errors",
    "processor_memory",
    "processor_missing_tasks",
  ]);
});

describe("names", () => {
  const addresses = (services: EnvironmentInput["services"], network: object = {}) =>
    Object.keys(
      Object(
        platformConfigs(defineEnvironment({ ...shop, network: { ...shop.network, ...network }, services }))
          .django,
      ).resource.aws_service_discovery_service ?? {},
    );
  const { collector } = shop.services;

  it("are for who is internal, connected to, or asked for; without any, there is no domain", () => {
    expect(addresses({ web: { ...size, port: 8000 } })).toEqual([]);
    expect(addresses({ web: { ...size, port: 8000, privateName: true } })).toEqual(["web"]);
    expect(addresses({ web: { ...size, port: 8000 }, quiet: { ...size, port: 1, internal: true } })).toEqual([
      "quiet",
    ]);
  });

  it("stand in the domain that the network gives", () => {
    const { resource } = Object(
      platformConfigs(
        defineEnvironment({ ...shop, network: { ...shop.network, privateDomain: "in.shop.example.com" } }),
      ).django,
    );
    expect(resource.aws_service_discovery_private_dns_namespace.services.name).toBe("in.shop.example.com");
    expect(variables("web").OTEL_EXPORTER_OTLP_ENDPOINT).toContain("shop.internal");
    expect(collector.port).toBe(4318);
  });
});

describe("are refused", () => {
  const problems = (change: object, services: object = shop.services) =>
    problemsIn({ ...shop, services, ...change }).map(({ path, remedy }) => `${path}: ${remedy}`);

  it("on the load balancer, all at once", () => {
    expect(
      problemsOfService({
        internal: true,
        privateName: false,
        routes: [{ priority: 1, paths: ["/api/*"] }],
        stickySessions: {},
        targetHealthCheck: { port: 9000 },
        deregistrationDelaySeconds: 10,
      }),
    ).toEqual([
      "services.web.privateName: Remove it: an internal service is reached by its name alone.",
      ...["routes", "stickySessions", "targetHealthCheck", "deregistrationDelaySeconds"].map(
        (field) =>
          `services.web.${field}: Remove it, or remove "internal": the load balancer does not lead to an internal service.`,
      ),
    ]);
    const { web: _, ...inside } = shop.services;
    expect(problems({ loadBalancer: {}, dns: undefined }, { ...inside, worker: size })).toEqual([
      "loadBalancer: Give a service a port and leave it public, or remove this: nothing would be behind the load balancer.",
    ]);
  });

  it("without a port, or with one twice", () => {
    const remedy = "Give the service a port, or remove this: only a service with a port is reached.";
    expect(
      problemsOfService({ port: undefined, internal: true, extraPorts: [9100], privateName: true }),
    ).toEqual([
      `services.web.internal: ${remedy}`,
      `services.web.extraPorts: ${remedy}`,
      `services.web.privateName: ${remedy}`,
    ]);
    expect(problemsOfService({ extraPorts: [8000, 9100] })).toEqual([
      "services.web.extraPorts: Take 8000 out: it is the port that the service has.",
    ]);
  });

  it("as where a connection leads to nothing, all at once", () => {
    const worker = {
      ...size,
      connectsTo: [
        "worker",
        "colector",
        "silent",
        "hidden",
        { to: "postgres", ports: [5432] },
        { to: "collector", ports: [4318, 8888] },
      ],
    };
    const services = {
      web: { ...size, port: 8000 },
      worker,
      silent: size,
      hidden: { ...size, port: 9000, privateName: false, routes: [{ priority: 1, paths: ["/h"] }] },
      collector: { ...size, port: 4318, internal: true, extraPorts: [9999] },
    };
    expect(problems({ database: {}, dns: undefined }, services)).toEqual([
      "services.worker.connectsTo[0]: Name another service: a service's tasks do not connect to each other.",
      'services.worker.connectsTo[1]: There is no data store or service "colector"; did you mean "collector"?',
      'services.worker.connectsTo[2]: Give "silent" a port, or remove it here: nothing listens there.',
      'services.worker.connectsTo[3]: Remove "privateName" from services.hidden: without a name, nobody finds its tasks.',
      "services.worker.connectsTo[4].ports: Remove this: a data store has one port, which is known.",
      'services.worker.connectsTo[5].ports: Name ports that "collector" listens on (4318, 9999), or add 8888 to its extraPorts.',
    ]);
  });

  it("in a domain that would hide the one that users type, or AWS's own", () => {
    const within = (privateDomain: string) => problems({ network: { ...shop.network, privateDomain } });
    expect(within("example.com")).toEqual([
      "network.privateDomain: Choose another domain, such as internal.example.com: inside the network, shop.example.com would not be found any more.",
    ]);
    expect(within("us-east-1.rds.amazonaws.com")).toEqual([
      "network.privateDomain: Choose another domain: the network would no longer find AWS's own names, the database's among them.",
    ]);
    expect(within("internal.shop.example.com")).toEqual([]);
  });
});
