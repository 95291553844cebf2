// Which images are looked for: those of services, and those of the tasks that the platform runs for itself.
import { imageChecks } from "../../../src/operations/preflight/images";
import type { EnvironmentInput } from "../../../src/schema/environment";
import { defineEnvironment } from "../../../src/validation/define-environment";

type Web = EnvironmentInput["services"][string];

const ECR = "123456789012.dkr.ecr.eu-west-1.amazonaws.com/shop/psql:17";

function checks(applicationUser?: { name: string; image?: string }) {
  const environment = defineEnvironment({
    name: "shop",
    region: "eu-west-1",
    network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
    services: { web: { image: "shop/web:1.0.0", cpu: 256, memory: 512, connectsTo: ["postgres"] } },
    database: { ...(applicationUser && { applicationUser }) },
  });
  return imageChecks(environment, {}).map((check) => [
    check.id,
    "ask" in check ? "asked for" : "not looked up",
  ]);
}

it.each([
  [
    undefined,
    [
      ["image:web", "not looked up"],
      ["image:connectivity", "not looked up"],
    ],
  ],
  [
    { name: "shop" },
    [
      ["image:web", "not looked up"],
      ["image:database-user", "not looked up"],
      ["image:connectivity", "not looked up"],
    ],
  ],
  [
    { name: "shop", image: ECR },
    [
      ["image:web", "not looked up"],
      ["image:database-user", "asked for"],
      ["image:connectivity", "not looked up"],
    ],
  ],
])("with the user %j, of these: %j", (user, expected) => {
  expect(checks(user)).toEqual(expected);
});

it("says that the probe's image is out of reach where VPC endpoints are the only way out", async () => {
  const details = async (network: Partial<EnvironmentInput["network"]>, web: Partial<Web>) => {
    const found: string[] = [];
    const environment = defineEnvironment({
      name: "shop",
      region: "eu-west-1",
      network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"], ...network },
      services: { web: { image: ECR, cpu: 256, memory: 512, connectsTo: ["postgres"], ...web } },
      database: {},
    });
    for (const check of imageChecks(environment, {})) {
      if ("find" in check) {
        found.push(`${check.id}: ${(await check.find()).detail}`);
      }
    }
    return found;
  };
  const closed = { natGateways: "none", vpcEndpoints: true } as const;
  expect(await details(closed, {})).toEqual([
    expect.stringMatching(
      /^image:connectivity: public\.ecr\.aws\/docker\/library\/python@sha256:[0-9a-f]{64} is not in ECR, the one registry that is reached: verify will not be able to check a connection without a checkCommand\.$/,
    ),
  ]);
  expect(await details({}, {})).toEqual([
    expect.stringMatching(/^image:connectivity: Not an ECR image: .* so it has to be public/),
  ]);
  expect(await details(closed, { connectsTo: [{ to: "postgres", checkCommand: ["ping"] }] })).toEqual([]);
  expect(await details(closed, { django: {} })).toEqual([]);
});

it("those of sidecars, with the tags that a pipeline gives them", async () => {
  const environment = defineEnvironment({
    name: "shop",
    region: "eu-west-1",
    network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
    services: {
      web: {
        image: "shop/web:1.0.0",
        cpu: 256,
        memory: 512,
        sidecars: { nginx: { image: ECR }, helper: { image: "shop/helper:1" } },
      },
    },
  });
  const found = imageChecks(environment, { TF_VAR_web_nginx_image_tag: "18" });
  expect(found.map((check) => [check.id, "ask" in check ? "asked for" : "not looked up"])).toEqual([
    ["image:web", "not looked up"],
    ["image:web-helper", "not looked up"],
    ["image:web-nginx", "asked for"],
  ]);
  const asked: unknown[] = [];
  const send = async ({ input }: { input: unknown }) => {
    asked.push(input);
  };
  const nginx = found[2];
  const aws = { client: () => ({ send }) };
  expect(nginx && "ask" in nginx && (await Reflect.apply(nginx.ask, undefined, [aws]))).toMatchObject({
    status: "pass",
    detail: "18 is in the repository shop/psql of account 123456789012 in eu-west-1.",
  });
  expect(asked).toEqual([
    { registryId: "123456789012", repositoryName: "shop/psql", imageIds: [{ imageTag: "18" }] },
  ]);
});
