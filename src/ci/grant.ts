// What a role of CI may do in one of AWS's services, as data: the policies, the boundary and the tests are all read from it.

import type { Conditions } from "../iam/document";
import type { Environment } from "../model/environment";
import { defaultTags } from "../model/tags";

/**
 * How a grant knows by the tag `Environment` what is the environment's, where ARNs hold no name: what has the tag
 * (`own`), what a request makes with it (`new`), what gets it and has none yet (`untagged`), so that no other
 * environment's can be taken over, or what is at least nobody else's (`own-or-none`).
 */
export type TagRule = "own" | "new" | "untagged" | "own-or-none";

/** Some actions of one service, on some resources. */
export interface Grant {
  /** Why, in letters and digits. */
  readonly sid: string;
  /** Both roles look (`read`); only the deploy role changes anything (`write`). */
  readonly access: "read" | "write";
  /** Each one spelled out, such as `ecs:UpdateService`. */
  readonly actions: readonly string[];
  /** ARNs, or `*` where IAM knows no resource for the actions: "Service Authorization Reference". */
  readonly resources: readonly string[];
  /** Default: the tag does not matter. */
  readonly tag?: TagRule;
  /** Further conditions. Default: none. */
  readonly conditions?: Conditions;
  /**
   * What the boundary has instead of the resources, where their names have a pattern.
   *
   * @default - the resources
   */
  readonly boundaryResources?: readonly string[];
  /**
   * What the boundary has instead of the conditions, where that is enough there and shorter; it has to fit into one policy.
   *
   * @default - the conditions
   */
  readonly boundaryConditions?: Conditions;
}

/** What CI may do in one service. */
export interface ServicePermissions {
  readonly grants: readonly Grant[];
  /**
   * ARNs of what is the environment's alone, by its names: the boundary lets through every action of the service there.
   * Longer names that begin alike may match, too: the tag of whose they are keeps them out.
   *
   * @default - none: the boundary, too, lets through no more than the grants
   */
  readonly own?: readonly string[];
}

/** What grants are written for. */
export interface Scope {
  readonly environment: Environment;
  /** The account, twelve digits. */
  readonly account: string;
  /** The environment's region, and that of the copies of its backups, where it has any. */
  readonly regions: readonly string[];
  /** The value of the tag `Environment`, by which resources without a name are known. */
  readonly tag: string;
  /** An ARN in the environment's region and account. */
  arn(service: string, resource: string): string;
}

/** The permissions in one service; `undefined` where the environment does not use it. */
export type PermissionsOf = (scope: Scope) => ServicePermissions | undefined;

/** Throws where the environment names no account, which its checks refuse beside `ci`. */
export function scopeOf(environment: Environment): Scope {
  const { account, region, backup } = environment;
  if (account === undefined) {
    throw new Error(`The environment "${environment.name}" names no account.`);
  }
  return {
    environment,
    account,
    regions: [region, ...(backup?.copyTo ? [backup.copyTo.region] : [])],
    tag: defaultTags(environment).Environment ?? environment.name,
    arn: (service, resource) => `arn:aws:${service}:${region}:${account}:${resource}`,
  };
}

/** Names of actions with their service in front. */
export function actions(service: string, names: readonly string[]): string[] {
  return names.map((name) => `${service}:${name}`);
}

const REQUEST = "aws:RequestTag/Environment";
const RESOURCE = "aws:ResourceTag/Environment";

/** Where a service calls KMS in the name of whoever has it keep something. */
export const THROUGH_A_SERVICE: Conditions = { Null: { "kms:ViaService": "false" } };

/**
 * The conditions on making alarms: an alarm can also have machines stopped or ended, by CloudWatch in its own name, whoever
 * has made it ("Using condition keys to limit alarm actions", Amazon CloudWatch user guide).
 */
export function alarmsThatOnlyDo(
  alarmActions: readonly string[],
): Pick<Grant, "conditions" | "boundaryConditions"> {
  return {
    conditions: { "ForAllValues:StringLike": { "cloudwatch:AlarmActions": alarmActions } },
    boundaryConditions: {},
  };
}

/** The conditions of a tag rule, as IAM writes them. */
export function tagConditions(rule: TagRule, { tag }: Scope): Conditions {
  switch (rule) {
    case "own":
      return { StringEquals: { [RESOURCE]: tag } };
    case "new":
      return { StringEquals: { [REQUEST]: tag } };
    case "untagged":
      return { StringEquals: { [REQUEST]: tag }, Null: { [RESOURCE]: "true" } };
    case "own-or-none":
      return { StringEqualsIfExists: { [RESOURCE]: tag } };
  }
}
