// One unit of Terragrunt for one child module: where its inputs come from, and whom it waits for.
import { isObject, type JsonObject } from "../hcl/json";

/** A child module that a unit is written for. */
export interface Module {
  /** The stack's id, and the unit's folder. */
  readonly id: string;
  /** Its configuration as Terraform's JSON. */
  readonly config: JsonObject;
}

export interface UnitProps {
  readonly module: Module;
  /** The modules of all units, this one among them. */
  readonly all: readonly Module[];
  /** The folder that holds the modules, from the unit's own. */
  readonly source: string;
  /** Units that have to be applied before, though nothing of theirs is an input. */
  readonly after: readonly string[];
  /** Inputs that the root gives to all units. */
  readonly common: readonly string[];
}

/** An input that is another module's output of the same name. */
interface Bound {
  readonly name: string;
  readonly from: string;
  readonly type: string;
}

/** The inputs of a module that are outputs of others: see `ObservedGroups` for the proof, which goes by the same rule. */
export function boundInputs({ module, all }: Pick<UnitProps, "module" | "all">): Bound[] {
  return variablesOf(module).flatMap(([name, variable]) => {
    const makers = all.filter(
      ({ id, config }) => id !== module.id && isObject(config.output) && config.output[name] !== undefined,
    );
    const [only, ...others] = makers;
    return "default" in variable || only === undefined || others.length > 0
      ? []
      : [{ name, from: only.id, type: textOf(variable.type) }];
  });
}

/** The text of a unit's `terragrunt.hcl`. */
export function unitText(props: UnitProps): string {
  const { module, source, after } = props;
  const bound = boundInputs(props);
  const makers = [...new Set(bound.map(({ from }) => from))];
  const own = hasOwnInputs(props) ? 'yamldecode(file("${get_terragrunt_dir()}/inputs.yaml"))' : undefined;
  const told = aligned(
    bound.map(({ name, from }) => [name, `dependency.${labelOf(from)}.outputs.${name}`]),
    "    ",
  );
  const waits = after.filter((id) => !makers.includes(id) && id !== module.id);
  return [
    'include "root" {\n  path = find_in_parent_folders("root.hcl")\n}',
    `terraform {\n  source = "\${get_terragrunt_dir()}/${source}//${module.id}"\n}`,
    ...(waits.length > 0
      ? [`dependencies {\n  paths = [${waits.map((id) => JSON.stringify(`../${id}`)).join(", ")}]\n}`]
      : []),
    ...makers.map((maker) =>
      dependency(
        maker,
        bound.filter(({ from }) => from === maker),
      ),
    ),
    ...(own === undefined && told.length === 0
      ? []
      : [
          [
            "inputs = merge(",
            ...(own === undefined ? [] : [`  ${own},`]),
            ...(told.length === 0 ? [] : ["  {", ...told, "  },"]),
            ")",
          ].join("\n"),
        ]),
  ].join("\n\n");
}

/** Whether a unit has inputs that a person, or a pipeline, sets. */
export function hasOwnInputs(props: UnitProps): boolean {
  return ownInputs(props).length > 0;
}

/**
 * The text of a unit's `inputs.yaml`: what a pipeline sets, such as image tags, with the environment's value; what nobody but a
 * person knows, empty; and all else as a comment.
 */
export function inputsText(props: UnitProps): string {
  const inputs = ownInputs(props).map(([name, variable]) => {
    const value = "default" in variable ? JSON.stringify(variable.default) : '""';
    const isSet = !("default" in variable) || name.endsWith("_image_tag");
    return `# ${textOf(variable.description)}\n${isSet ? "" : "# "}${name}: ${value}\n`;
  });
  // Without the start of a document, nothing but comments is no YAML to yamldecode.
  return `---\n${inputs.join("\n")}`;
}

function ownInputs(props: UnitProps): [name: string, variable: JsonObject][] {
  const told = [...props.common, ...boundInputs(props).map(({ name }) => name)];
  return variablesOf(props.module).filter(([name]) => !told.includes(name));
}

/** Assignments as `terragrunt hcl fmt` wants them. */
function aligned(assignments: readonly (readonly [name: string, value: string])[], indent: string): string[] {
  const width = Math.max(...assignments.map(([name]) => name.length));
  return assignments.map(([name, value]) => `${indent}${name.padEnd(width)} = ${value}`);
}

function dependency(unit: string, inputs: readonly Bound[]): string {
  return [
    `dependency "${labelOf(unit)}" {`,
    `  config_path = "../${unit}"`,
    "",
    "  # For a plan before anything is there, or before what is new is. An apply takes what is.",
    '  mock_outputs_allowed_terraform_commands = ["init", "validate", "plan"]',
    '  mock_outputs_merge_strategy_with_state  = "deep_map_only"',
    "  mock_outputs = {",
    ...aligned(
      inputs.map(({ name, type }) => [name, mockOf(name, type)]),
      "    ",
    ),
    "  }",
    "}",
  ].join("\n");
}

/** What IDs begin with, so that AWS takes a mock for one that is not there. */
const ID_PREFIXES: Readonly<Record<string, string>> = {
  vpc_id: "vpc",
  security_group_ids: "sg",
  entrance_rule_ids: "sgr",
};

/** A value of an output's type, in which no two texts are the same. */
function mockOf(name: string, type: string): string {
  const prefix = ID_PREFIXES[name] ?? name;
  const id = (index: number) => JSON.stringify(`${prefix}-${index.toString(16).padStart(17, "0")}`);
  const keys = [...type.matchAll(/([\w-]+) = string/g)].map(([, key = ""]) => key);
  return type === "string" ? id(0) : `{ ${keys.map((key, index) => `${key} = ${id(index)}`).join(", ")} }`;
}

/** A unit's name in expressions. */
function labelOf(unit: string): string {
  return unit.replaceAll("-", "_");
}

function variablesOf({ config }: Module): [name: string, variable: JsonObject][] {
  return Object.entries(isObject(config.variable) ? config.variable : {}).flatMap(
    ([name, variable]): [string, JsonObject][] => (isObject(variable) ? [[name, variable]] : []),
  );
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : "";
}
