// The part of an environment that says where its outputs can be read, besides Terraform's state.
import { z } from "zod";
import { section } from "./fields";
import { PARAMETER_LEVELS } from "./limits";

/** The environment's name, the output's and a key follow. */
const PREFIX_LEVELS = PARAMETER_LEVELS - 3;

/** A parameter's name is a tag of its own, too, which leaves as much for what follows. */
const PREFIX_LENGTH = 128;

export const outputsSchema = section({
  /**
   * Puts the outputs of the stack `django` into Parameter Store, too, for tools that read no state:
   * `<parameterPrefix>/<name>/<output>`, with `/<key>` behind it where an output has keys.
   */
  parameterPrefix: z
    .string("Write where the parameters are to be, such as /platforms.")
    .max(PREFIX_LENGTH, `Use ${PREFIX_LENGTH} characters at most.`)
    .regex(
      /^(\/[a-zA-Z0-9_.-]+)+$/,
      "Begin with a slash, use letters, digits and _ . - between slashes, and end without one.",
    )
    .regex(
      /^(?!\/?(aws|ssm))/i,
      'Choose another beginning: Parameter Store keeps "aws" and "ssm" for itself, in capitals, too.',
    )
    .refine(
      (prefix) => prefix.split("/").filter(Boolean).length <= PREFIX_LEVELS,
      `Use ${PREFIX_LEVELS} levels at most: Parameter Store has ${PARAMETER_LEVELS}, and three follow.`,
    ),
});

export type Outputs = z.output<typeof outputsSchema>;
