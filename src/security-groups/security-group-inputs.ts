// The deployed groups as a child module is told of them: their IDs, and the VPC's, as variables.
import { DataAwsSecurityGroups } from "@cdktf/provider-aws/lib/data-aws-security-groups";
import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import type { Members } from "../model/members";
import { Check } from "../terraform/check";
import { belongsIn, explain } from "../terraform/notes";

export interface SecurityGroupInputsProps {
  /** Whose groups are told. */
  readonly members: Members;
}

/**
 * The variables `vpc_id` and `security_group_ids`, named as the outputs of the stack that makes them; and checks that each group is
 * whose it is said to be, by its `Name` tag.
 *
 * A child module looks nothing up: on an empty account there is nothing to be found yet, and with `depends_on` a lookup is put off
 * to the apply, so that every rule would be planned to be replaced.
 */
export class SecurityGroupInputs extends Construct {
  /** IDs by member. */
  readonly ids: ReadonlyMap<string, string>;

  constructor(scope: Construct, id: string, { members }: SecurityGroupInputsProps) {
    super(scope, id);
    belongsIn(this, "checks");
    new TerraformVariable(this, "variable:vpc_id", {
      type: "string",
      nullable: false,
      description: "ID of the VPC that the groups are in",
    });
    const groups = new TerraformVariable(this, "variable:security_group_ids", {
      type: objectOf(members.all.map(({ key }) => key)),
      nullable: false,
      description: "IDs of the security groups, by group",
    });
    groups.addValidation({
      condition: "${length(distinct(values(var.security_group_ids))) == length(var.security_group_ids)}",
      errorMessage: "Give each group an ID of its own: two of them have the same.",
    });
    this.ids = new Map(
      members.all.map(({ key, groupName }) => {
        const groupId = `\${var.security_group_ids.${key}}`;
        // Of several, so that one which is not there is no error: not on an empty account, nor with a mock of Terragrunt's. The
        // provider says null, then.
        const found = new DataAwsSecurityGroups(this, `group:${key}`, {
          filter: [
            { name: "group-id", values: [groupId] },
            { name: "vpc-id", values: ["${var.vpc_id}"] },
            { name: "tag:Name", values: [groupName] },
          ],
        });
        const check = new Check(this, `check:${key}-group`, {
          assertions: [
            {
              condition: `\${try(length(${found.fqn}.ids), 0) == 1}`,
              errorMessage:
                `security_group_ids.${key} is not the group "${groupName}" of the VPC \${var.vpc_id}: its rules would let in whom ` +
                "they should not.",
            },
          ],
        });
        explain(check, `Whether the group that the caller gives as ${key} is the one called ${groupName}.`);
        return [key, groupId];
      }),
    );
  }
}

/** The type of an object of texts: Terraform says which one is missing. */
export function objectOf(keys: readonly string[]): string {
  return `object({ ${keys.map((key) => `${key} = string`).join(", ")} })`;
}
