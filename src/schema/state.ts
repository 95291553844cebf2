// The part of an environment that says where Terraform keeps its state.
import { z } from "zod";
import { bucketNameText } from "./buckets";
import { regionName, section } from "./fields";

/** A key's ID, a multi-Region key's ID, an alias, or an ARN of these: KMS Developer Guide, "Key identifiers". */
const KMS_KEY =
  /^((arn:aws:kms:[a-z0-9-]+:\d{12}:key\/)?([a-f0-9]{8}(-[a-f0-9]{4}){3}-[a-f0-9]{12}|mrk-[a-f0-9]{32})|(arn:aws:kms:[a-z0-9-]+:\d{12}:)?alias\/[\w/-]+)$/;

/** State in S3. */
const s3Schema = section({
  /** An object in S3: encrypted, and locked by a lock file beside it. */
  backend: z.literal("s3"),
  /** The bucket's name; S3 has each name once in the world. */
  bucket: bucketNameText,
  /** The bucket's region. */
  region: regionName,
  /**
   * Adds a stack `state-backend` that makes the bucket, and `<bucket>-logs` for its access logs. Its own state is a local
   * file. Deploy it first, once.
   */
  createBucket: z.boolean().default(false),
  /**
   * Whether the bucket that `createBucket` makes is refused to be destroyed. Without, destroying `state-backend` deletes
   * every state in it, old versions too.
   */
  protectBucket: z.boolean().default(true),
  /**
   * What the objects' keys begin with: `<keyPrefix>/<name>/<stack>.tfstate`, so that environments which share a
   * prefix share no state. Default: nothing, `<name>/<stack>.tfstate`.
   */
  keyPrefix: z
    .string()
    .regex(/^[\w.-]+(\/[\w.-]+)*$/, "Write a prefix without a slash at either end.")
    .optional(),
  /** A KMS key to encrypt with, for the bucket that `createBucket` makes too. Default: the bucket's own encryption. */
  kmsKeyId: z
    .string()
    .regex(KMS_KEY, "Write a KMS key's ID or ARN, or an alias such as alias/terraform-state.")
    .optional(),
});

export const stateSchema = z.discriminatedUnion("backend", [
  section({
    /** A file beside the project, one for each environment and stack. */
    backend: z.literal("local"),
  }),
  s3Schema,
  section({
    /** No backend block at all: for Terragrunt, and others who bring their own. */
    backend: z.literal("none"),
  }),
]);

export type State = z.output<typeof stateSchema>;

/** State in S3. */
export type S3State = z.output<typeof s3Schema>;
