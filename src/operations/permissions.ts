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
} as const satisfies Readonly<Record<string, readonly string[]>>;
