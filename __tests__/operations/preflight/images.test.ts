// Which images are looked for: those of services, and that of the task which makes the database's user.
import { imageChecks } from "../../../src/operations/preflight/images";
import { defineEnvironment } from "../../../src/validation/define-environment";

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
  [undefined, [["image:web", "not looked up"]]],
  [
    { name: "shop" },
    [
      ["image:web", "not looked up"],
      ["image:database-user", "not looked up"],
    ],
  ],
  [
    { name: "shop", image: ECR },
    [
      ["image:web", "not looked up"],
      ["image:database-user", "asked for"],
    ],
  ],
])("with the user %j, of these: %j", (user, expected) => {
  expect(checks(user)).toEqual(expected);
});
