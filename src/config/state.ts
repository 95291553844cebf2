// The part of an environment that says where Terraform keeps its state.
import { z } from "zod";
import { section } from "./fields";

export const stateSchema = z.discriminatedUnion("backend", [
  section({
    /** A file beside the project, one for each environment and stack. */
    backend: z.literal("local"),
  }),
  section({
    /** An object in S3: encrypted, and locked by a lock file beside it. */
    backend: z.literal("s3"),
    bucket: z
      .string()
      .regex(
        /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
        "Write an S3 bucket's name: 3 to 63 lower-case characters.",
      ),
    region: z.string().min(1),
    /**
     * Adds a stack `state-bucket` that makes the bucket: encrypted, versioned, private. Its own state is a local file.
     * Deploy it first, once.
     */
    createBucket: z.boolean().default(false),
    /**
     * What the objects' keys begin with: `<keyPrefix>/<name>/<stack>.tfstate`, so that environments which share a
     * prefix share no state. Default: nothing, `<name>/<stack>.tfstate`.
     */
    keyPrefix: z
      .string()
      .regex(/^[\w.-]+(\/[\w.-]+)*$/, "Write a prefix without a slash at either end.")
      .optional(),
    /** A KMS key to encrypt with. Default: the bucket's own encryption. */
    kmsKeyId: z.string().min(1).optional(),
  }),
  section({
    /** No backend block at all: for Terragrunt, and others who bring their own. */
    backend: z.literal("none"),
  }),
]);

export type State = z.output<typeof stateSchema>;
