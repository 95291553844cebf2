// The part of an environment that describes its repositories of container images.
import { z } from "zod";
import { identifier, section, unique, wholeNumber } from "./fields";

const ACCOUNT = "Write an account's twelve digits as a string.";

export const registrySchema = section({
  /**
   * What the repositories' names begin with: of a platform with several stages, what they have in common, as all of them run the
   * same images. Default: the environment's `name`.
   */
  namespace: z
    .string()
    // `<namespace>/<service>` is the name of a repository, of 256 characters: CreateRepository API reference.
    .max(128, "Use 128 characters at most.")
    .regex(
      /^[a-z0-9]+([._-][a-z0-9]+)*(\/[a-z0-9]+([._-][a-z0-9]+)*)*$/,
      "Use lower-case letters and digits, with single dots, hyphens, underscores or slashes between them.",
    )
    .optional(),
  /** Other AWS accounts that may pull the images: those of the other stages, where each has one of its own. Default: none. */
  pulledBy: z
    .array(z.string(ACCOUNT).regex(/^\d{12}$/, ACCOUNT))
    .min(1)
    .refine(unique, "Name each account once.")
    .optional(),
  /**
   * The services that get a repository, `<namespace>/<service>`. Services that run the same image share one: name the one that
   * it is called after. What a service runs is still its `image`, written with the repository's URL.
   */
  repositories: z
    .array(
      identifier.refine(
        (key) => !key.includes("--"),
        "Rename the service: ECR takes no two hyphens in a row.",
      ),
    )
    .min(1, "Name at least one service.")
    .refine(unique, "Name each service once."),
  /**
   * Images with a tag that are kept, the newest ones; whatever may still run or be rolled back to must be among them. A
   * repository can hold 100,000: "Amazon ECR service quotas".
   */
  keepImages: wholeNumber(1, 100_000, "images").default(50),
  /** Days that an image without a tag is kept: what a failed push leaves behind. */
  untaggedDays: wholeNumber(1, 3650, "days").default(7),
});

export type Registry = z.output<typeof registrySchema>;
