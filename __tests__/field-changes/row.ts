// The form of a row: how a field of a running platform is changed, and what of Terraform's plan shows what that does.
import type { Changes } from "./altered";

/** The plans that rows share: fields that do not touch each other are changed together. */
export const PLANS = {
  first: { stacks: ["django", "security-group-rules"], refused: false },
  second: { stacks: ["django", "security-group-rules"], refused: false },
  third: { stacks: ["django", "security-group-rules"], refused: false },
  fourth: { stacks: ["security-group-rules"], refused: false },
  // The rules stack looks up groups that are not there, or not called so, before django is deployed.
  added: { stacks: ["django"], refused: false },
  published: { stacks: ["django"], refused: false },
  domain: { stacks: ["django"], refused: false },
  certificate: { stacks: ["django"], refused: false },
  "by hand": { stacks: ["django"], refused: false },
  names: { stacks: ["django"], refused: true },
  renames: { stacks: ["django"], refused: true },
  key: { stacks: ["django"], refused: true },
  network: { stacks: ["django"], refused: true },
  subnets: { stacks: ["django"], refused: true },
  removed: { stacks: ["django"], refused: true },
  trial: { stacks: ["django"], refused: true },
  name: { stacks: ["django"], refused: true },
  repositories: { stacks: ["registry"], refused: false },
  "renamed repositories": { stacks: ["registry"], refused: true },
  pipeline: { stacks: ["ci-access"], refused: false },
  "pipeline again": { stacks: ["ci-access"], refused: false },
  guards: { stacks: ["account-security"], refused: false },
  "fewer guards": { stacks: ["account-security"], refused: false },
  "another key": { stacks: ["account-security"], refused: true },
  "no trail": { stacks: ["account-security"], refused: true },
  states: { stacks: ["state-backend"], refused: false },
} as const satisfies Readonly<
  Record<string, { readonly stacks: readonly string[]; readonly refused: boolean }>
>;

export type PlanName = keyof typeof PLANS;

/** A change that the real provider plans. */
export interface PlannedRow {
  /** The plan that it is part of. */
  readonly plan: PlanName;
  /** What the environment file says afterwards, by where in it. */
  readonly set: Changes;
  /**
   * What of the plan shows it, as Terraform names it: `update aws_lb.load_balancer: idle_timeout`, `create aws_eip.nat`,
   * `create, delete aws_lb_target_group.web: name`. In a plan that is not refused, that is all.
   */
  readonly shows: readonly string[];
}

/** A field whose change no plan of Terraform's shows. */
export interface UnplannedRow {
  /** Why, in a sentence. */
  readonly unplanned: string;
}

/** A field is changed by those within it: they have rows. */
export type Row = PlannedRow | UnplannedRow | "its fields";

/** A row for each field: the compiler names one that has none. */
export type Rows<Path extends string> = Readonly<Record<Path, Row>>;
