// What tflint finds in the output, with all rules of its Terraform ruleset, and stays.
import type { Accepted, Scanned } from "./accepted";

type Row = Omit<Accepted, "scanner">;

const ROWS: readonly Row[] = [
  ...["ingress", "egress"].map(
    (direction): Row => ({
      check: "terraform_naming_convention",
      asks: "names in snake_case",
      addresses: `aws_vpc_security_group_${direction}_rule`,
      reason: "it is the ID of the flow, by which the commands know it",
      where: ({ address }: Scanned) => address.includes("-"),
    }),
  ),
  {
    check: "terraform_standard_module_structure",
    asks: "a file main.tf",
    addresses: "main.tf",
    reason: "blocks stand in files by topic, and CDKTF's command looks for cdk.tf",
  },
  {
    check: "terraform_standard_module_structure",
    asks: "a file variables.tf",
    addresses: "variables.tf",
    reason: "a stack without variables has no file for them",
  },
];

export const TFLINT: readonly Accepted[] = ROWS.map((row) => ({ scanner: "tflint", ...row }));
