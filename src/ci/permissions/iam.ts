// IAM: the platform's roles, which can never have more than their boundary allows, whatever is attached to them.

import { BACKUP_POLICY } from "../../backup/backup-plan";
import { restartedServices } from "../../model/database-login";
import type { Environment } from "../../model/environment";
import { ciNames } from "../../model/names/ci";
import { databaseRestart } from "../../model/names/data-stores";
import { executionRole, scheduleRole, scheduleStarter, taskRole } from "../../model/names/services";
import { wantedNames } from "../../model/names/wanted";
import { schedulesOf } from "../../model/schedules";
import { actions, type Grant, type PermissionsOf, type Scope } from "../grant";

const MANAGED_POLICIES = ["AttachRolePolicy", "DetachRolePolicy"];
const ROLES = ["CreateRole", "DeleteRolePolicy", "PutRolePermissionsBoundary", "PutRolePolicy"];

/** What makes a role able to do more, or become one that does: only with the boundary on it, now and afterwards. */
export const BOUNDED = [...MANAGED_POLICIES, ...ROLES];

export const iam: PermissionsOf = ({ environment, account }) => {
  const { backup, names } = environment;
  const role = (name: string) => `arn:aws:iam::${account}:role/${name}`;
  const backupRoles = backup ? [role(names.backup)] : [];
  const own = wantedNames(environment, account)["IAM role"].map(role);
  const scheduled = schedulesOf(environment.services);
  const byPattern = [
    ...Object.values(names.services).flatMap(({ executionRole, taskRole }) => [
      role(executionRole),
      role(taskRole),
    ]),
    ...scheduled.map(({ service }) => role(scheduleRole(environment.name, service))),
    role(scheduleStarter(environment.name)),
  ];
  // One pattern for both: the boundary has to fit into one policy.
  const restartRoles =
    restartedServices(environment).length > 0 ? [role(`${databaseRestart(environment.name)}*`)] : [];
  const roles = {
    // Each by its name, not by a tag: "Grant a user permissions to pass a role to an AWS service", IAM user guide, says that
    // tags do not work reliably for passing a role.
    resources: own,
    boundaryResources: [
      role(executionRole(environment.name, "*")),
      role(taskRole(environment.name, "*")),
      ...restartRoles,
      ...own.filter((arn) => !byPattern.includes(arn)),
    ],
  };
  const boundary = { "iam:PermissionsBoundary": platformBoundaryArn({ environment, account }) };
  const backupPolicy: Grant = {
    sid: "BackupPolicy",
    access: "write",
    actions: actions("iam", MANAGED_POLICIES),
    resources: backupRoles,
    conditions: { StringEquals: { ...boundary, "iam:PolicyARN": BACKUP_POLICY } },
    boundaryResources: roles.boundaryResources,
    boundaryConditions: {},
  };
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
        actions: actions("iam", ROLES),
        ...roles,
        conditions: { StringEquals: boundary },
        // Said there for every role, by a denial.
        boundaryConditions: {},
      },
      ...(backup ? [backupPolicy] : []),
      {
        sid: "OwnRoles",
        access: "write",
        actions: actions("iam", [
          "DeleteRole",
          "TagRole",
          "UntagRole",
          "UpdateAssumeRolePolicy",
          "UpdateRole",
        ]),
        ...roles,
      },
      {
        sid: "PassRoles",
        access: "write",
        actions: ["iam:PassRole"],
        ...roles,
        conditions: { StringEquals: { "iam:PassedToService": passedTo(environment) } },
        // Bounded themselves.
        boundaryConditions: {},
      },
      {
        sid: "ServiceLinkedRoles",
        access: "write",
        actions: ["iam:CreateServiceLinkedRole"],
        resources: [role("aws-service-role/*")],
        conditions: { StringEquals: { "iam:AWSServiceName": serviceLinked(environment) } },
        // What such a role may do, and for whom, is AWS's.
        boundaryConditions: {},
      },
    ],
  };
};

/** The services that the platform's roles are for. */
function passedTo(environment: Environment): string[] {
  const { backup } = environment;
  const restarts = restartedServices(environment).length > 0;
  const scheduled = schedulesOf(environment.services).length > 0;
  return [
    "ecs-tasks.amazonaws.com",
    "vpc-flow-logs.amazonaws.com",
    ...(restarts ? ["events.amazonaws.com"] : []),
    ...(scheduled ? ["scheduler.amazonaws.com"] : []),
    ...(restarts || scheduled ? ["states.amazonaws.com"] : []),
    ...(backup ? ["backup.amazonaws.com"] : []),
  ];
}

/** The services whose own role is made in the caller's name, by the first thing of theirs in an account. */
function serviceLinked(environment: Environment): string[] {
  const { services, loadBalancer, database, cache, fileSystems, backup } = environment;
  const files = Object.values(fileSystems);
  const scaled = Object.values(services).some(({ autoscaling }) => autoscaling);
  return [
    "ecs.amazonaws.com",
    ...(scaled ? ["ecs.application-autoscaling.amazonaws.com"] : []),
    ...(loadBalancer ? ["elasticloadbalancing.amazonaws.com"] : []),
    ...(database ? ["rds.amazonaws.com"] : []),
    ...(cache ? ["elasticache.amazonaws.com"] : []),
    ...(files.length > 0 ? ["elasticfilesystem.amazonaws.com"] : []),
    ...(backup || files.some((one) => one.backup) ? ["backup.amazonaws.com"] : []),
  ];
}

/** The policy that bounds the platform's roles. */
export function platformBoundaryArn({
  account,
  environment,
}: Pick<Scope, "account" | "environment">): string {
  return `arn:aws:iam::${account}:policy/${ciNames(environment.name).platformBoundary}`;
}
