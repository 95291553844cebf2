// The part of an environment that says which key its data at rest is encrypted with.
import { z } from "zod";
import { KMS_KEY_ARN, section } from "./fields";

const CHOICE = 'Choose "aws-managed" or "own", or write the ARN of a KMS key.';

export const encryptionSchema = section({
  /**
   * AWS's own keys; a key of the environment's own, made here and rotated every year; or the ARN of a key that is
   * there, in the environment's region and with a policy that lets CloudWatch Logs use it. Choose before the first
   * deployment: a database, a cache and its backups cannot change their key, they would be replaced.
   */
  key: z
    .union([z.literal(["aws-managed", "own"]), z.string().regex(KMS_KEY_ARN, CHOICE)], CHOICE)
    .default("aws-managed"),
});

export type Encryption = z.output<typeof encryptionSchema>;

/** The ARN of the key that an environment brings; `undefined` where it brings none. */
export function givenKeyArn({ key }: Encryption): string | undefined {
  return KMS_KEY_ARN.test(key) ? key : undefined;
}
