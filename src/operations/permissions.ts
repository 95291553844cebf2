// The smallest IAM policy of each command; docs/operations.md shows them, and e2e compares them with the calls made.

/** Every API call that a command makes, as IAM names it, in alphabetical order. Each command also asks who it is. */
export const PERMISSIONS = {
  "contain block-ip": [
    "ec2:CreateNetworkAclEntry",
    "ec2:DescribeNetworkAcls",
    "ec2:DescribeVpcs",
    "sts:GetCallerIdentity",
  ],
  "contain changes": [
    "cloudtrail:LookupEvents",
    "ec2:DescribeSecurityGroups",
    "ec2:DescribeVpcs",
    "sts:GetCallerIdentity",
  ],
  "contain logs": ["logs:FilterLogEvents", "sts:GetCallerIdentity"],
  "contain scale-down": [
    "application-autoscaling:DescribeScalableTargets",
    "application-autoscaling:RegisterScalableTarget",
    "ecs:DescribeServices",
    "ecs:UpdateService",
    "sts:GetCallerIdentity",
  ],
  "contain undo": [
    "application-autoscaling:DescribeScalableTargets",
    "application-autoscaling:RegisterScalableTarget",
    "ec2:DeleteNetworkAclEntry",
    "ec2:DescribeNetworkAcls",
    "ecs:DescribeServices",
    "ecs:UpdateService",
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
} as const satisfies Readonly<Record<string, readonly string[]>>;
