// The part of `ci` that says what resources of your own need of a pipeline's roles: docs/extending.md.
import { z } from "zod";
import { identifier, section, unique } from "./fields";
import { action, arnOrAll } from "./permissions";

/** Who acts on too much is stopped here: what looks may look anywhere, what changes something may not. */
const NOT_ALL =
  'Name the resources: with "*", CI could change those of every other environment in the account.';

const ownResourcesSchema = section({
  /** The types of resources and data sources in Terraform that this is for, such as `aws_s3_bucket`. */
  types: z
    .array(z.string().regex(/^aws_[a-z0-9_]+$/, "Write a type of the AWS provider, such as aws_s3_bucket."))
    .min(1, "Name at least one type.")
    .refine(unique, "Name each type once."),
  /** The actions that look, which both of CI's roles may do. */
  read: z.array(action).default([]),
  /** The actions that make, change and delete, which only the role that deploys may do. */
  write: z.array(action).default([]),
  /** What the actions are for: ARNs, with `*` for what only AWS knows. */
  resources: z.array(arnOrAll).min(1, "Name at least one resource."),
}).refine(({ write, resources }) => write.length === 0 || !resources.includes("*"), {
  path: ["resources"],
  message: NOT_ALL,
});

export const ownSchema = section({
  /** Stacks of your own that CI deploys, by their ids; the others are deployed by hand. */
  stacks: z.array(identifier).refine(unique, "Name each stack once.").default([]),
  /**
   * What CI may do for resources of your own. A synth fails where it finds one whose type stands in none of these, in
   * the stacks that CI deploys.
   */
  resources: z.array(ownResourcesSchema).default([]),
  /**
   * What the platform's roles may do beyond what the platform itself needs: their boundary lets it through. A policy of
   * your own on one of the roles has to allow it.
   */
  roles: z
    .array(
      section({
        /** Actions with their service, such as `s3:GetObject`. */
        actions: z.array(action).min(1, "Name at least one action."),
        /** What the actions are for: ARNs. */
        resources: z.array(arnOrAll).min(1, "Name at least one resource."),
      }),
    )
    .default([]),
});

/** What resources of your own need of CI's roles, and of the boundary of the platform's. */
export type Own = z.output<typeof ownSchema>;
