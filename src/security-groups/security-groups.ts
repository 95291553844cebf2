// The platform's security groups, and the rules that join them to addresses outside; rules between groups live elsewhere.
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Construct } from "constructs";
import type { TrafficMatrix } from "../model/traffic/traffic-matrix";
import { GroupRule } from "./group-rule";

export interface SecurityGroupsProps {
  /** Name tag of each group. */
  readonly names: Readonly<Record<string, string>>;
  /** What may talk to what: its groups become security groups. */
  readonly matrix: TrafficMatrix;
  /** The VPC's ID. */
  readonly vpcId: string;
}

/** One security group for each group of the matrix, without inline rules. */
export class SecurityGroups extends Construct {
  /** IDs by group: `alb`, the services, `postgres`, `redis`, `endpoints`. */
  readonly ids: ReadonlyMap<string, string>;

  constructor(scope: Construct, id: string, { names, matrix, vpcId }: SecurityGroupsProps) {
    super(scope, id);
    this.ids = new Map(
      matrix.groups.map((group) => {
        const name = names[group] ?? group;
        const securityGroup = new SecurityGroup(this, group, {
          name,
          description: `${name}, managed by Terraform`,
          vpcId,
          tags: { Name: name },
          // EC2 refuses to delete a group that another group's rule names. Should the groups be destroyed while the
          // rules stack still stands, each group takes its own rules with it, and so frees the others.
          revokeRulesOnDelete: true,
        });
        securityGroup.overrideLogicalId(group);
        return [group, securityGroup.id];
      }),
    );
    for (const rule of matrix.rules().filter(({ holder }) => holder === "django")) {
      new GroupRule(this, { rule, groupIds: this.ids });
    }
  }

  /** The ID of one group. Throws where the matrix has no such group. */
  idOf(group: string): string {
    const id = this.ids.get(group);
    if (id === undefined) {
      throw new Error(`There is no security group "${group}"; there are ${[...this.ids.keys()].join(", ")}.`);
    }
    return id;
  }
}
