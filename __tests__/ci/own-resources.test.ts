// What resources of a team's own need of CI: declared in the environment, granted to the roles, and missed where it is not.
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { DataAwsRoute53Zone } from "@cdktf/provider-aws/lib/data-aws-route53-zone";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { Testing } from "cdktf";
import type { EnvironmentInput } from "../../src/schema/environment";
import { EnvironmentStack } from "../../src/stacks/environment-stack";
import { addPlatform, type Platform } from "../../src/stacks/platform";
import { defineEnvironment } from "../../src/validation/define-environment";
import { isAllowed } from "../support/iam-evaluator";
import { ACCOUNT, ciPolicies, REGION, shopInput } from "./fixtures";

const BUCKET = "arn:aws:s3:::shop-uploads";

type OwnInput = NonNullable<NonNullable<EnvironmentInput["ci"]>["own"]>;

const withOwn = (own: OwnInput): EnvironmentInput => ({
  ...shopInput,
  ci: { github: { repository: "acme/shop" }, own },
});

const uploads = {
  types: ["aws_s3_bucket"],
  read: ["s3:GetBucket*"],
  write: ["s3:CreateBucket", "s3:DeleteBucket"],
  resources: [BUCKET],
};

describe("what is declared", () => {
  const policies = ciPolicies(
    withOwn({
      stacks: ["status-page"],
      resources: [uploads],
      roles: [{ actions: ["s3:PutObject"], resources: [`${BUCKET}/*`] }],
    }),
  );
  const context = { "aws:RequestedRegion": REGION };
  const deploys = (action: string, resource: string) =>
    isAllowed({ action, resource, context }, policies.deploy, policies.deployBoundary);

  it("may be done by the deploy role, on these resources alone", () => {
    expect(deploys("s3:CreateBucket", BUCKET)).toBe(true);
    expect(deploys("s3:GetBucketPolicy", BUCKET)).toBe(true);
    expect(deploys("s3:CreateBucket", "arn:aws:s3:::others")).toBe(false);
    expect(deploys("s3:PutObject", `${BUCKET}/key`)).toBe(false);
  });

  it("may be looked at, and not changed, by the plan role", () => {
    const plans = (action: string) => isAllowed({ action, resource: BUCKET, context }, policies.plan);
    expect(plans("s3:GetBucketPolicy")).toBe(true);
    expect(plans("s3:CreateBucket")).toBe(false);
  });

  it("lets the platform's roles do so much more, where a policy of theirs says so", () => {
    const everything = [{ Statement: [{ Effect: "Allow" as const, Action: "*", Resource: "*" }] }];
    const may = (resource: string) =>
      isAllowed({ action: "s3:PutObject", resource, context }, everything, policies.platformBoundary);
    expect(may(`${BUCKET}/key`)).toBe(true);
    expect(may("arn:aws:s3:::others/key")).toBe(false);
  });

  it("opens the state of own stacks that CI deploys", () => {
    expect(deploys("s3:PutObject", "arn:aws:s3:::states/shop/status-page.tfstate")).toBe(true);
    expect(deploys("s3:PutObject", "arn:aws:s3:::states/shop/other.tfstate")).toBe(false);
  });
});

describe("a synth", () => {
  const problems = (own: OwnInput, extend: (platform: Platform) => void) => {
    const app = Testing.app();
    extend(addPlatform(app, defineEnvironment(withOwn(own))));
    return app.node.validate().filter((problem) => problem.startsWith("CI "));
  };

  it("refuses what no permission is declared for, and says where it stands", () => {
    expect(
      problems({ resources: [uploads] }, ({ django }) => {
        new S3Bucket(django, "uploads", { bucket: "shop-uploads" });
        new SnsTopic(django, "orders", { name: "shop-orders" });
        new DataAwsRoute53Zone(django, "partners", { name: "example.org" });
        // This asks AWS for nothing.
        new DataAwsIamPolicyDocument(django, "nobody", {});
      }),
    ).toEqual([
      expect.stringMatching(
        /^CI may do nothing with aws_sns_topic, and so could not deploy django\/orders: add/,
      ),
      expect.stringMatching(
        /^CI may do nothing with aws_route53_zone, and so could not deploy django\/partners/,
      ),
    ]);
  });

  it("does so in a stack of one's own, where CI deploys it", () => {
    const other = ({ app, environment }: Platform) => {
      new SnsTopic(new EnvironmentStack(app, "other", { environment }), "orders", { name: "shop-orders" });
    };
    expect(problems({}, other)).toEqual([]);
    expect(problems({ stacks: ["other"] }, other)).toEqual([expect.stringContaining("other/orders")]);
  });

  it("finds nothing of that in the platform's own resources", () => {
    expect(problems({}, () => undefined)).toEqual([]);
  });

  it("bounds the roles of own stacks that CI deploys, which it could not make otherwise", () => {
    const app = Testing.app();
    const environment = defineEnvironment(withOwn({ stacks: ["other"] }));
    const role = (stack: string) => {
      const added = new EnvironmentStack(app, stack, { environment });
      new IamRole(added, "reader", { name: "shop-reader", assumeRolePolicy: "{}" });
      return added;
    };
    const [other, byHand] = [role("other"), role("by-hand")];
    app.synth();
    const boundary = (stack: EnvironmentStack) =>
      Object(stack.toTerraform()).resource.aws_iam_role.reader.permissions_boundary;
    expect(boundary(other)).toBe(`arn:aws:iam::${ACCOUNT}:policy/shop-ci-platform-boundary`);
    expect(boundary(byHand)).toBeUndefined();
  });
});

describe("an environment", () => {
  const refused = (resource: object) => {
    try {
      defineEnvironment(withOwn({ resources: [{ ...uploads, ...resource }] }));
    } catch (error) {
      return String(error);
    }
    return "";
  };

  it("changes nothing that it does not name", () => {
    expect(refused({ resources: ["*"] })).toContain(
      'ci.own.resources[0].resources: ["*"]\n    Name the resources: with "*", CI could change those of every other environment',
    );
    expect(refused({ resources: ["*"], write: [] })).toBe("");
  });

  it.each([
    [{ write: ["s3:*"] }, "Write a service and one of its actions, such as s3:PutObject"],
    [{ types: ["s3_bucket"] }, "Write a type of the AWS provider, such as aws_s3_bucket."],
    [{ resources: ["shop-uploads"] }, 'Write an ARN, or "*" where IAM knows no resource.'],
  ])("refuses %j", (resource, message) => {
    expect(refused(resource)).toContain(message);
  });
});
