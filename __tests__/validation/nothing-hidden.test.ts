// One mistake hides no other, within a section as between two, and none is reported that is not there.

import { EnvironmentError } from "../../src/schema/problem";
import { defineEnvironment } from "../../src/validation/define-environment";

const ENVIRONMENT = {
  name: "shop",
  region: "eu-west-1",
  network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
  services: { web: { image: "shop/web:1.0.0", port: 8000, cpu: 256, memory: 512, connectsTo: ["postgres"] } },
  database: {},
} as const;

/** Every problem as `path = value`. */
function problemsWith(change: Record<string, unknown>): string[] {
  try {
    Reflect.apply(defineEnvironment, undefined, [{ ...ENVIRONMENT, ...change }]);
  } catch (error) {
    if (error instanceof EnvironmentError) {
      return error.problems.map(({ path, value }) => `${path} = ${value}`);
    }
    throw error;
  }
  return [];
}

describe("A value out of bounds", () => {
  it.each<[section: string, change: Record<string, unknown>, problems: string[]]>([
    [
      "monitoring",
      {
        monitoring: {
          thresholds: {
            serviceCpuPercent: 100,
            missingTasks: 3,
            databaseConnections: 999,
            latencySeconds: 60,
          },
        },
      },
      [
        "monitoring.thresholds.serviceCpuPercent = 100",
        "monitoring.thresholds.missingTasks = 3",
        "monitoring.thresholds.latencySeconds = 60",
        "monitoring.thresholds.databaseConnections = 999",
      ],
    ],
    [
      "database",
      {
        database: { backupRetentionDays: 1, allocatedStorageGib: 20 },
        monitoring: { thresholds: { databaseFreeStorageGib: 20 } },
      },
      ["database.backupRetentionDays = 1", "monitoring.thresholds.databaseFreeStorageGib = 20"],
    ],
    [
      "backup",
      { backup: { copyTo: { region: "eu-west-1", retentionDays: 0 } } },
      ["backup.copyTo.retentionDays = 0", 'backup.copyTo.region = "eu-west-1"'],
    ],
    [
      "registry",
      { registry: { repositories: ["ghost"], keepImages: 0 } },
      ["registry.keepImages = 0", 'registry.repositories[0] = "ghost"'],
    ],
    [
      "dns",
      {
        dns: {
          domain: "Shop.example.com",
          alternativeNames: ["www.example.org"],
          hostedZoneName: "example.com",
        },
      },
      ['dns.domain = "Shop.example.com"', 'dns.alternativeNames[0] = "www.example.org"'],
    ],
    [
      "loadBalancer",
      { loadBalancer: { idleTimeoutSeconds: 0, waf: { sensitivePaths: { rateLimit: 2000 } } } },
      ["loadBalancer.idleTimeoutSeconds = 0", "loadBalancer.waf.sensitivePaths.rateLimit = 2000"],
    ],
    [
      "state",
      {
        state: {
          backend: "s3",
          region: "eu-west-1",
          bucket: "b".repeat(59),
          createBucket: true,
          keyPrefix: "/",
        },
      },
      ['state.keyPrefix = "/"', `state.bucket = "${"b".repeat(59)}"`],
    ],
    [
      "ci",
      { ci: { github: { repository: "shop" } } },
      ['ci.github.repository = "shop"', "account = (nothing)", 'state.backend = "local"'],
    ],
  ])("hides nothing else in %s", (_section, change, problems) => {
    expect(problemsWith(change)).toEqual(problems);
  });

  it.each<[path: string, change: Record<string, unknown>]>([
    ["loadBalancer.waf.rateLimit", { loadBalancer: { waf: { rateLimit: 5 } } }],
    ["loadBalancer.idleTimeoutSeconds", { loadBalancer: { idleTimeoutSeconds: 0 } }],
    ["loadBalancer.ingressCidrs[0]", { loadBalancer: { ingressCidrs: ["10.0.0.1/8"] } }],
    ["database.allocatedStorageGib", { database: { allocatedStorageGib: 5 } }],
    ["database.instanceClass", { database: { instanceClass: "medium" } }],
    ["database.developerAddress", { database: { developerAddress: "office/32" } }],
    ["dns.hostedZoneName", { dns: { domain: "shop.example.com", hostedZoneName: "*.example.com" } }],
  ])("of %s is not compared with anything", (path, change) => {
    expect(problemsWith(change)).toEqual([
      expect.stringMatching(new RegExp(`^${path.replace(/[[\]]/g, "\\$&")} = `)),
    ]);
  });
});

it("says of a section of another type nothing that follows from it", () => {
  const job = { ...ENVIRONMENT.services.web, connectsTo: [], port: undefined, consumesFrom: ["jobs"] };
  expect(problemsWith({ services: { ...ENVIRONMENT.services, job }, queues: ["jobs"] })).toEqual([
    'queues = ["jobs"]',
  ]);
});

describe("The value of a problem", () => {
  it("is what a computation gives where one of its parts is missing", () => {
    const web = { ...ENVIRONMENT.services.web, port: Number.NaN };
    expect(problemsWith({ services: { web } })).toEqual(["services.web.port = NaN"]);
  });

  it("is what the file has, where a whole section is wrong: no defaults, and not too long", () => {
    const { port: _, ...worker } = ENVIRONMENT.services.web;
    const loadBalancer = { ingressCidrs: Array.from({ length: 9 }, (_, index) => `198.51.${index}.0/24`) };
    expect(problemsWith({ services: { worker }, loadBalancer: {} })).toEqual(["loadBalancer = {}"]);
    expect(problemsWith({ services: { worker }, loadBalancer })).toEqual([
      'loadBalancer = {"ingressCidrs":["198.51.0.0/24","198.51.1.0/24","198.51.2.0/24","198.51.3.0/24"…',
    ]);
    expect(
      problemsWith({ services: { worker: { ...worker, connectsTo: [] } }, database: undefined, backup: {} }),
    ).toEqual(["backup = {}"]);
  });
});
