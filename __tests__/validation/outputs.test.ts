// Where outputs may be published.
import type { EnvironmentInput } from "../../src/schema/environment";
import { EnvironmentError } from "../../src/schema/problem";
import { defineEnvironment } from "../../src/validation/define-environment";

const shop = (parameterPrefix: string): EnvironmentInput => ({
  name: "shop",
  region: "eu-west-1",
  network: {
    cidr: "10.1.0.0/16",
    availabilityZones: ["eu-west-1a", "eu-west-1b"],
    natGateways: "single",
  },
  services: { worker: { image: "shop/worker:1", cpu: 256, memory: 512 } },
  outputs: { parameterPrefix },
});

/** What is wrong with a prefix, without where and what. */
function remedies(parameterPrefix: string): string[] {
  try {
    defineEnvironment(shop(parameterPrefix));
  } catch (error) {
    if (error instanceof EnvironmentError) {
      expect(error.problems.map(({ path }) => path)).toEqual(
        error.problems.map(() => "outputs.parameterPrefix"),
      );
      return error.problems.map(({ remedy }) => remedy);
    }
    throw error;
  }
  return [];
}

const FORM = "Begin with a slash, use letters, digits and _ . - between slashes, and end without one.";
const RESERVED =
  'Choose another beginning: Parameter Store keeps "aws" and "ssm" for itself, in capitals, too.';
const LEVELS = "Use 12 levels at most: Parameter Store has 15, and three follow.";

it.each(["/platforms", "/Team_a/v1.0/platforms", `/${"a".repeat(127)}`, "/a".repeat(12), "/teams/aws"])(
  "%s is taken",
  (prefix) => {
    expect(remedies(prefix)).toEqual([]);
  },
);

it.each([
  ["", [FORM]],
  ["platforms", [FORM]],
  ["/platforms/", [FORM]],
  ["//platforms", [FORM]],
  ["/our platforms", [FORM]],
  ["/aws/platforms", [RESERVED]],
  ["/SSM-outputs", [RESERVED]],
  ["aws/platforms/", [FORM, RESERVED]],
  [`/${"a".repeat(128)}`, ["Use 128 characters at most."]],
  ["/a".repeat(13), [LEVELS]],
  [`/aws${"/a".repeat(13)}/`, [FORM, RESERVED, LEVELS]],
])("%j is refused, with all that is wrong", (prefix, expected) => {
  expect(remedies(prefix)).toEqual(expected);
});

it("keeps away from what says that the database's password was written", () => {
  expect(remedies("/database-password")).toEqual([
    "Choose another prefix: there is what says that the database's password was written.",
  ]);
});
