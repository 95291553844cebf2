// The smallest IAM policy of each command; docs/operations.md shows them, and e2e compares them with the calls made.

/** Every API call that a command makes, as IAM names it, in alphabetical order. Each command also asks who it is. */
export const PERMISSIONS = {
  adopt: [
    "ec2:DescribeSecurityGroupRules",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeVpcs",
    "sts:GetCallerIdentity",
  ],
  discover: [
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeVpcs",
    "ecs:DescribeServices",
    "elasticache:DescribeCacheClusters",
    "elasticache:DescribeReplicationGroups",
    "elasticloadbalancing:DescribeLoadBalancers",
    "rds:DescribeDBInstances",
    "sts:GetCallerIdentity",
  ],
  rollback: [
    "ec2:DescribeSecurityGroupRules",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeVpcs",
    "sts:GetCallerIdentity",
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** Every API call that the Terraform which a command runs makes besides, for a state that is a local file. */
export const TERRAFORM_PERMISSIONS = {
  adopt: [],
  rollback: [
    "ec2:DescribeRouteTables",
    "ec2:DescribeSecurityGroupRules",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeVpcAttribute",
    "ec2:DescribeVpcs",
    "ec2:RevokeSecurityGroupEgress",
    "ec2:RevokeSecurityGroupIngress",
    "sts:GetCallerIdentity",
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;
