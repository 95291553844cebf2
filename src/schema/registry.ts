// The part of an environment that describes its repositories of container images.
import { z } from "zod";
import { identifier, section, unique, wholeNumber } from "./fields";

export const registrySchema = section({
  /**
   * The services that get a repository, `<name>/<service>`. Services that run the same image share one: name the one that
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
