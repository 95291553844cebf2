// What a child module is told of its caller's AWS provider: the account and the region, which names and policies are made with.
import { DataAwsCallerIdentity } from "@cdktf/provider-aws/lib/data-aws-caller-identity";
import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { Op, TerraformStack, TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { Check } from "./check";
import { belongsIn } from "./notes";

const ID = "caller";

export interface CallersProviderProps {
  /** The region that the environment is of; no other is accepted. */
  readonly region: string;
  /**
   * The 12 digits of the only account that is accepted.
   *
   * @default - any
   */
  readonly accountId: string | undefined;
}

/**
 * The variables `account_id` and `region`, and checks that they are the provider's.
 *
 * They are variables, and nothing looks them up: a module with `depends_on` reads its data sources only once everything before it
 * is applied, and until then whatever is named after the account would be planned to be replaced.
 */
export class CallersProvider extends Construct {
  /** Twelve digits. */
  readonly accountId: string;
  /** For example `us-east-1`. */
  readonly region: string;

  /** The one of a stack, made where there is none yet. */
  static of(scope: Construct, props: CallersProviderProps): CallersProvider {
    const stack = TerraformStack.of(scope);
    const known = stack.node.tryFindChild(ID);
    return known instanceof CallersProvider ? known : new CallersProvider(stack, ID, props);
  }

  private constructor(scope: Construct, id: string, { region, accountId }: CallersProviderProps) {
    super(scope, id);
    belongsIn(this, "checks");
    const account = new TerraformVariable(this, "variable:account_id", {
      type: "string",
      nullable: false,
      description: "The 12 digits of the account of the caller's AWS provider",
    });
    account.addValidation({
      condition:
        accountId === undefined
          ? '${can(regex("^[0-9]{12}$", var.account_id))}'
          : `\${var.account_id == "${accountId}"}`,
      errorMessage:
        accountId === undefined
          ? "Give the account's twelve digits, as a string."
          : `This module was made for the account ${accountId}: synthesize one from an environment file for the other account.`,
    });
    const place = new TerraformVariable(this, "variable:region", {
      type: "string",
      nullable: false,
      description: "The region of the caller's AWS provider",
    });
    place.addValidation({
      condition: `\${var.region == "${region}"}`,
      errorMessage: `This module was made for ${region}: synthesize one from an environment file for the other region.`,
    });
    // Sources of their own, and not the checks': a check that reads one waits for all of the root's resources, so that no other
    // module could wait for this one.
    const identity = new DataAwsCallerIdentity(this, "account:caller");
    compare(this, "account_id", account, identity.accountId, "Give the provider's.");
    // Provider 6 renamed a region's name; its id is the same in both versions.
    compare(
      this,
      "region",
      place,
      new DataAwsRegion(this, "region:caller").id,
      `Give the module a provider of ${region}.`,
    );
    this.accountId = account.stringValue;
    this.region = place.stringValue;
  }
}

/** Warns, in every plan, where a variable is not what the provider says. Nothing else is made of what it says. */
function compare(
  scope: Construct,
  name: string,
  variable: TerraformVariable,
  said: string,
  remedy: string,
): void {
  new Check(scope, `check:caller-${name}`, {
    assertions: [
      {
        condition: Op.eq(said, variable.value),
        errorMessage:
          `The variable ${name} is \${var.${name}}, and the module's AWS provider is of ${said}: names and policies would be ` +
          `made for the one, in the other. ${remedy}`,
      },
    ],
  });
}
