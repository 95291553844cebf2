// Reads synthesized stacks the way Terraform would: as JSON, by resource type and name.
import { type TerraformStack, Testing } from "cdktf";

/** The arguments of one resource. */
export type Block = Readonly<Record<string, unknown>>;

/** A synthesized stack. */
export interface Synthesized {
  readonly resource?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly data?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly check?: Readonly<Record<string, Block>>;
  readonly ephemeral?: Readonly<Record<string, Readonly<Record<string, Block>>>>;
  readonly variable?: Readonly<Record<string, Block>>;
  readonly output?: Readonly<Record<string, Block>>;
  readonly terraform?: Block;
  readonly provider?: Block;
}

/** A stack as JSON, its validations run. */
export function synthesized(stack: TerraformStack): Synthesized {
  return JSON.parse(Testing.synth(stack, true));
}

/** All resources of one type: name and arguments. */
export function resources(config: Synthesized, type: string): [name: string, block: Block][] {
  return Object.entries(config.resource?.[type] ?? {});
}
