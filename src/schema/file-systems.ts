// The part of an environment that describes shared files: file systems on EFS, and where a service finds one.
import { z } from "zod";
import { flowReason } from "./connection";
import { identifier, ruleDescription, section, unique, units, wholeNumber } from "./fields";

/** PutLifecycleConfiguration API reference, "TransitionToIA". */
const DAYS_TO_INFREQUENT_ACCESS = [1, 7, 14, 30, 60, 90, 180, 270, 365] as const;

/** CreateAccessPoint API reference, "PosixUser": 32 bits; 0 is root, whom nothing in the container should be. */
const posixId = wholeNumber(1, 4_294_967_295, "number");

export const fileSystemSchema = section({
  /** What rules and tables call it. Default: its key with a capital first letter. */
  label: z
    .string()
    .max(64, "Use 64 characters at most.")
    .regex(/^[A-Za-z0-9][A-Za-z0-9 _-]*$/, "Use letters, digits, spaces, - and _.")
    .optional(),
  /**
   * Whom all files belong to, whoever the container's process is. Choose before the first deployment: EFS leaves the files that
   * are there to their former owner, and the new one could not write beside them.
   */
  owner: section({
    /** The user's number; never 0, root. */
    uid: posixId.default(1000),
    /** The group's number; never 0. */
    gid: posixId.default(1000),
  }).prefault({}),
  /**
   * What its throughput goes by: "elastic" costs by what is read and written; "bursting" goes by its size and costs nothing more,
   * and is slow once its credits are used up.
   */
  throughput: z.enum(["elastic", "bursting"]).default("elastic"),
  /**
   * Days after which a file that nobody opens moves to infrequent access, where keeping it is cheaper and reading it costs; the
   * first read brings it back. `false` for never.
   */
  infrequentAccessAfterDays: z
    .union(
      [z.literal(false), z.literal([...DAYS_TO_INFREQUENT_ACCESS])],
      `Choose days that EFS has, or false: ${DAYS_TO_INFREQUENT_ACCESS.join(", ")}.`,
    )
    .register(units, { unit: "days" })
    .default(30),
  /**
   * Whether AWS Backup keeps copies: by the environment's `backup` where there is one, or else every day, for 35 days, in the
   * account's vault for file systems.
   */
  backup: z.boolean().default(true),
});

export type FileSystem = z.output<typeof fileSystemSchema>;

const MOUNT_PATH =
  'Write the path of a folder of its own, such as "/app/media": names with one / before each.';

const mount = section({
  /** The key of the file system. */
  fileSystem: identifier,
  /** The folder at which the container finds the files. What the image has there is hidden. */
  path: z.string(MOUNT_PATH).regex(/^(\/(?!\.{1,2}(\/|$))[A-Za-z0-9._-]+)+$/, MOUNT_PATH),
  /** Whether the container may only read. */
  readOnly: z.boolean().default(false),
  /** The rule's description. Default: the two ends, such as "Media from Web", and the reason where there is one. */
  description: ruleDescription.optional(),
  /** Why the service needs the files, such as "Uploads of users". Default: nothing. */
  reason: flowReason.optional(),
});

/** Where a container finds shared files; several services, and several containers of one, may share a file system. */
export const mounts = z
  .array(mount)
  .refine((all) => unique(all.map(({ path }) => path)), "Use each path once.")
  .default([]);

/** Where a container finds a file system. */
export type Mount = z.output<typeof mount>;
