// The Terraform variable deletion_protection: one switch at apply for everything that must not be deleted by mistake.
import { type IResolvable, TerraformVariable } from "cdktf";
import { Construct } from "constructs";

export interface DeletionProtectionProps {
  /** The variable's default. */
  readonly enabled: boolean;
  /** What it protects, in words. */
  readonly of: string;
}

/**
 * The variable `deletion_protection`. A production environment is taken down on purpose by applying it with `false`
 * first: `cdktf deploy --var deletion_protection=false`.
 */
export class DeletionProtection extends Construct {
  /** The variable's value. */
  readonly value: IResolvable;

  constructor(scope: Construct, id: string, { enabled, of }: DeletionProtectionProps) {
    super(scope, id);
    const variable = new TerraformVariable(this, "variable:deletion_protection", {
      type: "bool",
      default: enabled,
      nullable: false,
      description: `Keeps ${of} from being deleted; apply with false before a destroy`,
    });
    this.value = variable.booleanValue;
  }
}
