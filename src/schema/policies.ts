// The part of an environment that accepts what a policy would refuse, with the reason why.
import { z } from "zod";
import { section } from "./fields";

/** Fewest words of a reason: one word explains nothing to whoever reads it on the next synth. */
const REASON_WORDS = 3;

/** Why something is acceptable: printed, or shown to whoever reads the file. */
export const reason = z
  .string()
  .refine(
    (text) => (text.match(/\S+/g) ?? []).length >= REASON_WORDS,
    `Say why this is acceptable here, in ${REASON_WORDS} words or more.`,
  );

const suppressionSchema = section({
  /** The policy's ID, such as "http-redirects"; docs/policies.md lists them. */
  policy: z.string().regex(/^[a-z][a-z0-9-]*$/, 'Write a policy\'s ID, such as "http-redirects".'),
  /**
   * The address that the finding names, such as `aws_lb_listener.web`, with its stack (`django/aws_lb_listener.web`) or
   * without; a `*` at the end stands for anything. Default: every address.
   */
  resource: z
    .string()
    .regex(
      /^[\w./-]+\*?$/,
      "Write the address that the finding names, such as aws_lb_listener.web; * only at its end.",
    )
    .optional(),
  /** Why this is acceptable here; printed on every synth. */
  reason,
});

export const policiesSchema = section({
  /** Findings that are accepted. One that is no longer there fails the synth, as the finding itself would. */
  suppress: z.array(suppressionSchema).default([]),
});

export type Suppression = z.output<typeof suppressionSchema>;
