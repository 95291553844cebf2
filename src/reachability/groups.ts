// Which security group an expression stands for: a resource of the same stack, one that is looked up, or another stack's output.
import type { Instance } from "./instances";
import {
  asList,
  asText,
  entries,
  isObject,
  type Json,
  type JsonObject,
  type TerraformConfigs,
} from "./terraform-config";

/** A security group as an expression names it. */
export interface GroupName {
  /** Its Name tag, or its address where it has none; the expression itself where it is not known which group it is. */
  readonly name: string;
  readonly isKnown: boolean;
}

/** Outputs that lead to outputs end somewhere, or else in a circle. */
const LONGEST_CHAIN = 5;

/** The security groups of some stacks. */
export class ObservedGroups {
  private readonly names = new Set<string>();
  private readonly byReference = new Map<string, string>();
  /** Other stacks' states, by the data source that reads them. */
  private readonly states = new Map<string, string>();

  /** @param all the resources and data sources of all stacks together */
  constructor(
    private readonly configs: TerraformConfigs,
    all: readonly Instance[],
  ) {
    const lookups: Instance[] = [];
    const literals = new Map<string, string>();
    for (const instance of all) {
      const { mode, type, name, body, key = "" } = instance;
      if (mode === "resource" && /^aws_(default_)?security_group$/.test(type)) {
        const known = nameTag(body) ?? `${type}.${name}${key}`;
        this.names.add(known);
        for (const literal of [known, asText(body.name)]) if (literal) literals.set(literal, known);
        this.byReference.set(referenceKey(instance), known);
      } else if (mode === "data" && type === "aws_security_group") {
        lookups.push(instance);
      } else if (mode === "data" && type === "terraform_remote_state") {
        const stack = stackOfState(configs, body.config);
        if (stack !== undefined) this.states.set(referenceKey(instance), stack);
      }
    }
    for (const lookup of lookups) {
      // A lookup that finds nothing stays unknown, so that its rules are not taken for those of a group.
      const name = literals.get(soughtName(lookup.body) ?? "");
      if (name !== undefined) this.byReference.set(referenceKey(lookup), name);
    }
    for (const [literal, name] of literals) this.byReference.set(literal, name);
  }

  /** Whether it is the name of one of these stacks' groups. */
  has(name: string): boolean {
    return this.names.has(name);
  }

  /** What texts to look for to find a group that is named by what it is called. */
  get all(): ReadonlySet<string> {
    return this.names;
  }

  /** The group that an expression in a stack stands for. */
  resolve(stack: string, expression: string): GroupName {
    const name = this.find(stack, expression, LONGEST_CHAIN);
    return name === undefined ? { name: expression, isKnown: false } : { name, isKnown: true };
  }

  private find(stack: string, expression: string, steps: number): string | undefined {
    const input = this.boundInput(stack, expression);
    if (input !== undefined && steps > 0) {
      return this.find(input.stack, input.value, steps - 1);
    }
    const [, data = "", type = "", name = "", key = "", attribute] =
      /^\$\{(data\.)?([a-z]\w*)\.([\w-]+)(\[[^\]]*\])?\.(\w+)(?:[.[].*)?\}$/.exec(expression) ?? [];
    if (attribute === undefined) {
      return this.byReference.get(expression);
    }
    const reference = { stack, mode: data === "" ? "resource" : "data", type, name, key } as const;
    const there = this.states.get(referenceKey(reference));
    if (there !== undefined && steps > 0) {
      const [, behind = ""] = /\.outputs(.*)\}$/.exec(expression) ?? [];
      const value = outputIn(this.configs[there]?.output, behind);
      return value === undefined ? undefined : this.find(there, value, steps - 1);
    }
    return this.byReference.get(referenceKey(reference));
  }

  /**
   * What an input of a child module stands for: the output of the same name of the one other stack that has it. The module's caller
   * passes the one to the other.
   */
  private boundInput(stack: string, expression: string): { stack: string; value: string } | undefined {
    const [, name, behind = ""] = INPUT.exec(expression) ?? [];
    const config = this.configs[stack];
    if (name === undefined || config === undefined || config.provider !== undefined) {
      return undefined;
    }
    const declared = Object.fromEntries(entries(config.variable))[name];
    const found = Object.entries(this.configs).filter(
      ([other, { output }]) => other !== stack && isObject(output) && output[name] !== undefined,
    );
    const [only, ...others] = found;
    if (!isObject(declared) || "default" in declared || only === undefined || others.length > 0) {
      return undefined;
    }
    const value = outputIn(only[1].output, `.${name}${behind}`);
    return value === undefined ? undefined : { stack: only[0], value };
  }
}

/** The name of an input without a value of its own, and what of it is meant: `${var.groups.web}`, `${var.groups["web"]}`. */
const INPUT = /^\$\{var\.([\w-]+)((?:\.[\w-]+|\["[^"]+"\])*)\}$/;

function referenceKey({
  stack,
  mode,
  type,
  name,
  key = "",
}: Pick<Instance, "stack" | "mode" | "type" | "name"> & { readonly key: string | undefined }): string {
  return [stack, mode, type, name, key].join(" ");
}

/** The Name tag, unless only a deployment knows it. */
function nameTag({ tags }: JsonObject): string | undefined {
  const name = isObject(tags) ? asText(tags.Name) : undefined;
  return name?.includes("${") ? undefined : name;
}

/** What a data source looks for: a Name tag, or EC2's own name. */
function soughtName({ filter, tags, name }: JsonObject): string | undefined {
  const filters = asList(filter).filter(isObject);
  const values = filters.find((each) => each.name === "tag:Name" || each.name === "group-name")?.values;
  const [only, ...others] = asList(values);
  const tag = isObject(tags) ? asText(tags.Name) : undefined;
  return others.length === 0 ? (asText(only) ?? tag ?? asText(name)) : undefined;
}

/**
 * The text that stands at a place in a stack's outputs.
 * @param behind the place, as an expression has it: `.groups["web"]`
 */
function outputIn(outputs: Json | undefined, behind: string): string | undefined {
  const [output = "", ...path] = [...behind.matchAll(/\.([\w-]+)|\["([^"]+)"\]/g)].map(
    ([, attribute, key]) => attribute ?? key ?? "",
  );
  const declared = new Map(entries(outputs)).get(output);
  const value = path.reduce<Json | undefined>(
    (within, key) => (isObject(within) ? within[key] : undefined),
    isObject(declared) ? declared.value : undefined,
  );
  return asText(value);
}

/** The stack whose state a data source reads, by where both say that it is. */
function stackOfState(configs: TerraformConfigs, config: Json | undefined): string | undefined {
  const place = (value: Json | undefined) =>
    isObject(value) ? [value.bucket, value.key, value.path].map((part) => asText(part) ?? "").join(" ") : "";
  const sought = place(asList(config)[0]);
  return Object.entries(configs).find(([, { terraform }]) =>
    entries(isObject(terraform) ? terraform.backend : undefined).some(
      ([, backend]) => sought.trim() !== "" && place(asList(backend)[0]) === sought,
    ),
  )?.[0];
}
