// The Terraform variable health_check_grace_seconds: more time for tasks while the rules between groups do not stand yet.
import { Fn, TerraformVariable, Token } from "cdktf";
import { Construct } from "constructs";

/**
 * The variable `health_check_grace_seconds`. Tasks that are started before the stack `security-group-rules` answer no
 * health check, and ECS must not give up on them meanwhile. Every later deployment wants a short time, or a release
 * that does not work is noticed late. So the long one is said by the command of the first deployment, for all services.
 */
export class HealthCheckGrace extends Construct {
  private readonly variable: TerraformVariable;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const name = "health_check_grace_seconds";
    this.variable = new TerraformVariable(this, `variable:${name}`, {
      type: "number",
      default: 0,
      nullable: false,
      description:
        "Seconds that tasks have at least before the load balancer's verdict counts: 600 where security-group-rules is yet to be deployed",
    });
    this.variable.addValidation({
      // CreateService API reference, "healthCheckGracePeriodSeconds".
      condition: `\${var.${name} >= 0 && var.${name} <= 2147483647 && floor(var.${name}) == var.${name}}`,
      errorMessage: "Give a whole number of seconds from 0 to 2147483647.",
    });
  }

  /** A service's grace period in seconds: its own, or the variable where that is longer. */
  of(seconds: number): number {
    return Token.asNumber(Fn.max([this.variable.numberValue, seconds]));
  }
}
