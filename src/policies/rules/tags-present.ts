// The policy `tags-present`: everything carries the tags Environment and ManagedBy.
import { asText, isObject, type JsonObject } from "../../reachability/terraform-config";
import type { Policy } from "../policy";
import { nested } from "../reading/values";

const TAGS = ["Environment", "ManagedBy"];

const tagsPresent: Policy = {
  id: "tags-present",
  severity: "low",
  rule: "Everything carries the tags Environment and ManagedBy.",
  reason: "Costs, alarms and clean-ups go by tags; what has none belongs to nobody.",
  remedy: "Set both as default_tags of the provider, or on the resource.",
  *check({ configs, resources }) {
    for (const [stack, config] of Object.entries(configs)) {
      const managed = resources.all.filter(
        (each) => each.stack === stack && each.mode === "resource" && each.type.startsWith("aws_"),
      );
      const providers = nested(config.provider, "aws");
      if (providers.length === 0) {
        // A child module cannot count on its caller's default tags. Which types take tags, the configuration does not say: all of
        // this project's that do, have some.
        for (const { address, body } of managed) {
          const missing = TAGS.filter((tag) => !tagKeys(body).includes(tag));
          if (body.tags !== undefined && missing.length > 0) {
            yield { stack, address, problem: `It lacks the tag ${missing.join(" and ")}` };
          }
        }
      }
      for (const provider of providers) {
        const alias = asText(provider.alias);
        const address = alias === undefined ? "provider.aws" : `provider.aws.${alias}`;
        const given = nested(provider, "default_tags").flatMap(tagKeys);
        const missing = TAGS.filter((tag) => !given.includes(tag));
        const untagged = managed.filter(
          ({ body }) =>
            providerOf(body) === (alias ?? "") && missing.some((tag) => !tagKeys(body).includes(tag)),
        );
        const [first] = untagged;
        if (first) {
          const more = untagged.length > 1 ? ` and ${untagged.length - 1} more` : "";
          yield {
            stack,
            address,
            problem: `It gives no default tag ${missing.join(" or ")}, and ${first.address}${more} lacks it`,
          };
        }
      }
    }
  },
};

export default tagsPresent;

function tagKeys({ tags }: JsonObject): string[] {
  return isObject(tags) ? Object.keys(tags).filter((key) => tags[key] !== "") : [];
}

/** The alias of a resource's provider; empty for the default one. */
function providerOf({ provider }: JsonObject): string {
  return /^(?:\$\{)?aws\.(\w+)\}?$/.exec(asText(provider) ?? "")?.[1] ?? "";
}
