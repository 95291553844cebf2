// The part of an environment that lets a pipeline deploy it without keys that could leak: who may, from where.
import { z } from "zod";
import { section, unique } from "./fields";
import { ownSchema } from "./own-resources";

/** What GitHub allows in the name of an owner or a repository, and the number that newer tokens add to each. */
const REPOSITORY = /^[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?(?:\/[\w.-]+|@\d+\/[\w.-]+@\d+)$/;

const deployFrom = z.union(
  [
    section({
      /** Jobs that GitHub lets into this environment of the repository, after its reviewers have agreed. */
      environment: z.string().regex(/^[\w.-]+$/, "Write one name, of letters, digits and . _ -."),
    }),
    section({
      /** Jobs that run on this branch, whoever has started them. */
      branch: z.string().regex(/^[\w.-]+(\/[\w.-]+)*$/, "Write one branch, without wildcards."),
    }),
  ],
  'Write { environment: "production" } or { branch: "main" }.',
);

export const ciSchema = section({
  /** The repository on GitHub whose jobs may become the roles. */
  github: section({
    /**
     * The repository, as its tokens name it: `owner/name`, or `owner@<number>/name@<number>` where GitHub adds the two
     * IDs, as it does for repositories made since the middle of 2026. docs/ci.md says how to find out.
     */
    repository: z
      .string()
      .regex(
        REPOSITORY,
        "Write owner/name, or owner@123/name@456 if the repository's tokens hold both numbers.",
      ),
    /** Which jobs may deploy. Default: those of the GitHub environment that has the name of this environment. */
    deployFrom: deployFrom.optional(),
    /** Which jobs may plan: those of pull requests, those on any branch, or both. */
    planFrom: z
      .array(z.enum(["pull-requests", "branches"]))
      .min(1, 'Choose "pull-requests", "branches" or both.')
      .refine(unique, "Name each once.")
      .default(["pull-requests", "branches"]),
  }),
  /**
   * Whether to make the OIDC provider of GitHub. An account has one: `false` where it is there already, to look it up.
   */
  createProvider: z.boolean().default(true),
  /** What resources of your own need, besides the platform's. Default: there are none. */
  own: ownSchema.prefault({}),
});

export type Ci = z.output<typeof ciSchema>;
