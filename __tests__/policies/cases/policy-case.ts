// How a policy is tested: stacks of a few lines in which it finds something, and stacks in which it stays silent.
import type { IConstruct } from "constructs";
import type { JsonObject } from "../../../src/reachability/terraform-config";
import type { EnvironmentInput } from "../../../src/schema/environment";

/** A stack as Terraform's JSON, and what is to be found in it: address and problem. */
export type Firing = readonly [config: JsonObject, ...findings: readonly (readonly [string, string])[]];

export interface PolicyCase {
  readonly fires: readonly Firing[];
  readonly silent: readonly JsonObject[];
  /** The construct trees beside them, for a policy that looks at constructs. Default: an app without stacks. */
  readonly trees?: { readonly fires: () => IConstruct; readonly silent: () => IConstruct };
  /** What of the environment is other than that of all cases. Default: nothing. */
  readonly environment?: Partial<EnvironmentInput>;
  /** Files beside the stack's own where it fires, for a policy that looks at them. Default: none. */
  readonly strays?: readonly string[];
}

/** By the policy's ID. */
export type PolicyCases = Readonly<Record<string, PolicyCase>>;

/** A task definition of one container with these fields. */
export function task(container: JsonObject, others: JsonObject = {}): JsonObject {
  const text = JSON.stringify([{ name: "web", ...container }]);
  return { resource: { aws_ecs_task_definition: { web: { container_definitions: text, ...others } } } };
}

/** A policy document of one statement as JSON. */
export function document(statement: JsonObject): string {
  return JSON.stringify({ Version: "2012-10-17", Statement: [statement] });
}
