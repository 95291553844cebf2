// The type of a check that compares sections of an environment: what it is given and what it gives back.
import type { EnvironmentSections } from "../schema/environment";
import type { Problem } from "../schema/problem";
import type { Service } from "../schema/service";
import { shortened, valueText } from "../schema/shown";

/**
 * The sections of an environment that can be compared; one that is missing, or that cannot be looked at, is not there.
 * What others are worked out from (`FOUNDATIONS`) is there if nothing in it is refused. All else is there if it has the
 * right types: a value in it may be out of bounds, so that one such mistake hides no other.
 */
export type ComparableSections = {
  readonly [Key in keyof EnvironmentSections]?: EnvironmentSections[Key] | undefined;
};

/** What others are worked out from: a mistake in one of these would be told again wherever it counts. */
export const FOUNDATIONS: readonly (keyof EnvironmentSections)[] = [
  "name",
  "region",
  "account",
  "production",
  "tags",
  "names",
  "network",
  "extraFlows",
  "quotas",
];

/**
 * The fields of a service that checks look at: one in which any of them is broken cannot be compared. Others count as if they
 * were right, so that a moving image tag hides no missing database.
 */
export const COMPARED_SERVICE_FIELDS = [
  "port",
  "internal",
  "extraPorts",
  "privateName",
  "formerPort",
  "routes",
  "connectsTo",
  "mounts",
  "autoscaling",
  "desiredCount",
  "consumesFrom",
  "sendsTo",
  "publishesMetrics",
  "egress",
  "label",
  "sidecars",
  "targetContainer",
  "dependsOn",
  "sharedVolumes",
] as const satisfies readonly (keyof Service)[];

/** What checks can do without, and look at only where it is right. */
export const SPARED_SERVICE_FIELDS = [
  "image",
  "secrets",
  "django",
  "celery",
  "oneOffCommands",
  "schedules",
  "entryPoint",
  "command",
  "environment",
  "stopTimeoutSeconds",
  "deregistrationDelaySeconds",
  "databaseLogin",
  "databaseUser",
  "targetHealthCheck",
  "bindings",
  "buckets",
  "permissions",
  "cpu",
  "memory",
  "healthCheck",
  "writablePaths",
  "presets",
] as const satisfies readonly (keyof Service)[];

/** What checks see of a service: for the compiler, too, a check that looks at another field has to name it above. */
export type ComparedService = Pick<Service, (typeof COMPARED_SERVICE_FIELDS)[number]> & {
  readonly [Field in (typeof SPARED_SERVICE_FIELDS)[number]]?: Service[Field] | undefined;
};

/** What checks are given: the comparable sections, and what of the others is known all the same. */
export interface Sections extends Omit<ComparableSections, "services"> {
  /** The services that are well-formed. */
  readonly services: Readonly<Record<string, ComparedService>>;
  /** The keys of all services, the broken ones too. */
  readonly serviceKeys: readonly string[];
  /** The keys of all queues, the broken ones too. */
  readonly queueKeys: readonly string[];
  /** The keys of all buckets, the broken ones too. */
  readonly bucketKeys: readonly string[];
  /** The file systems; none where one of them is broken. */
  readonly fileSystems: EnvironmentSections["fileSystems"];
  /** The keys of all file systems, the broken ones too. */
  readonly fileSystemKeys: readonly string[];
  /** The extra members; none where one of them is broken. */
  readonly extraMembers: EnvironmentSections["extraMembers"];
  /** The keys of all extra members, the broken ones too. */
  readonly memberKeys: readonly string[];
  /** The sections that are there at all, broken or not, as the file has them. */
  readonly declared: ReadonlyMap<string, unknown>;
  /** Whether a value at this path, or within it, is refused already: what is compared with it would say nothing. */
  readonly refused: (path: string) => boolean;
}

/** Compares well-formed sections and says what is wrong between them. */
export type Check = (sections: Sections) => Problem[];

/** A problem whose value is shown as JSON, shortened. */
export function problem(path: string, value: unknown, remedy: string): Problem {
  return { path, value: shortened(valueText(value)), remedy };
}
