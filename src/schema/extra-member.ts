// The part of an environment that adds members of a team's own: whatever else of theirs has a security group.
import { z } from "zod";
import { section } from "./fields";
import { RULE_DESCRIPTION_PATTERN } from "./limits";

/** The kinds of subnets that a member can be in. */
const TIERS = ["public", "private", "data"] as const;

export const extraMemberSchema = section({
  /** What people call it. Default: its key, with a capital first letter. */
  label: z
    .string()
    .min(1, "Give it a name, or leave it out.")
    .regex(
      RULE_DESCRIPTION_PATTERN,
      "Use letters, digits, spaces and . _ - : / ( ) # , @ [ ] + = & ; { } ! $ *",
    )
    .optional(),
  /** The subnets that it is in: reached from the Internet, reaching it through NAT, or cut off from it. */
  tier: z.enum(TIERS),
  /** Whether it keeps data, and so is opened to no block of public addresses. Default: where its tier is `data`. */
  holdsData: z.boolean().optional(),
});

export type ExtraMember = z.output<typeof extraMemberSchema>;
