// Outputs as parameters of Systems Manager, for tools that read no state of Terraform's.
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Fn, Tokenization } from "cdktf";
import { Construct } from "constructs";
import { outputParameter } from "../model/names/parameters";

export interface Output {
  readonly name: string;
  readonly description: string;
  /** A text, a number, a list of texts, an object of these by key, or an object of objects. */
  readonly value: unknown;
}

export interface OutputParametersProps {
  /** What the parameters' names begin with, without a slash at the end. */
  readonly path: string;
  readonly outputs: readonly Output[];
}

/**
 * A parameter for each output, and for each key of one that has keys: all of `security_group_ids` in one would soon be longer than
 * the 4 KB of a standard parameter. A text is a `String`, a list of texts a `StringList`, all else JSON.
 *
 * None of the values is secret, so that plans may show them.
 */
export class OutputParameters extends Construct {
  constructor(scope: Construct, id: string, { path, outputs }: OutputParametersProps) {
    super(scope, id);
    for (const { name, description, value } of outputs) {
      if (isObject(value)) {
        for (const [key, inner] of Object.entries(value)) {
          this.add(`${name}_${key}`, outputParameter(path, name, key), description, inner);
        }
      } else {
        this.add(name, outputParameter(path, name), description, value);
      }
    }
  }

  private add(id: string, name: string, description: string, value: unknown): void {
    new SsmParameter(this, `output_${id}`, { name, description, ...stored(value), tags: { Name: name } });
  }
}

/** Whether it is an object whose keys are known here. */
function isObject(value: unknown): value is object {
  return (
    typeof value === "object" && value !== null && !Array.isArray(value) && !Tokenization.isResolvable(value)
  );
}

function stored(value: unknown) {
  if (typeof value === "string" || typeof value === "number") {
    return { type: "String", insecureValue: `${value}` };
  }
  if (Array.isArray(value)) {
    return { type: "StringList", insecureValue: value.join(",") };
  }
  // One that passes 4 KB, of many domains or commands, becomes an advanced parameter, which takes 8.
  return { type: "String", tier: "Intelligent-Tiering", insecureValue: Fn.jsonencode(value) };
}
