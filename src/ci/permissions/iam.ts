// IAM: the platform's roles, which can never have more than their boundary allows, whatever is attached to them.
import { ciNames } from "../../config/ci";
import { actions, type PermissionsOf, type Scope } from "../grant";

/** The services whose own role is made in the caller's name, by the first thing of theirs in an account. */
const SERVICE_LINKED = [
  "ecs.amazonaws.com",
  "ecs.application-autoscaling.amazonaws.com",
  "elasticache.amazonaws.com",
  "elasticloadbalancing.amazonaws.com",
  "rds.amazonaws.com",
];

export const iam: PermissionsOf = ({ environment, account }) => {
  // The services that the platform's roles are for.
  const passedTo = [
    "ecs-tasks.amazonaws.com",
    "vpc-flow-logs.amazonaws.com",
    ...(environment.backup ? ["backup.amazonaws.com"] : []),
  ];
  const roles = [`arn:aws:iam::${account}:role/${environment.name}-*`];
  const boundary = platformBoundaryArn({ environment, account });
  /** What makes a role able to do more, or become one that does: only with the boundary on it, now and afterwards. */
  const bounded = actions("iam", [
    "CreateRole",
    "DeleteRolePolicy",
    "PutRolePermissionsBoundary",
    "PutRolePolicy",
    // The role of AWS Backup has a policy of AWS's.
    ...(environment.backup ? ["AttachRolePolicy", "DetachRolePolicy"] : []),
  ]);
  const unbounded = actions("iam", [
    "DeleteRole",
    "TagRole",
    "UntagRole",
    "UpdateAssumeRolePolicy",
    "UpdateRole",
  ]);
  return {
    grants: [
      {
        sid: "ReadRoles",
        access: "read",
        actions: actions("iam", [
          "GetRole",
          "GetRolePolicy",
          "ListAttachedRolePolicies",
          "ListInstanceProfilesForRole",
          "ListRolePolicies",
        ]),
        resources: roles,
      },
      {
        sid: "BoundedRoles",
        access: "write",
        actions: bounded,
        resources: roles,
        conditions: { StringEquals: { "iam:PermissionsBoundary": boundary } },
      },
      { sid: "OwnRoles", access: "write", actions: unbounded, resources: roles },
      {
        sid: "PassRoles",
        access: "write",
        actions: ["iam:PassRole"],
        resources: roles,
        conditions: { StringEquals: { "iam:PassedToService": passedTo } },
        // Bounded themselves.
        looseInBoundary: true,
      },
      {
        sid: "ServiceLinkedRoles",
        access: "write",
        actions: ["iam:CreateServiceLinkedRole"],
        resources: [`arn:aws:iam::${account}:role/aws-service-role/*`],
        conditions: { StringEquals: { "iam:AWSServiceName": SERVICE_LINKED } },
        // What such a role may do, and for whom, is AWS's.
        looseInBoundary: true,
      },
    ],
  };
};

/** The policy that bounds the platform's roles. */
export function platformBoundaryArn({
  account,
  environment,
}: Pick<Scope, "account" | "environment">): string {
  return `arn:aws:iam::${account}:policy/${ciNames(environment.name).platformBoundary}`;
}
