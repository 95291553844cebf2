// A resource with a name, and what of an environment decides which there are.
import type { PasswordRotation } from "../../schema/password-rotation";
import type { Registry } from "../../schema/registry";
import type { Service } from "../../schema/service";
import type { State } from "../../schema/state";
import type { CacheEngineSettings } from "../cache-engine";
import type { SharedSecrets } from "../secrets";
import type { Kind } from "./kinds";
import type { Names } from "./resolved";

/** What of an environment decides which names it gives; in a file that may still be wrong, as much as is known. */
export interface NamingSections {
  readonly name: string;
  readonly names: Names;
  readonly services: Readonly<
    Record<
      string,
      {
        readonly [Field in
          | "port"
          | "internal"
          | "connectsTo"
          | "databaseLogin"
          | "databaseUser"
          | "django"
          | "environment"
          | "oneOffCommands"
          | "schedules"
          | "secrets"
          | "sidecars"]?: Service[Field] | undefined;
      }
    >
  >;
  readonly database?:
    | {
        readonly engineVersion?: string;
        readonly credentials?: string;
        readonly passwordRotation?: PasswordRotation | undefined;
        readonly applicationUser?: object | undefined;
      }
    | undefined;
  readonly sharedSecrets?: SharedSecrets | undefined;
  readonly cache?: (CacheEngineSettings & { readonly authentication?: string }) | undefined;
  readonly loadBalancer?: { readonly waf: object | false } | undefined;
  readonly state?: State | undefined;
  readonly backup?: object | undefined;
  readonly registry?: Pick<Registry, "repositories" | "namespace"> | undefined;
}

/** A resource with a name. */
export interface Named {
  readonly kind: Kind;
  readonly name: string;
  /** What it is, in words: `the dead-letter queue of "jobs"`. */
  readonly what: string;
  /** Where the file decides its name, and what stands there, given or by default. */
  readonly setBy: { readonly path: string; readonly value: string };
}

/** Resources that one place in the file names. */
export function named(
  path: string,
  value: string,
  ...resources: [kind: Kind, name: string, what: string][]
): Named[] {
  return resources.map(([kind, name, what]) => ({ kind, name, what, setBy: { path, value } }));
}
