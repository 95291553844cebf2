// The policy `no-hardcoded-secrets`: nothing in the output looks like a key, a token or a password.
import { entries, type Json, type JsonObject } from "../../reachability/terraform-config";
import type { Policy } from "../policy";
import { secretIn } from "../reading/secrets";

const noHardcodedSecrets: Policy = {
  id: "no-hardcoded-secrets",
  severity: "critical",
  rule: "Nothing in the output looks like a key, a token or a password.",
  reason:
    "The output is code: it is committed, reviewed and copied, and a secret in it is known to everyone who sees any of that.",
  remedy: "Replace the secret, since it is known now, and read it from Secrets Manager.",
  *check({ configs }) {
    for (const [stack, config] of Object.entries(configs)) {
      // In most stacks there is nothing, which is told quickest of all their text at once.
      for (const [address, value] of secretIn(text(config)) === undefined ? [] : parts(config)) {
        const what = secretIn(text(value));
        if (what !== undefined) {
          yield { stack, address, problem: `It holds what looks like ${what}` };
        }
      }
    }
  },
};

export default noHardcodedSecrets;

/** The sections whose parts have a type and a name, by what their addresses begin with. */
const TYPED: Readonly<Record<string, string>> = { data: "data.", ephemeral: "ephemeral.", resource: "" };

/** Everything in a configuration, by its address. */
function parts(config: JsonObject): [address: string, value: Json][] {
  return Object.entries(config).flatMap(([section, content]) => {
    const prefix = TYPED[section];
    return entries(content).flatMap(([name, part]): [string, Json][] =>
      prefix === undefined
        ? [[`${section}.${name}`, part]]
        : entries(part).map(([own, body]) => [`${prefix}${name}.${own}`, body]),
    );
  });
}

/** All texts of a value, a line each. */
function text(value: Json): string {
  if (typeof value === "string") {
    return `${value}\n`;
  }
  return typeof value === "object" && value !== null ? Object.values(value).map(text).join("") : "";
}
