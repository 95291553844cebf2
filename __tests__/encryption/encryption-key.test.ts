// A key of the environment's own: rotated, hard to lose, and open to CloudWatch Logs only where logs need it.
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { TerraformOutput, Testing } from "cdktf";
import {
  EncryptionKey,
  type EncryptionKeyProps,
  encryptionKeyArn,
  logsStatement,
} from "../../src/encryption/encryption-key";
import { statementsIn } from "../support/policy-document";
import { synthScope } from "../support/synth-scope";

Testing.setupJest();

const PROPS: EncryptionKeyProps = {
  resourceName: "main",
  alias: "alias/shop",
  description: "Data of shop",
};

const synth = (props: Partial<EncryptionKeyProps> = {}) =>
  synthScope((scope) => {
    new EncryptionKey(scope, "key", { ...PROPS, ...props });
  });

const statements = (config: string) => {
  const [key] = Object.values<{ policy: string }>(JSON.parse(config).resource.aws_kms_key);
  return statementsIn(key?.policy);
};

describe("EncryptionKey", () => {
  it("rotates, and can be brought back for 30 days", () => {
    const config = synth();
    expect(config).toHaveResourceWithProperties(KmsKey, {
      description: "Data of shop",
      enable_key_rotation: true,
      deletion_window_in_days: 30,
      tags: { Name: "shop" },
    });
    expect(config).toHaveResourceWithProperties(KmsAlias, {
      name: "alias/shop",
      target_key_id: expect.stringMatching(/^\$\{aws_kms_key\.\w+\.key_id\}$/),
    });
  });

  it("leaves to the account's IAM who may use it", () => {
    expect(statements(synth())).toEqual([
      {
        Sid: "LeaveItToIam",
        Effect: "Allow",
        Principal: { AWS: "arn:aws:iam::${data.aws_caller_identity.current.account_id}:root" },
        Action: "kms:*",
        Resource: "*",
      },
    ]);
  });

  it("lets CloudWatch Logs use it, for this account's log groups in this region", () => {
    const config = synth({ statements: [logsStatement("eu-west-1", "111122223333")] });
    expect(statements(config).slice(1)).toEqual([
      {
        Sid: "CloudWatchLogs",
        Effect: "Allow",
        Principal: { Service: "logs.eu-west-1.amazonaws.com" },
        Action: ["kms:Decrypt*", "kms:Describe*", "kms:Encrypt*", "kms:GenerateDataKey*", "kms:ReEncrypt*"],
        Resource: "*",
        Condition: {
          ArnLike: {
            "kms:EncryptionContext:aws:logs:arn": "arn:aws:logs:eu-west-1:111122223333:log-group:*",
          },
        },
      },
    ]);
  });
});

describe("encryptionKeyArn", () => {
  const given = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-1111-2222-333344445555";

  it.each([
    ["aws-managed", undefined, 0],
    [given, given, 0],
    ["own", "${aws_kms_key.main.arn}", 1],
  ])("with %s gives %p", (key, arn, keys) => {
    const config = JSON.parse(
      synthScope((scope) => {
        new TerraformOutput(scope, "arn", { value: encryptionKeyArn(scope, { key }, PROPS) ?? "none" });
      }),
    );
    expect(config.output.arn.value).toEqual(arn ?? "none");
    expect(Object.keys(config.resource?.aws_kms_key ?? {})).toHaveLength(keys);
  });
});
