// The platform's security groups, and the rules that join them to addresses outside; rules between groups live elsewhere.
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import type { Model } from "../model/model";
import { ruleId } from "../model/traffic/rules";
import { groupIdOf } from "./group-id";
import { GroupRule } from "./group-rule";

export interface SecurityGroupsProps {
  /** Who gets a group, and what may talk to what. */
  readonly model: Pick<Model, "members" | "traffic">;
  /** The VPC's ID. */
  readonly vpcId: string;
}

/** One security group for each member, without inline rules. */
export class SecurityGroups extends Construct {
  /** IDs by member: `alb`, the services, `postgres`, `redis`, `endpoints`, and what a team's own code declares. */
  readonly ids: ReadonlyMap<string, string>;
  /** IDs of the rules that let users in, by rule. */
  readonly entranceRuleIds: ReadonlyMap<string, string>;

  constructor(scope: Construct, id: string, { model, vpcId }: SecurityGroupsProps) {
    super(scope, id);
    this.ids = new Map(
      model.members.all.map(({ key, groupName: name }) => {
        const securityGroup = new SecurityGroup(this, key, {
          name,
          description: `${name}, managed by Terraform`,
          vpcId,
          tags: { Name: name },
          // EC2 refuses to delete a group that another group's rule names. Should the groups be destroyed while the
          // rules stack still stands, each group takes its own rules with it, and so frees the others.
          revokeRulesOnDelete: true,
          // EC2 cannot change them, and replaces no group that is in use. So a group that is renamed keeps what it was made
          // with, and gets another Name tag, by which all who look for it find it.
          lifecycle: { ignoreChanges: ["name", "description"] },
        });
        return [key, securityGroup.id];
      }),
    );
    const rules = model.traffic.rules().filter(({ holder }) => holder === "django");
    const made = rules.map((rule) => ({
      rule,
      id: new GroupRule(this, { rule, groupIds: this.ids }).ruleId,
    }));
    this.entranceRuleIds = new Map(
      made.flatMap(({ rule, id }) => (rule.direction === "ingress" ? [[ruleId(rule), id] as const] : [])),
    );
  }

  /** The ID of one group. Throws where the platform has no such member. */
  idOf(group: string): string {
    return groupIdOf(this.ids, group);
  }
}
