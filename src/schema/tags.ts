// The tags of an environment, in what the narrowest of the services takes that get them.
import { z } from "zod";

/** Tags of one resource: "Tag naming limits and requirements", Tagging AWS Resources user guide. */
const MOST_TAGS = 50;

/** What every resource has besides: the platform's own keys, by which it finds its resources. */
const OWN_KEYS: readonly string[] = ["Environment", "ManagedBy", "Name"];

/**
 * Letters and digits of any language, spaces and a few signs: `TagKey` and `TagValue` of ACM, ECS, Elastic Load Balancing,
 * IAM, CloudWatch Logs and WAF. EC2 takes any character, so that a tag of others would fail halfway through a deployment.
 */
const CHARACTERS = /^[\p{L}\p{N} _.:/=+\-@]*$/u;
const WHICH =
  "Use letters, digits, spaces and _ . : / = + - @ alone: ACM, ECS, IAM and others take nothing else in a tag.";

/** "The string can't be prefixed with aws: or rds:": RDS API reference, Tag; of values as well. */
const RESERVED = /^(?!(aws|rds):)/i;

const key = z
  .string()
  .min(1, "Give it a name.")
  .max(128, "Use 128 characters at most.")
  .regex(RESERVED, 'AWS keeps names that begin with "aws:" or "rds:" for itself.')
  .regex(CHARACTERS, WHICH);

const value = z
  .string()
  .max(256, "Use 256 characters at most.")
  .regex(RESERVED, 'AWS keeps values that begin with "aws:" or "rds:" for itself.')
  .regex(CHARACTERS, WHICH);

export const tagsSchema = z.record(key, value).superRefine((tags, context) => {
  const keys = [...OWN_KEYS, ...Object.keys(tags).filter((name) => !OWN_KEYS.includes(name))];
  if (keys.length > MOST_TAGS) {
    const message = `Use ${MOST_TAGS - OWN_KEYS.length} tags at most: a resource takes ${MOST_TAGS}, and has ${OWN_KEYS.join(", ")} besides.`;
    context.addIssue({ code: "custom", message, input: tags });
  }
  for (const [index, name] of keys.entries()) {
    const same = keys.slice(0, index).find((other) => other.toLowerCase() === name.toLowerCase());
    if (same !== undefined) {
      const whose = OWN_KEYS.includes(same) ? ", which every resource has," : "";
      const message = `Choose another name, or write "${same}": it differs from that${whose} by capitals alone, and IAM takes just one of them.`;
      context.addIssue({ code: "custom", path: [name], message, input: tags[name] });
    }
  }
});
