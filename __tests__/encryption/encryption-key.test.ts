// A key of the environment's own: rotated, hard to lose, and open to CloudWatch Logs only where logs need it.
import { DataAwsIamPolicyDocument } from "@cdktf/provider-aws/lib/data-aws-iam-policy-document";
import { KmsAlias } from "@cdktf/provider-aws/lib/kms-alias";
import { KmsKey } from "@cdktf/provider-aws/lib/kms-key";
import { TerraformOutput, Testing } from "cdktf";
import {
  EncryptionKey,
  type EncryptionKeyProps,
  encryptionKeyArn,
} from "../../src/encryption/encryption-key";

Testing.setupJest();

const PROPS: EncryptionKeyProps = {
  alias: "alias/shop",
  description: "Data of shop",
  region: "eu-west-1",
};

const synth = (props: Partial<EncryptionKeyProps> = {}) =>
  Testing.synthScope((scope) => {
    new EncryptionKey(scope, "key", { ...PROPS, ...props });
  });

function statements(config: string): { sid: string }[] {
  const [document] = Object.values<{ statement: { sid: string }[] }>(
    JSON.parse(config).data.aws_iam_policy_document,
  );
  return document?.statement ?? [];
}

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
    const [account] = Object.keys(JSON.parse(synth()).data.aws_caller_identity);
    expect(statements(synth())).toEqual([
      {
        sid: "LeaveItToIam",
        actions: ["kms:*"],
        resources: ["*"],
        principals: [
          {
            type: "AWS",
            identifiers: [`arn:aws:iam::\${data.aws_caller_identity.${account}.account_id}:root`],
          },
        ],
      },
    ]);
  });

  it("lets CloudWatch Logs use it, for this account's log groups in this region", () => {
    const config = synth({ forLogs: true });
    const [account] = Object.keys(JSON.parse(config).data.aws_caller_identity);
    expect(statements(config).slice(1)).toEqual([
      {
        sid: "CloudWatchLogs",
        actions: ["kms:Encrypt*", "kms:Decrypt*", "kms:ReEncrypt*", "kms:GenerateDataKey*", "kms:Describe*"],
        resources: ["*"],
        principals: [{ type: "Service", identifiers: ["logs.eu-west-1.amazonaws.com"] }],
        condition: [
          {
            test: "ArnLike",
            variable: "kms:EncryptionContext:aws:logs:arn",
            values: [`arn:aws:logs:eu-west-1:\${data.aws_caller_identity.${account}.account_id}:log-group:*`],
          },
        ],
      },
    ]);
    expect(config).toHaveDataSource(DataAwsIamPolicyDocument);
  });
});

describe("encryptionKeyArn", () => {
  const given = "arn:aws:kms:eu-west-1:111122223333:key/0a1b2c3d-0000-1111-2222-333344445555";

  it.each([
    ["aws-managed", undefined, 0],
    [given, given, 0],
    ["own", expect.stringMatching(/^\$\{aws_kms_key\.encryption-key_\w+\.arn\}$/), 1],
  ])("with %s gives %p", (key, arn, keys) => {
    const config = JSON.parse(
      Testing.synthScope((scope) => {
        new TerraformOutput(scope, "arn", { value: encryptionKeyArn(scope, { key }, PROPS) ?? "none" });
      }),
    );
    expect(config.output.arn.value).toEqual(arn ?? "none");
    expect(Object.keys(config.resource?.aws_kms_key ?? {})).toHaveLength(keys);
  });
});
