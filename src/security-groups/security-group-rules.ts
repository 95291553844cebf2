// The rules between deployed security groups, as code: what teams otherwise add by hand after a deployment.
import { Construct } from "constructs";
import type { SecurityGroupRule } from "../model/traffic/rules";
import type { TrafficMatrix } from "../model/traffic/traffic-matrix";
import { GroupRule } from "./group-rule";

export interface SecurityGroupRulesProps {
  readonly matrix: TrafficMatrix;
  /** IDs of the deployed groups, by group. */
  readonly groupIds: ReadonlyMap<string, string>;
}

/** Every rule of the matrix that the stack of the groups does not hold itself, one resource a rule. */
export class SecurityGroupRules extends Construct {
  private readonly others: readonly SecurityGroupRule[];

  constructor(scope: Construct, id: string, { matrix, groupIds }: SecurityGroupRulesProps) {
    super(scope, id);
    const rules = matrix.rules();
    for (const rule of rules.filter(({ holder }) => holder === "security-group-rules")) {
      new GroupRule(this, { rule, groupIds });
    }
    this.others = rules.filter(({ holder }) => holder !== "security-group-rules");
  }

  /** The rules that let traffic into a group and that the stack of the groups holds. */
  heldElsewhere(group: string): SecurityGroupRule[] {
    return this.others.filter((rule) => rule.direction === "ingress" && rule.group === group);
  }
}
