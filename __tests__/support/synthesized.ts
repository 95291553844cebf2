// Reads synthesized stacks the way Terraform would: as JSON, by resource type and name.
import type { TerraformStack } from "cdktf";
import { invokeAspects } from "cdktf/lib/synthesize/synthesizer";

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
  return JSON.parse(synthesizedText(stack, true));
}

/** What cdktf's `Testing.synth` gives, which copies each object once for each of its keys to sort them. */
export function synthesizedText(stack: TerraformStack, validated = false): string {
  invokeAspects(stack);
  if (validated) stack.runAllValidations();
  return JSON.stringify(sorted(stack.toTerraform()), null, 2);
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (typeof value !== "object" || value === null) return value;
  const entries = Object.entries(value).filter(([key]) => key !== "//");
  // The keys of an object are never the same.
  return Object.fromEntries(
    entries.sort(([one], [other]) => (one < other ? -1 : 1)).map(([key, inner]) => [key, sorted(inner)]),
  );
}

/** All resources of one type: name and arguments. */
export function resources(config: Synthesized, type: string): [name: string, block: Block][] {
  return Object.entries(config.resource?.[type] ?? {});
}
