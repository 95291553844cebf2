// What an item of the security checklist is: a thing to have before production, and how to find out.
import type { SynthesizedPlatform } from "../policies/policy";

/** An item is met, or it is not, or somebody has to look: Terraform does not know what the application does. */
export const STATES = ["met", "not met", "confirm"] as const;
export type State = (typeof STATES)[number];

/** Without what is required, an environment is not ready for production. */
export const GROUPS = ["required", "nice to have"] as const;
export type Group = (typeof GROUPS)[number];

/** How it stands with an item. */
export interface Answer {
  readonly state: State;
  /** Where it is met, or is not: resources with their stack (`django/aws_lb.web`), or fields of the environment. */
  readonly where: readonly string[];
  /** What was found; where the item is not met, also what to do. */
  readonly detail: string;
}

export interface Item {
  /** In lower case with hyphens; stable, for scripts. */
  readonly id: string;
  /** What must hold, in one sentence without a full stop. */
  readonly title: string;
  readonly group: Group;
  /** Why it matters, in one sentence. */
  readonly why: string;
  answer(platform: SynthesizedPlatform): Answer;
}
