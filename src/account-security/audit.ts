// The account's record of itself: CloudTrail, AWS Config, and the one bucket that both write to.

import type { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { EncryptionKey } from "../encryption/encryption-key";
import { trailName } from "../model/names/buckets";
import { keyAlias } from "../model/names/keys";
import type { AccountSecurity } from "../schema/account-security";
import { accountIdOf } from "../terraform/account";
import { AuditBucket } from "./audit-bucket";
import { ConfigRecorder, configWriter } from "./config-recorder";
import { Trail, trailArn, trailKeyStatements, trailWriter } from "./trail";

export interface AuditProps {
  /** Base of names: see `model/names/buckets`; the recorder is called like it. */
  readonly base: string;
  /** The AWS region, such as `us-east-1`. */
  readonly region: string;
  /** Which of the two, and how long their files are kept. */
  readonly settings: Pick<AccountSecurity, "cloudTrail" | "configRecorder" | "logRetentionDays">;
  /** Whether destroying the bucket fails while there are files in it. */
  readonly deletionProtection: boolean | IResolvable;
}

/** CloudTrail, AWS Config or both. */
export class Audit extends Construct {
  /** The bucket that both write to. */
  readonly bucketName: string;
  readonly trailArn: string | undefined;
  /** The key that the trail's files are encrypted with. */
  readonly trailKeyArn: string | undefined;

  constructor(scope: Construct, id: string, { base, region, settings, deletionProtection }: AuditProps) {
    super(scope, id);
    const { cloudTrail, configRecorder, logRetentionDays } = settings;
    const accountId = accountIdOf(this);
    const name = trailName(base);
    const arn = trailArn(region, accountId, name);
    const key =
      cloudTrail &&
      (cloudTrail.kmsKeyArn ??
        new EncryptionKey(this, "trail-key", {
          resourceName: "trail",
          alias: keyAlias(name),
          description: `Encrypts the files of the trail ${name}`,
          accountSid: "Administer",
          statements: trailKeyStatements(arn),
        }));
    const bucket = new AuditBucket(this, "bucket", {
      base,
      accountId,
      writers: [
        ...(cloudTrail ? [trailWriter(arn)] : []),
        ...(configRecorder ? [configWriter(accountId)] : []),
      ],
      retentionDays: logRetentionDays,
      deletionProtection,
      // Where files keep the bucket from being deleted, a destroy ends before the key that they are encrypted with.
      dependsOn: key instanceof EncryptionKey ? [key.key] : undefined,
    });
    const { bucketName } = bucket;
    this.bucketName = bucketName;
    if (key) {
      const kmsKeyArn = key instanceof EncryptionKey ? key.arn : key;
      this.trailKeyArn = kmsKeyArn;
      this.trailArn = new Trail(this, "trail", { name, bucketName, kmsKeyArn }).arn;
    }
    if (configRecorder) {
      new ConfigRecorder(this, "config-recorder", { name: base, bucketName });
    }
  }
}
