// What the editor and the compiler know of an environment file: `npm run typecheck` fails where a mistake below is none to
// them, or where something right is refused.
import {
  type DatabaseInput,
  defineEnvironment,
  type EnvironmentInput,
  type NetworkInput,
  type QueueInput,
  type ServiceInput,
} from "../../src/environment";

/** Shared by several environments, as a team would write it. */
const ZONES = ["eu-west-1a", "eu-west-1b"] as const;
const STORES: readonly ("postgres" | "redis")[] = ["postgres"];
const network: NetworkInput = { cidr: "10.0.0.0/16", availabilityZones: ZONES };
const database: DatabaseInput = { multiAz: true };
const jobs: QueueInput = { visibilityTimeoutSeconds: 900 };
const service = {
  image: "shop/web:1.0.0",
  cpu: 512,
  memory: 1024,
  connectsTo: STORES,
  command: ["gunicorn", "shop.wsgi"],
} as const satisfies ServiceInput;

const environment = {
  name: "shop",
  region: "eu-west-1",
  network,
  database,
  queues: { jobs },
  services: {
    web: { ...service, port: 8000, routes: [{ priority: 1, paths: ["/api/*"] }] },
    worker: { ...service, consumesFrom: ["jobs"] },
  },
  loadBalancer: { ports: [80] },
  extraFlows: [{ source: "web", destination: "10.0.0.0/16", port: 25, description: "mail relay" }],
} as const satisfies EnvironmentInput;

it("takes constants, and lists that cannot be changed, and leaves them as they are", () => {
  const before = structuredClone(environment);
  const { services, network: own } = defineEnvironment(environment);
  expect(services.worker).toMatchObject({ cpu: 512, connectsTo: ["postgres"], consumesFrom: ["jobs"] });
  expect(own.availabilityZones).toEqual(["eu-west-1a", "eu-west-1b"]);
  expect(environment).toEqual(before);
});

it("knows the values that there are", () => {
  const mistakes: readonly ServiceInput[] = [
    // @ts-expect-error Fargate has no such size.
    { image: "shop/web:1.0.0", cpu: 300, memory: 512 },
    // @ts-expect-error CloudWatch keeps logs for 30 days or 60.
    { image: "shop/web:1.0.0", cpu: 256, memory: 512, logRetentionDays: 31 },
    // @ts-expect-error A connection leads to a data store or a service, by its key.
    { image: "shop/web:1.0.0", cpu: 256, memory: 512, connectsTo: [5432] },
    // @ts-expect-error There is no such processor.
    { image: "shop/web:1.0.0", cpu: 256, memory: 512, architecture: "arm64" },
    // @ts-expect-error There is no such field.
    { image: "shop/web:1.0.0", cpu: 256, memory: 512, desiredcount: 2 },
    // @ts-expect-error An image is needed.
    { cpu: 256, memory: 512 },
  ];
  const others: readonly Partial<EnvironmentInput>[] = [
    // @ts-expect-error The load balancer opens 80 and 443, and no other port.
    { loadBalancer: { ports: [8080] } },
    // @ts-expect-error There is no such choice.
    { network: { ...network, natGateways: "one" } },
    // @ts-expect-error There is no such endpoint.
    { network: { ...network, vpcEndpoints: ["s3"] } },
    // @ts-expect-error There is no such rule.
    { loadBalancer: { waf: { count: ["NoSuchRule"] } } },
    // @ts-expect-error State in S3 needs a bucket.
    { state: { backend: "s3", region: "eu-west-1" } },
  ];
  // The same at run time, for whoever casts.
  for (const web of mistakes) {
    expect(() => defineEnvironment({ ...environment, services: { web } })).toThrow("services.web");
  }
  for (const sections of others) {
    expect(() => defineEnvironment({ ...environment, ...sections })).toThrow(Object.keys(sections)[0]);
  }
});
