// Reads Terraform's JSON configuration as written, without knowing what wrote it.

import { isObject, type Json, type JsonObject } from "../terraform/hcl/json";

export { isObject, type Json, type JsonObject };

/** One resource or data source of a configuration. */
export interface Block {
  /** The stack that it stands in: the folder's name. */
  readonly stack: string;
  readonly mode: "resource" | "data";
  /** For example `aws_security_group`. */
  readonly type: string;
  /** Its name in Terraform. */
  readonly name: string;
  readonly body: JsonObject;
}

/** The configurations of some stacks, by stack. */
export type TerraformConfigs = Readonly<Record<string, JsonObject>>;

/** A value as a list: Terraform takes a single block where a list of them may stand. */
export function asList(value: Json | undefined): readonly Json[] {
  if (value === undefined || value === null) {
    return [];
  }
  return Array.isArray(value) ? value : [value];
}

/** A value if it is text. */
export function asText(value: Json | undefined): string | undefined {
  return typeof value === "string" ? value : undefined;
}

/** A value as a number; Terraform takes numbers as text, too. */
export function asNumber(value: Json | undefined): number | undefined {
  const number = typeof value === "string" && value !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : undefined;
}

/** `django/aws_lb.alb`: where a block stands, for messages. */
export function address({ stack, mode, type, name }: Block): string {
  return `${stack}/${mode === "data" ? "data." : ""}${type}.${name}`;
}

const known = new WeakMap<TerraformConfigs, readonly Block[]>();

/** Every resource and data source, in the order in which they stand. Terraform takes a body, or a list of bodies. */
export function blocks(configs: TerraformConfigs): readonly Block[] {
  // Whoever asks of a configuration asks for its blocks, and there are many who ask.
  const found = known.get(configs) ?? blocksOf(configs);
  known.set(configs, found);
  return found;
}

function blocksOf(configs: TerraformConfigs): Block[] {
  return Object.entries(configs).flatMap(([stack, config]) =>
    (["resource", "data"] as const).flatMap((mode) =>
      entries(config[mode]).flatMap(([type, named]) =>
        entries(named).flatMap(([name, bodies]) =>
          asList(bodies)
            .filter(isObject)
            .map((body) => ({ stack, mode, type, name, body })),
        ),
      ),
    ),
  );
}

/** The entries of an object, or of every object of a list. */
export function entries(value: Json | undefined): [string, Json][] {
  return isObject(value)
    ? Object.entries(value)
    : asList(value)
        .filter(isObject)
        .flatMap(Object.entries<Json>);
}

/** What an expression such as `${aws_security_group.alb.id}` refers to. */
export interface Reference {
  readonly mode: Block["mode"];
  readonly type: string;
  readonly name: string;
}

/** The block whose attribute an expression is; `undefined` for anything but a plain reference. */
export function parseReference(expression: string): Reference | undefined {
  const match = /^\$\{(data\.)?([a-z][a-z0-9_]*)\.([\w-]+)(?:\[[^\]]*\])?\.\w+\}$/.exec(expression);
  const [, data, type, name] = match ?? [];
  return type && name ? { mode: data ? "data" : "resource", type, name } : undefined;
}
