// Whether a service's secrets hold what its tasks will be given.
import type { OwnSecretSource } from "../../schema/service";
import { type Finding, failed, passed } from "./planned-check";

/** What Secrets Manager or Parameter Store says of a secret. */
export type SecretFacts =
  | { readonly state: "absent" | "scheduled-for-deletion" | "empty" }
  /** `value` is `undefined` where it is binary. */
  | { readonly state: "filled"; readonly value: string | undefined };

/** A secret that exists outside of the environment. */
export type OutsideSource = Exclude<OwnSecretSource, { generate: unknown }>;

/** One environment variable, and the secret that it comes from. */
export interface ValueFacts {
  readonly variable: string;
  readonly source: OutsideSource;
  readonly secret: SecretFacts;
}

/** @param region where the secrets are */
export function judgeValues(facts: readonly ValueFacts[], region: string): Finding {
  const problems = facts.flatMap(({ variable, source, secret }) => {
    const problem = problemOf(source, secret, region);
    return problem === undefined ? [] : [`${variable}: ${problem}`];
  });
  return problems.length > 0
    ? failed(problems.join(" "))
    : passed(`${facts.map(({ variable, source }) => `${variable} from ${sourceText(source)}`).join(", ")}.`);
}

function problemOf(source: OutsideSource, secret: SecretFacts, region: string): string | undefined {
  if ("ssmParameter" in source) {
    const { ssmParameter: parameter } = source;
    return secret.state === "filled"
      ? undefined
      : `there is no parameter ${parameter}: create it with "aws ssm put-parameter --region ${region} --name ${parameter} ` +
          '--type SecureString --value file://value.txt".';
  }
  const { secretsManager: name, jsonKey } = source;
  const at = `--region ${region} --secret-id ${name}`;
  switch (secret.state) {
    case "absent":
      return (
        `there is no secret ${name}: create it with "aws secretsmanager create-secret --region ${region} ` +
        `--name ${name} --secret-string file://value.txt".`
      );
    case "scheduled-for-deletion":
      return (
        `the secret ${name} is scheduled for deletion: take it back with ` +
        `"aws secretsmanager restore-secret ${at}".`
      );
    case "empty":
      return (
        `the secret ${name} has no current value: give it one with ` +
        `"aws secretsmanager put-secret-value ${at} --secret-string file://value.txt".`
      );
    case "filled":
      return jsonKey !== undefined && valueIn(source, secret) === undefined
        ? `the secret ${name} holds no JSON object with the key ${jsonKey}: add it, or correct jsonKey.`
        : undefined;
  }
}

/** What the variable will hold; `undefined` where there is nothing, or the secret is binary. */
export function valueIn(source: OutsideSource, secret: SecretFacts): string | undefined {
  const jsonKey = "jsonKey" in source ? source.jsonKey : undefined;
  if (secret.state !== "filled" || jsonKey === undefined || secret.value === undefined) {
    return secret.state === "filled" ? secret.value : undefined;
  }
  try {
    const document: unknown = JSON.parse(secret.value);
    const entry = Object.entries(Object(document)).find(([key]) => key === jsonKey);
    return entry && String(entry[1]);
  } catch {
    return undefined;
  }
}

function sourceText(source: OutsideSource): string {
  if ("ssmParameter" in source) return source.ssmParameter;
  const { secretsManager, jsonKey } = source;
  return jsonKey === undefined ? secretsManager : `${secretsManager}, key ${jsonKey}`;
}
