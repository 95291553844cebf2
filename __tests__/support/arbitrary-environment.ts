// Random environments that are valid by construction, for properties that must hold in every one of them.
import fc from "fast-check";
import type { Environment } from "../../src/model/environment";
import type { EnvironmentInput } from "../../src/schema/environment";
import { EnvironmentError } from "../../src/schema/problem";
import { defineEnvironment } from "../../src/validation/define-environment";

type ServiceInput = EnvironmentInput["services"][string];
type ExtraFlowInput = NonNullable<EnvironmentInput["extraFlows"]>[number];

const SERVICE_KEYS = ["api", "web", "worker", "real-time", "reports", "admin"] as const;

/** Enough for any of these services. */
const ENDPOINTS: ("ecr.api" | "ecr.dkr" | "logs" | "secretsmanager")[] = [
  "ecr.api",
  "ecr.dkr",
  "logs",
  "secretsmanager",
];

const publicBlock = fc
  .tuple(fc.integer({ min: 20, max: 60 }), fc.integer({ min: 0, max: 255 }), fc.integer({ min: 0, max: 255 }))
  .map(([a, b, c]) => `${a}.${b}.${c}.0/24`);

interface Shape {
  readonly key: (typeof SERVICE_KEYS)[number];
  readonly port: number | undefined;
  readonly postgres: boolean;
  readonly redis: boolean;
  readonly files: boolean;
  readonly egress: readonly string[] | undefined;
  readonly memory: number;
}

const shape = (key: (typeof SERVICE_KEYS)[number]): fc.Arbitrary<Shape> =>
  fc.record({
    key: fc.constant(key),
    port: fc.option(fc.integer({ min: 1024, max: 60_000 }), { nil: undefined }),
    postgres: fc.boolean(),
    redis: fc.boolean(),
    files: fc.boolean(),
    egress: fc.option(fc.uniqueArray(publicBlock, { maxLength: 2 }), { nil: undefined }),
    memory: fc.constantFrom(1024, 2048, 3072, 4096),
  });

function toService(
  given: Shape,
  database: boolean,
  cache: boolean,
  fileSystem: boolean,
  isDefault: boolean,
  priority: number,
  /** Whether S3, where the layers of images are, is reached by the gateway endpoint alone. */
  withoutNat: boolean,
): ServiceInput {
  const { key, port, postgres, redis, files, memory } = given;
  const egress = withoutNat && given.egress?.length === 0 ? undefined : given.egress;
  return {
    // In ECR, where it can be pulled without NAT, too.
    image: `123456789012.dkr.ecr.eu-west-1.amazonaws.com/${key}:1.0.${priority}`,
    cpu: 512,
    memory,
    ...(port === undefined ? {} : { port }),
    ...(port === undefined || isDefault ? {} : { routes: [{ priority, paths: [`/${key}/*`] }] }),
    connectsTo: [
      ...(postgres && database ? ["postgres" as const] : []),
      ...(redis && cache ? [{ to: "redis" as const, reason: `Sessions of ${key}` }] : []),
    ],
    mounts: files && fileSystem ? [{ fileSystem: "media", path: `/${key}/media` }] : [],
    ...(egress
      ? {
          egress: egress.map((cidr, index) => ({
            cidr: index === 0 ? "0.0.0.0/0" : cidr,
            port: index === 0 ? { from: 400, to: 61_015 } : 443,
            description: `HTTPS from ${key}`,
          })),
        }
      : {}),
  };
}

/** A valid environment of one to six services, with or without data stores, domain and extra flows. */
export const arbitraryEnvironment: fc.Arbitrary<EnvironmentInput> = fc
  .record({
    keys: fc.shuffledSubarray([...SERVICE_KEYS], { minLength: 1 }),
    database: fc.boolean(),
    cache: fc.boolean(),
    files: fc.boolean(),
    domain: fc.boolean(),
    ingress: fc.option(fc.uniqueArray(publicBlock, { minLength: 1, maxLength: 3 }), { nil: undefined }),
    octet: fc.integer({ min: 0, max: 255 }),
    nat: fc.constantFrom("none" as const, "single" as const, "per-zone" as const),
    vpcEndpoints: fc.constantFrom(false, true, ENDPOINTS),
    zones: fc.integer({ min: 2, max: 4 }),
    extra: fc.array(
      fc.record({
        from: fc.nat(),
        to: fc.nat(),
        block: fc.option(publicBlock, { nil: undefined }),
        width: fc.integer({ min: 0, max: 30 }),
        protocol: fc.constantFrom("tcp" as const, "udp" as const),
      }),
      { maxLength: 4 },
    ),
  })
  .chain((base) => fc.tuple(fc.constant(base), fc.tuple(...base.keys.map(shape))))
  .map(([base, shapes]) => {
    const { database, cache } = base;
    const withPort = shapes.filter(({ port }) => port !== undefined);
    const groups = [
      ...(withPort.length > 0 ? ["alb"] : []),
      ...base.keys,
      ...(database ? ["postgres"] : []),
      ...(base.vpcEndpoints ? ["endpoints"] : []),
    ];
    const extraFlows = base.extra.flatMap(({ from, to, block, width, protocol }, index): ExtraFlowInput[] => {
      const destination = groups[to % groups.length] ?? "";
      const source = block ?? groups[from % groups.length] ?? "";
      // Where nothing outside gets: data stores, and in private subnets all but the load balancer.
      const isolated = base.nat !== "none" || base.vpcEndpoints !== false;
      const unreached = destination === "postgres" || (isolated && destination !== "alb");
      if (source === destination || (unreached && block)) {
        return [];
      }
      // Ports above those of services and stores, from ten apart on, so that no two flows are the same rule, but
      // ranges may overlap.
      const start = 61_000 + index * 10;
      const port = width === 0 ? start : { from: start, to: start + width };
      return [{ source, destination, port, protocol, description: `Extra flow ${index}` }];
    });
    return {
      name: "random-platform",
      region: "eu-west-1",
      network: {
        cidr: `10.${base.octet}.0.0/16`,
        availabilityZones: ["a", "b", "c", "d"].slice(0, base.zones).map((zone) => `eu-west-1${zone}`),
        natGateways: base.nat,
        vpcEndpoints: base.vpcEndpoints,
      },
      services: Object.fromEntries(
        shapes.map((given, index) => [
          given.key,
          toService(
            given,
            database,
            cache,
            base.files,
            given === withPort[0],
            (index + 1) * 10,
            base.nat === "none" && base.vpcEndpoints !== false,
          ),
        ]),
      ),
      ...(database ? { database: {} } : {}),
      ...(cache ? { cache: {} } : {}),
      ...(base.files ? { fileSystems: { media: {} } } : {}),
      ...(base.domain ? { dns: { domain: "app.example.com" } } : {}),
      ...(withPort.length > 0 && base.ingress ? { loadBalancer: { ingressCidrs: base.ingress } } : {}),
      extraFlows,
      // Many zones and blocks want more entries than AWS allows at first.
      quotas: { rulesPerNetworkAcl: 40 },
    };
  });

/**
 * Defines a random environment. One in some hundreds has two network ACL entries of one number, which wants a line in the
 * file: it is passed over.
 */
export function defineRandom(input: EnvironmentInput): Environment {
  try {
    return defineEnvironment(input);
  } catch (error) {
    fc.pre(!(error instanceof EnvironmentError && error.problems.every(isNumberClash)));
    throw error;
  }
}

/** Whether a problem is that two entries of the data subnets' network ACL have one number. */
export function isNumberClash({ path }: { readonly path: string }): boolean {
  return path === "network.dataSubnetAclNumbers";
}
