// What a policy is: a rule that every synth is held to, with its reason and its remedy.
import type { IConstruct } from "constructs";
import type { Environment } from "../model/environment";
import type { Model } from "../model/model";
import type { TerraformConfigs } from "../reachability/terraform-config";
import type { Resource, Resources } from "./reading/resources";

/** How grave a finding is, the gravest first. Each of them fails the synth. */
export const SEVERITIES = ["critical", "high", "medium", "low"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** One thing that a policy does not accept. */
export interface Finding {
  /** The stack that it stands in. */
  readonly stack: string;
  /** Its address in Terraform, such as `aws_db_instance.main`. */
  readonly address: string;
  /** What is wrong there, in one sentence without a full stop. It never repeats a value that may be secret. */
  readonly problem: string;
}

/** The platform as it is synthesized: everything that a policy may look at. */
export interface SynthesizedPlatform {
  readonly environment: Environment;
  /** The members and the traffic that follow from it. */
  readonly model: Model;
  /**
   * The configurations of all stacks as Terraform will see them: variables stand for their defaults, `jsonencode` for
   * the JSON. What only a deployment knows stays `${...}`.
   */
  readonly configs: TerraformConfigs;
  /** The same, resource by resource. */
  readonly resources: Resources;
  /** Files beside the stacks' own in the output folder, which may make more than the stacks do when they are applied. */
  readonly strays: readonly { readonly stack: string; readonly file: string }[];
  /** The root of the construct tree. */
  readonly tree: IConstruct;
}

/** A rule. One stands in a file of its own, `rules/<id>.ts`, as its default export. */
export interface Policy {
  /** In lower case with hyphens: the name of its file. */
  readonly id: string;
  readonly severity: Severity;
  /** What must hold, in one sentence. */
  readonly rule: string;
  /** Why it matters, in one sentence. */
  readonly reason: string;
  /** What to do about a finding, in one sentence. */
  readonly remedy: string;
  /**
   * Whether it holds in production only.
   * @default - it holds in every environment
   */
  readonly production?: true;
  /** Everything that breaks the rule. What it cannot read and might break it is a finding, too. */
  check(platform: SynthesizedPlatform): Iterable<Finding>;
}

/** A finding about a resource or a data source. */
export function finding({ stack, address }: Resource, problem: string): Finding {
  return { stack, address, problem };
}
