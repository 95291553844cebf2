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
  const role = (name: string) => `arn:aws:iam::${account}:role/${environment.name}-${name}`;
  const others = [role("flow-logs"), ...(environment.backup ? [role("backup")] : [])];
  const roles = {
    // Each by its name, not by a tag: "Grant a user permissions to pass a role to an AWS service", IAM user guide, says that
    // tags do not work reliably for passing a role.
    resources: [
      ...Object.keys(environment.services).flatMap((key) => [role(`${key}-execution`), role(`${key}-task`)]),
      ...others,
    ],
    boundaryResources: [role("*-execution"), role("*-task"), ...others],
  };
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
        ...roles,
      },
      {
        sid: "BoundedRoles",
        access: "write",
        actions: bounded,
        ...roles,
        conditions: { StringEquals: { "iam:PermissionsBoundary": boundary } },
      },
      { sid: "OwnRoles", access: "write", actions: unbounded, ...roles },
      {
        sid: "PassRoles",
        access: "write",
        actions: ["iam:PassRole"],
        ...roles,
        conditions: { StringEquals: { "iam:PassedToService": passedTo } },
        // Bounded themselves.
        boundaryConditions: {},
      },
      {
        sid: "ServiceLinkedRoles",
        access: "write",
        actions: ["iam:CreateServiceLinkedRole"],
        resources: [`arn:aws:iam::${account}:role/aws-service-role/*`],
        conditions: { StringEquals: { "iam:AWSServiceName": SERVICE_LINKED } },
        // What such a role may do, and for whom, is AWS's.
        boundaryConditions: {},
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
