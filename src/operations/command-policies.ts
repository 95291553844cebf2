// What follows from the table of permissions: the calls that a command makes, and the smallest policy that lets it.
import { documentOf, type PolicyDocument } from "../iam/document";
import { type Actions, type OperationName, PERMISSIONS, type Permissions } from "./permissions";

/** Every command that operates an account. */
export const OPERATIONS: readonly OperationName[] = Object.keys(PERMISSIONS).filter(isOperation);

function isOperation(name: string): name is OperationName {
  return name in PERMISSIONS;
}

/** Everybody may ask it; it is listed, for a policy can also refuse it. */
const WHO_AM_I: Actions = { sts: ["GetCallerIdentity"] };

/** Every API call that a command makes, as IAM names it, in alphabetical order. */
export function callsOf(command: OperationName): string[] {
  return names(PERMISSIONS[command].calls, WHO_AM_I);
}

/** Every API call that it makes besides where the environment has VPC endpoints. */
export function callsForEndpoints(command: OperationName): string[] {
  const { withEndpoints = {} }: Permissions = PERMISSIONS[command];
  return names(withEndpoints);
}

/** What IAM has to allow it besides where the environment has buckets. */
export function actionsForBuckets(command: OperationName): string[] {
  const { withBuckets = {} }: Permissions = PERMISSIONS[command];
  return names(withBuckets);
}

/** Every API call that it makes besides where services have schedules. */
export function callsForSchedules(command: OperationName): string[] {
  const { withSchedules = {} }: Permissions = PERMISSIONS[command];
  return names(withSchedules);
}

/** Every API call that it makes besides where the environment has file systems. */
export function callsForFileSystems(command: OperationName): string[] {
  const { withFileSystems = {} }: Permissions = PERMISSIONS[command];
  return names(withFileSystems);
}

/** Every API call that the Terraform which it runs makes; none where it runs none. */
export function terraformCallsOf(command: OperationName): string[] {
  const { terraform }: Permissions = PERMISSIONS[command];
  return terraform ? names(terraform, WHO_AM_I) : [];
}

/** Everything that IAM has to allow a command. */
export function permissionsOf(command: OperationName): string[] {
  const { calls, withoutCall = {} }: Permissions = PERMISSIONS[command];
  return names(calls, withoutCall, WHO_AM_I);
}

/** The smallest policy of a command, in lightwave-prod. */
export function policyOf(command: OperationName): PolicyDocument {
  const { narrowed = [] }: Permissions = PERMISSIONS[command];
  const elsewhere = new Set(narrowed.flatMap(({ actions = [] }) => actions));
  const everywhere = permissionsOf(command).filter((action) => !elsewhere.has(action));
  return documentOf([{ actions: everywhere, resources: ["*"] }, ...narrowed]);
}

/** The policy of the Terraform that a command runs; `undefined` where it runs none. */
export function terraformPolicyOf(command: OperationName): PolicyDocument | undefined {
  const actions = terraformCallsOf(command);
  return actions.length > 0 ? documentOf([{ actions, resources: ["*"] }]) : undefined;
}

function names(...lists: readonly Actions[]): string[] {
  const all = lists.flatMap((list) =>
    Object.entries(list).flatMap(([service, actions]) => actions.map((action) => `${service}:${action}`)),
  );
  return all.sort();
}
