// The smallest IAM policy of each command; docs/operations.md shows them, and e2e compares them with the calls made.

/** Every API call that a command makes, as IAM names it, in alphabetical order. Each command also asks who it is. */
export const PERMISSIONS = {
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
  verify: [
    "ec2:DescribeSecurityGroupRules",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeVpcs",
    "ec2:GetManagedPrefixListEntries",
    "ecs:DescribeServices",
    "ecs:DescribeTaskDefinition",
    "ecs:DescribeTasks",
    "ecs:RunTask",
    "ecs:StopTask",
    "elasticache:DescribeCacheClusters",
    "elasticache:DescribeReplicationGroups",
    "elasticloadbalancing:DescribeListeners",
    "elasticloadbalancing:DescribeLoadBalancers",
    "elasticloadbalancing:DescribeTargetGroups",
    "elasticloadbalancing:DescribeTargetHealth",
    "logs:GetLogEvents",
    "rds:DescribeDBInstances",
    "sts:GetCallerIdentity",
  ],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/** What IAM asks for besides, without a call of that name: "Service Authorization Reference", dependent actions. */
export const PERMISSIONS_WITHOUT_CALL: Readonly<Record<string, readonly string[]>> = {
  // RunTask hands the roles of the task definition on.
  verify: ["iam:PassRole"],
};
