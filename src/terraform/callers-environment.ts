// Which environment a child module is of: whoever calls modules of several environments can say which one is meant.
import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { belongsIn } from "./notes";

/** The environment's name as the caller gives it, in expressions of a child module. */
export const CALLERS_ENVIRONMENT = "${var.environment}";

export interface CallersEnvironmentProps {
  /** The environment's name. */
  readonly name: string;
}

/**
 * The variable `environment`: no other value than the environment's name is accepted. A folder of modules holds those of one
 * environment at a time, and a state that met another's modules would lose what it has.
 */
export class CallersEnvironment extends Construct {
  constructor(scope: Construct, id: string, { name }: CallersEnvironmentProps) {
    super(scope, id);
    belongsIn(this, "checks");
    const variable = new TerraformVariable(this, "variable:environment", {
      type: "string",
      nullable: false,
      default: name,
      description: "Name of the environment that the module is called for",
    });
    variable.addValidation({
      condition: `\${var.environment == "${name}"}`,
      errorMessage:
        `This module is that of ${name}, and not that of \${var.environment}: synthesize that environment into this folder, or ` +
        "each into a folder of its own (CDKTF_OUTDIR).",
    });
  }
}
