// The part of an environment that says which key its data at rest is encrypted with.
import { z } from "zod";
import { section } from "./fields";

const KEY_ARN = /^arn:aws:kms:([a-z0-9-]+):(\d{12}):key\/[a-zA-Z0-9-]+$/;

const CHOICE = 'Choose "aws-managed" or "own", or write the ARN of a KMS key.';

export const encryptionSchema = section({
  /**
   * AWS's own keys; a key of the environment's own, made here and rotated every year; or the ARN of a key that is
   * there, in the environment's region and with a policy that lets CloudWatch Logs use it. Choose before the first
   * deployment: a database, a cache and its backups cannot change their key, they would be replaced.
   */
  key: z
    .union([z.literal(["aws-managed", "own"]), z.string().regex(KEY_ARN, CHOICE)], CHOICE)
    .default("aws-managed"),
});

export type Encryption = z.output<typeof encryptionSchema>;

/** The ARN of the key that an environment brings, and what stands in it; `undefined` where it brings none. */
export function givenKey({
  key,
}: Encryption): { readonly arn: string; readonly region: string; readonly account: string } | undefined {
  const [arn, region, account] = KEY_ARN.exec(key) ?? [];
  return arn && region && account ? { arn, region, account } : undefined;
}
