// The part of an environment that lets a pipeline deploy it without keys that could leak: who may, from where.
import { z } from "zod";
import { section, unique } from "./fields";

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
});

export type Ci = z.output<typeof ciSchema>;

/** The subjects of GitHub's tokens that a role trusts; `*` stands for any text. */
export interface GithubSubjects {
  readonly plan: readonly string[];
  readonly deploy: readonly string[];
}

/**
 * What GitHub writes into a token as its subject: "OpenID Connect reference", GitHub docs. A job that names a GitHub
 * environment has that in its subject, and neither its branch nor its pull request.
 *
 * @param name the environment's name
 */
export function githubSubjects({ github }: Ci, name: string): GithubSubjects {
  const { repository, planFrom, deployFrom = { environment: name } } = github;
  const subject = (rest: string) => `repo:${repository}:${rest}`;
  const plan = { "pull-requests": "pull_request", branches: "ref:refs/heads/*" };
  return {
    plan: planFrom.map((source) => subject(plan[source])),
    deploy: [
      subject(
        "branch" in deployFrom
          ? `ref:refs/heads/${deployFrom.branch}`
          : `environment:${deployFrom.environment}`,
      ),
    ],
  };
}

/** The names of what the stack `ci-access` makes. */
export interface CiNames {
  /** The role that looks, and never changes anything. */
  readonly planRole: string;
  /** The role that deploys. */
  readonly deployRole: string;
  /** What the names of the policies begin with that both roles have. */
  readonly readPolicies: string;
  /** What the names of the deploy role's own policies begin with. */
  readonly deployPolicies: string;
  /** What the deploy role can have at most. */
  readonly deployBoundary: string;
  /** What the roles that it makes for the platform can have at most. */
  readonly platformBoundary: string;
}

/** @param base the environment's name */
export function ciNames(base: string): CiNames {
  return {
    planRole: `${base}-ci-plan`,
    deployRole: `${base}-ci-deploy`,
    readPolicies: `${base}-ci-read`,
    deployPolicies: `${base}-ci-deploy`,
    deployBoundary: `${base}-ci-deploy-boundary`,
    platformBoundary: `${base}-ci-platform-boundary`,
  };
}
