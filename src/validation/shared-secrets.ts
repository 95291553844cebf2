// Secrets that services share: each is there for whoever takes it, and taken by somebody.
import { containersOf } from "../model/containers";
import { readSharedSecrets, type SharedSecrets } from "../model/secrets";
import type { Problem } from "../schema/problem";
import { type Check, problem, type Sections } from "./check";
import { unknownName } from "./spelling";

export const checkSharedSecrets: Check = (sections) => {
  const { sharedSecrets } = sections;
  // What is refused in it already may be just what somebody takes.
  return sharedSecrets === undefined
    ? []
    : [...unknown(sections, sharedSecrets), ...unused(sections, sharedSecrets)];
};

function unknown({ services }: Sections, shared: SharedSecrets): Problem[] {
  return containers(services).flatMap(({ path, said: { secrets = {} } }) =>
    Object.entries(secrets).flatMap(([variable, source]) =>
      "shared" in source && !Object.hasOwn(shared, source.shared)
        ? [
            problem(
              `${path}.secrets.${variable}.shared`,
              source.shared,
              unknownSharedSecret(source.shared, shared),
            ),
          ]
        : [],
    ),
  );
}

function unused({ services, serviceKeys }: Sections, shared: SharedSecrets): Problem[] {
  const known = Object.values(services);
  // Somebody of whom not all is known may be the one.
  if (known.length < serviceKeys.length || known.some(({ secrets, bindings }) => !secrets || !bindings))
    return [];
  const used = new Set(
    containers(services).flatMap(({ said: { secrets = {}, bindings } }) => [
      ...Object.values(secrets).flatMap((source) => ("shared" in source ? [source.shared] : [])),
      ...readSharedSecrets({ bindings }),
    ]),
  );
  return Object.keys(shared)
    .filter((key) => !used.has(key))
    .map((key) =>
      problem(
        `sharedSecrets.${key}`,
        shared[key],
        `No service has it: give it to one by secrets: { VARIABLE: { shared: "${key}" } }, or remove it.`,
      ),
    );
}

function containers(services: Sections["services"]) {
  return Object.entries(services).flatMap(([key, service]) => containersOf(key, service));
}

/** What to say of a shared secret that is not there. */
export function unknownSharedSecret(key: string, shared: SharedSecrets): string {
  const known = Object.keys(shared);
  return unknownName(
    "shared secret",
    key,
    known,
    `Add it to "sharedSecrets", or name one that is there: ${known.join(", ") || "none"}.`,
  );
}
