// Buckets that S3 would refuse, or that are no use to the service that names them: said before anything is deployed.
import { bucketName } from "../../src/model/names/buckets";
import { namingOfBucket } from "../../src/model/names/resolved";
import { defineEnvironment } from "../../src/validation/define-environment";
import { problemsIn } from "../support/problems";

const worker = { image: "shop/worker:1", cpu: 256 as const, memory: 512 };
const valid = {
  name: "shop-prod",
  region: "eu-west-1",
  network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
  services: { worker },
};

const problemsOf = (change: object) =>
  problemsIn({ ...valid, ...change }).map(({ path, value, remedy }) => `${path}: ${value} ${remedy}`);

const uses = (...buckets: readonly object[]) => ({ services: { worker: { ...worker, buckets } } });

it("is called after the environment, its key and the account, or by a name of its own", () => {
  const { names } = defineEnvironment({
    ...valid,
    buckets: { media: {}, files: {} },
    names: { buckets: { files: "old-shop-files" } },
  });
  expect(bucketName(namingOfBucket(names, "media"), "111122223333")).toBe("shop-prod-media-111122223333");
  expect(bucketName(namingOfBucket(names, "files"), "111122223333")).toBe("old-shop-files");
});

it("is versioned for 30 days, stays as it is, and is called from no website where the file says nothing", () => {
  expect(defineEnvironment({ ...valid, buckets: { media: {} } }).buckets.media).toEqual({
    versioned: true,
    oldVersionDays: 30,
    lifecycle: [],
    cors: [],
  });
});

it("says all that is wrong with a bucket at once", () => {
  const media = {
    lifecycle: [
      {},
      { prefix: "a/", expireAfterDays: 30, transition: { storageClass: "GLACIER", afterDays: 30 } },
      { prefix: "b/", transition: { storageClass: "STANDARD_IA", afterDays: 29 } },
    ],
    cors: [{ origins: ["*"], methods: ["GET", "PUT"] }],
  };
  expect(problemsOf({ buckets: { media } })).toEqual([
    "buckets.media.lifecycle[0]: {} Say what happens: give expireAfterDays, transition or both.",
    "buckets.media.lifecycle[1].expireAfterDays: 30 Give more days than transition.afterDays.",
    "buckets.media.lifecycle[2].transition.afterDays: 29 Give 30 days or more: S3 moves nothing to STANDARD_IA sooner.",
    'buckets.media.cors[0].origins: ["*"] Name the websites that upload: * is for GET and HEAD alone.',
  ]);
});

it("has one rule for a prefix, and one for all objects", () => {
  const twice = [{ expireAfterDays: 3 }, { prefix: "a/", expireAfterDays: 3 }, { expireAfterDays: 4 }];
  expect(problemsOf({ buckets: { media: { lifecycle: twice } } })).toEqual([
    expect.stringContaining("Give each prefix one rule, and all objects one."),
  ]);
});

it("has a name that S3 takes, which no other bucket of the platform has", () => {
  const web = { ...worker, port: 8000 };
  const long = "what-was-uploaded-and-is-kept-for-one-year";
  const buckets = { "alb-logs": {}, audit: {}, [long]: {} };
  expect(problemsOf({ services: { web }, accountSecurity: {}, buckets })).toEqual([
    'buckets.audit: "audit" Choose another key: a bucket of accountSecurity is called so.',
    'buckets.alb-logs: "shop-prod-alb-logs-000000000000" Choose another name: the access logs has it, and S3 has each name once in the world.',
    `buckets.${long}: "${long}" Use 40 characters at most, or shorten the environment's "name": the bucket "${long}" would be called ` +
      `"shop-prod-${long}-000000000000", and AWS takes 63.`,
  ]);
});

it("is not called in Terraform as the access logs' bucket is", () => {
  expect(problemsOf({ buckets: { "access-logs": {} } })).toEqual([
    'buckets.access-logs: "access-logs" Choose another key: in Terraform, the bucket "access-logs" would be called "access_logs", as the ' +
      "bucket of the load balancer's access logs is.",
  ]);
});

it("is there for each service that uses it", () => {
  expect(
    problemsOf({
      ...uses({ bucket: "medai", access: "read" }, { bucket: "x", access: "write" }),
      buckets: { media: {} },
    }),
  ).toEqual([
    'services.worker.buckets[0].bucket: "medai" There is no bucket "medai"; did you mean "media"?',
    'services.worker.buckets[1].bucket: "x" Add it to "buckets", or name one that is there: media.',
  ]);
});

it("is named once by a service, or once for each prefix", () => {
  const buckets = { media: {} };
  const read = { bucket: "media", access: "read" };
  expect(problemsOf({ ...uses(read, { ...read, access: "write", prefix: "a/" }), buckets })).toEqual([]);
  expect(problemsOf({ ...uses(read, { ...read, access: "write" }), buckets })).toEqual([
    expect.stringContaining("Name each bucket once, or once for each prefix."),
  ]);
});

it("is bound to by what uses it", () => {
  const bindings = { A: "buckets.media.name", B: "buckets.files.arn" };
  expect(problemsOf({ services: { worker: { ...worker, bindings } }, buckets: { media: {} } })).toEqual([
    'services.worker.bindings.A: "buckets.media.name" The service does not use it: add { bucket: "media", access: "read" } to its buckets.',
    'services.worker.bindings.B: "buckets.files.arn" There is no bucket "files"; known: media.',
  ]);
});

it("is reached by a service that may connect to S3", () => {
  const egress = [{ cidr: "203.0.113.0/24", port: 443, description: "Partner" }];
  const to = (cidr: string) => [{ cidr, port: 443, description: "AWS" }];
  const service = { ...worker, buckets: [{ bucket: "media", access: "read" }] };
  const buckets = { media: {} };
  expect(problemsOf({ services: { worker: { ...service, egress: to("10.0.0.0/8") } }, buckets })).toEqual([
    expect.stringMatching(/^services\.worker\.egress: .* Allow TCP 443 to 0\.0\.0\.0\/0/),
  ]);
  expect(problemsOf({ services: { worker: { ...worker, egress } }, buckets })).toEqual([]);
  expect(problemsOf({ services: { worker: { ...service, egress: to("0.0.0.0/0") } }, buckets })).toEqual([]);
});
