// Where the rules stack keeps a rule in Terraform's state.
import { ruleId, type SecurityGroupRule } from "../../model/traffic/rules";

/** For example `aws_vpc_security_group_ingress_rule.postgres-from-django-5432-tcp`. */
export function ruleAddress(rule: Pick<SecurityGroupRule, "direction" | "group" | "peer" | "port">): string {
  return `aws_vpc_security_group_${rule.direction}_rule.${ruleId(rule)}`;
}
