// The item on Django's SECRET_KEY and the former one, which is as good a key: their length is known where Terraform generates
// them.
import { HANDOVER } from "../../model/handover";
import { finding, type SynthesizedPlatform } from "../../policies/policy";
import type { Resource } from "../../policies/reading/resources";
import { asNumber, asText, entries, isObject } from "../../reachability/terraform-config";
import { notMet, place, unique } from "../answers";
import { containerVariables } from "../containers";
import type { Answer, Item } from "../item";

/** Django's deployment checklist warns below it: security.W009, "System check framework". */
const SHORTEST_SECRET_KEY = 50;

const SECRET_KEYS = ["SECRET_KEY", "DJANGO_SECRET_KEY", HANDOVER.secretKeyFallbacks];

export const secretKey: Item = {
  id: "secret-key",
  title: `SECRET_KEY is random, ${SHORTEST_SECRET_KEY} characters long or more, and in Secrets Manager`,
  group: "required",
  why: "Whoever knows or guesses it signs sessions and password resets of anybody.",
  answer: (platform) => {
    const { containers } = containerVariables(platform);
    const keys = SECRET_KEYS.flatMap((name) =>
      containers.flatMap(({ definition, plain, secrets }) => [
        ...(plain.has(name) ? [{ name, definition, length: 0, secret: undefined }] : []),
        ...(secrets.has(name)
          ? [{ name, definition, ...generated(platform, definition, secrets.get(name)) }]
          : []),
      ]),
    );
    return secretKeyAnswer(keys);
  },
};

interface Key {
  /** The variable. */
  readonly name: string;
  readonly definition: Resource;
  /** Characters; `undefined` where Terraform does not make it, 0 where it is no secret. */
  readonly length: number | undefined;
  readonly secret: Resource | undefined;
}

function secretKeyAnswer(keys: readonly Key[]): Answer {
  const findings = keys.flatMap(({ name, definition, length, secret }) => {
    if (length === undefined || length >= SHORTEST_SECRET_KEY) {
      return [];
    }
    return secret
      ? finding(secret, `Its generated value has ${length} characters`)
      : finding(definition, `Its ${name} is a plain variable`);
  });
  if (findings.length > 0) {
    const remedy = "Leave SECRET_KEY to the platform: it generates one for services with django.";
    return notMet(findings, remedy);
  }
  const unknown = keys.filter(({ length }) => length === undefined);
  if (unknown.length > 0 || keys.length === 0) {
    return {
      state: "confirm",
      where: unique(unknown.map(({ definition }) => place(definition))),
      detail:
        keys.length > 0
          ? "SECRET_KEY comes from a secret whose value Terraform does not make: confirm that it is random and long."
          : "No container gets a SECRET_KEY: confirm that none of them is Django, or where it has its key from.",
    };
  }
  return {
    state: "met",
    where: unique(keys.flatMap(({ secret }) => (secret ? place(secret) : []))),
    detail: `Terraform generates it with ${Math.min(...keys.map(({ length = 0 }) => length))} characters.`,
  };
}

/** The length of what Terraform writes into a secret, and the secret. */
function generated(
  { configs, resources }: SynthesizedPlatform,
  from: Resource,
  valueFrom: string | undefined,
): Pick<Key, "length" | "secret"> {
  const version = resources.referredTo(from, valueFrom);
  const source = asText(version?.body.secret_string_wo) ?? "";
  const [, type, name] = /\bephemeral\.(\w+)\.([\w-]+)\./.exec(source) ?? [];
  const made = entries(configs[from.stack]?.ephemeral).find(([each]) => each === type)?.[1];
  const value = entries(made).find(([each]) => each === name)?.[1];
  const length = isObject(value) ? asNumber(value.password_length) : undefined;
  const secret =
    version && resources.find(version, version.body.secret_id, "aws_secretsmanager_secret", "name");
  return length !== undefined && secret ? { length, secret } : { length: undefined, secret: undefined };
}
