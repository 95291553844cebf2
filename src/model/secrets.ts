// Where the secrets of services come from: what each of them says itself, and what several of them share.
import type { OwnSecretSource, SecretSource, Service } from "../schema/service";
import { bindingParts } from "./bindings";

/** The secrets that services share, by key. */
export type SharedSecrets = Readonly<Record<string, OwnSecretSource>>;

/** What of a container says which secrets it takes. */
export type SecretUser = {
  readonly [Field in "secrets" | "imageCredentials" | "bindings"]?: Service[Field] | undefined;
};

/** What of a service says which secrets its containers take. */
export interface SecretUsers extends SecretUser {
  readonly sidecars?: Readonly<Record<string, SecretUser>> | undefined;
}

/** What of an environment says which secrets there are; in a file that may still be wrong, as much as is known. */
export interface SecretSections {
  readonly services: Readonly<Record<string, SecretUsers>>;
  readonly sharedSecrets?: SharedSecrets | undefined;
}

/** Where a variable's value comes from in the end; `undefined` where it is to be a shared secret that is not there. */
export function sourceOf(source: SecretSource, shared: SharedSecrets): OwnSecretSource | undefined {
  if (!("shared" in source)) return source;
  return Object.hasOwn(shared, source.shared) ? shared[source.shared] : undefined;
}

/** The containers of a service, by the secrets that they take. */
function usersOf(service: SecretUsers): SecretUser[] {
  return [service, ...Object.values(service.sidecars ?? {})];
}

/** Every source once for each place where the file says it. */
function sources({ services, sharedSecrets = {} }: SecretSections): OwnSecretSource[] {
  return [
    ...Object.values(services)
      .flatMap(usersOf)
      .flatMap(({ secrets = {} }) =>
        Object.values(secrets).flatMap((source) => ("shared" in source ? [] : [source])),
      ),
    ...Object.values(sharedSecrets),
  ];
}

/** The secrets of Secrets Manager, by name or ARN and once each, that services are given and that exist before the platform does. */
export function existingSecrets(sections: SecretSections): string[] {
  const existing = [
    ...sources(sections).flatMap((source) => ("secretsManager" in source ? [source.secretsManager] : [])),
    ...Object.values(sections.services)
      .flatMap(usersOf)
      .flatMap(({ imageCredentials }) => (imageCredentials ? [imageCredentials.secretsManager] : [])),
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

/** The shared secrets, by key and once each, that a container, or any of a service's, is told the ARN of: its own code reads them. */
export function readSharedSecrets(service: SecretUsers): string[] {
  const keys = usersOf(service)
    .flatMap(({ bindings = {} }) => Object.values(bindings))
    .map(bindingParts)
    .flatMap((parts) => (parts.source === "secrets" ? [parts.key] : []));
  return [...new Set(keys)];
}
