// What a check is given and gives back.
import type { EnvironmentSections } from "../environment";
import type { Problem } from "../problem";
import { valueText } from "../shown";

/** The sections of an environment that are well-formed; `undefined` stands for one that is broken or missing. */
export interface Sections {
  readonly name: string | undefined;
  readonly region: string | undefined;
  readonly account: string | undefined;
  readonly production: boolean | undefined;
  readonly names: EnvironmentSections["names"] | undefined;
  readonly network: EnvironmentSections["network"] | undefined;
  /** The services that are well-formed. */
  readonly services: EnvironmentSections["services"];
  /** The keys of all services, the broken ones too. */
  readonly serviceKeys: readonly string[];
  /** The keys of all queues, the broken ones too. */
  readonly queueKeys: readonly string[];
  readonly database: EnvironmentSections["database"];
  readonly cache: EnvironmentSections["cache"];
  readonly loadBalancer: EnvironmentSections["loadBalancer"];
  readonly dns: EnvironmentSections["dns"];
  readonly monitoring: EnvironmentSections["monitoring"];
  readonly accountSecurity: EnvironmentSections["accountSecurity"];
  readonly state: EnvironmentSections["state"] | undefined;
  readonly encryption: EnvironmentSections["encryption"] | undefined;
  readonly backup: EnvironmentSections["backup"];
  readonly registry: EnvironmentSections["registry"];
  readonly ci: EnvironmentSections["ci"];
  readonly extraFlows: EnvironmentSections["extraFlows"] | undefined;
  readonly quotas: EnvironmentSections["quotas"] | undefined;
  /** The names of the sections that are there at all, broken or not. */
  readonly declared: ReadonlySet<string>;
}

/** Compares well-formed sections and says what is wrong between them. */
export type Check = (sections: Sections) => Problem[];

/** A problem whose value is shown as JSON. */
export function problem(path: string, value: unknown, remedy: string): Problem {
  return { path, value: valueText(value), remedy };
}
