// The Terraform variable alarm_email_addresses: who is told of alarms, without editing the code.
import { type ListTerraformIterator, TerraformIterator, TerraformVariable } from "cdktf";
import { Construct } from "constructs";

/** Letters of an address as the environment file takes them, as far as Terraform's regular expressions can say it. */
const ADDRESS = "^[A-Za-z0-9_'+-]+([.][A-Za-z0-9_'+-]+)*@([A-Za-z0-9][A-Za-z0-9-]*[.])+[A-Za-z]{2,}$";

export interface AlarmEmailAddressesProps {
  /** The variable's default. */
  readonly emails: readonly string[];
}

/** The variable `alarm_email_addresses`. */
export class AlarmEmailAddresses extends Construct {
  /** One round for each address, which is the round's key and its value. */
  readonly each: ListTerraformIterator;

  constructor(scope: Construct, id: string, { emails }: AlarmEmailAddressesProps) {
    super(scope, id);
    const name = "alarm_email_addresses";
    const variable = new TerraformVariable(this, `variable:${name}`, {
      type: "list(string)",
      default: [...emails],
      nullable: false,
      description: "Who gets an e-mail of alarms; each has to confirm, by the link in a first one from AWS",
    });
    variable.addValidation({
      condition: `\${alltrue([for address in var.${name} : can(regex("${ADDRESS}", address))])}`,
      errorMessage: "Give e-mail addresses such as ops@example.com.",
    });
    variable.addValidation({
      condition: `\${length(distinct(var.${name})) == length(var.${name})}`,
      errorMessage: "Name each address once.",
    });
    if (emails.length > 0) {
      // Where the environment names nobody, others may be subscribed by other means, as its synth says.
      variable.addValidation({
        condition: `\${length(var.${name}) > 0}`,
        errorMessage: "Name an address at least: nobody would be told of alarms.",
      });
    }
    this.each = TerraformIterator.fromList(variable.listValue);
  }
}
