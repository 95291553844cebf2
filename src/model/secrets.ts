// Where the secrets of services come from: what each of them says itself, and what several of them share.
import type { OwnSecretSource, SecretSource, Service } from "../schema/service";
import { bindingParts } from "./bindings";

/** The secrets that services share, by key. */
export type SharedSecrets = Readonly<Record<string, OwnSecretSource>>;

/** What of an environment says which secrets there are; in a file that may still be wrong, as much as is known. */
export interface SecretSections {
  readonly services: Readonly<
    Record<
      string,
      { readonly [Field in "secrets" | "imageCredentials" | "bindings"]?: Service[Field] | undefined }
    >
  >;
  readonly sharedSecrets?: SharedSecrets | undefined;
}

/** Where a variable's value comes from in the end; `undefined` where it is to be a shared secret that is not there. */
export function sourceOf(source: SecretSource, shared: SharedSecrets): OwnSecretSource | undefined {
  if (!("shared" in source)) return source;
  return Object.hasOwn(shared, source.shared) ? shared[source.shared] : undefined;
}

/** Every source once for each place where the file says it. */
function sources({ services, sharedSecrets = {} }: SecretSections): OwnSecretSource[] {
  return [
    ...Object.values(services).flatMap(({ secrets = {} }) =>
      Object.values(secrets).flatMap((source) => ("shared" in source ? [] : [source])),
    ),
    ...Object.values(sharedSecrets),
  ];
}

/** The secrets of Secrets Manager, by name or ARN and once each, that services are given and that exist before the platform does. */
export function existingSecrets(sections: SecretSections): string[] {
  const existing = [
    ...sources(sections).flatMap((source) => ("secretsManager" in source ? [source.secretsManager] : [])),
    ...Object.values(sections.services).flatMap(({ imageCredentials }) =>
      imageCredentials ? [imageCredentials.secretsManager] : [],
    ),
  ];
  return [...new Set(existing)];
}

/** The parameters of Parameter Store, by name or ARN and once each, that services are given. */
export function existingParameters(sections: SecretSections): string[] {
  return [
    ...new Set(
      sources(sections).flatMap((source) => ("ssmParameter" in source ? [source.ssmParameter] : [])),
    ),
  ];
}

/** Whether services read secrets of Secrets Manager. */
export function hasSecrets(sections: SecretSections): boolean {
  return (
    sources(sections).some((source) => !("ssmParameter" in source)) || existingSecrets(sections).length > 0
  );
}

/** The shared secrets, by key and once each, that a service is told the ARN of: its own code reads them. */
export function readSharedSecrets({
  bindings = {},
}: {
  readonly bindings?: Service["bindings"] | undefined;
}): string[] {
  const keys = Object.values(bindings)
    .map(bindingParts)
    .flatMap((parts) => (parts.source === "secrets" ? [parts.key] : []));
  return [...new Set(keys)];
}
