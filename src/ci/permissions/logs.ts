// CloudWatch Logs: log groups and how long they are kept. What stands in a log is read only where `verify` needs it.

import { needsProbe } from "../../model/connectivity";
import type { Environment } from "../../model/environment";
import { cacheLogGroup, databaseLogGroup } from "../../model/names/data-stores";
import {
  connectivityTask,
  databaseUserTask,
  execSessionsLogGroup,
  serviceLogGroup,
} from "../../model/names/services";
import { actions, type PermissionsOf, type Scope } from "../grant";

/** The log groups that the platform's own roles write into. */
function writtenGroups({ name, names, database, services }: Environment): string[] {
  return [
    ...Object.values(names.services).map(({ logGroup }) => logGroup),
    execSessionsLogGroup(names.cluster),
    names.flowLogs,
    ...(database?.applicationUser ? [databaseUserTask(name).logGroup] : []),
    ...(needsProbe(services) ? [connectivityTask(name).logGroup] : []),
  ];
}

/** A log group's ARN, without and with what stands for its streams: which one is asked for differs from call to call. */
function groupArns(group: string, { arn }: Pick<Scope, "arn">): string[] {
  return group.endsWith("*")
    ? [arn("logs", `log-group:${group}`)]
    : [arn("logs", `log-group:${group}`), arn("logs", `log-group:${group}:*`)];
}

/** The ARNs of what the platform's own roles write into: those in the environment's own folder by that, however many. */
export function writtenLogGroupArns(scope: Scope): string[] {
  const folder = serviceLogGroup(scope.environment.name, "");
  const groups = writtenGroups(scope.environment).map((group) =>
    group.startsWith(folder) ? `${folder}*` : group,
  );
  return [...new Set(groups)].flatMap((group) => groupArns(group, scope));
}

export const logs: PermissionsOf = (scope) => {
  const { environment, arn } = scope;
  const { name, names, database, cache, loadBalancer, monitoring, encryption } = environment;
  const groups = [
    ...writtenGroups(environment),
    ...(database ? [databaseLogGroup(names.database, "*")] : []),
    ...(loadBalancer?.waf ? [names.wafLogs] : []),
    ...(cache ? [cacheLogGroup(names.cache, "*")] : []),
  ];
  const resources = groups.flatMap((group) => groupArns(group, scope));
  const delivery = actions("logs", [
    "CreateLogDelivery",
    "DeleteLogDelivery",
    "GetLogDelivery",
    "ListLogDeliveries",
    "PutResourcePolicy",
    "UpdateLogDelivery",
  ]);
  return {
    grants: [
      {
        sid: "ReadLogGroups",
        access: "read",
        actions: actions("logs", ["DescribeLogGroups", "DescribeResourcePolicies"]),
        resources: ["*"],
      },
      {
        sid: "ReadOwnLogGroups",
        access: "read",
        actions: actions("logs", [...(monitoring ? ["DescribeMetricFilters"] : []), "ListTagsForResource"]),
        resources,
      },
      {
        sid: "OwnLogGroups",
        access: "write",
        actions: actions("logs", [
          ...(encryption.key === "aws-managed" ? [] : ["AssociateKmsKey", "DisassociateKmsKey"]),
          "CreateLogGroup",
          "DeleteLogGroup",
          // What the tasks that `verify` runs have found.
          "GetLogEvents",
          ...(monitoring ? ["DeleteMetricFilter", "PutMetricFilter"] : []),
          "PutRetentionPolicy",
          "TagResource",
          "UntagResource",
        ]),
        resources,
      },
      {
        // ElastiCache, WAF and the VPC have their logs delivered in the caller's name; IAM knows no resource for it: "Enabling
        // logging from AWS services", Amazon CloudWatch Logs user guide.
        sid: "DeliverLogs",
        access: "write",
        actions: delivery,
        resources: ["*"],
      },
    ],
    own: [`*/${name}`, ...groups].map((group) => arn("logs", `log-group:${group.replace(/\*?$/, "*")}`)),
  };
};
