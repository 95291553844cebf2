// The boundary of the platform's own roles. The deploy role writes their policies: without a boundary on them it could give
// one of them anything at all, and run a task with it.

import type { Statement } from "../iam/document";
import { permissionShares } from "../model/permissions";
import type { Scope } from "./grant";
import { writtenLogGroupArns } from "./permissions/logs";
import { existingSecretArns, ownSecretArns } from "./permissions/secretsmanager";
import { backups, buckets, cache, files, managedPassword, ownKey, queues } from "./platform/data";
import { ownPermissions, parameters, publishedMetrics, restart, schedules, traces } from "./platform/work";
import { allow } from "./statements";

/** What the roles of an environment can have at most: what its tasks, its flow logs and its backups may need. */
export function platformBoundary(scope: Scope): Statement[] {
  return [
    allow(
      "WriteLogs",
      ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
      writtenLogGroupArns(scope),
    ),
    // For these, IAM knows no resource.
    allow(
      "LogInAndOpenSessions",
      [
        "ecr:GetAuthorizationToken",
        "logs:DescribeLogGroups",
        "ssmmessages:CreateControlChannel",
        "ssmmessages:CreateDataChannel",
        "ssmmessages:OpenControlChannel",
        "ssmmessages:OpenDataChannel",
      ],
      ["*"],
    ),
    allow(
      "PullImages",
      ["ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
      ["arn:aws:ecr:*:*:repository/*"],
    ),
    allow(
      "ReadSecrets",
      ["secretsmanager:GetSecretValue"],
      [...ownSecretArns(scope), ...existingSecretArns(scope)],
    ),
    ...parameters(scope),
    ...managedPassword(scope),
    ...restart(scope),
    ...schedules(scope),
    ...cache(scope),
    ...files(scope),
    ...queues(scope),
    ...traces(scope),
    ...buckets(scope),
    ...publishedMetrics(scope),
    ...ownKey(scope),
    ...backups(scope),
    ...ownPermissions(scope),
  ];
}

/** What to do where the boundary is too long because of services' own permissions; `undefined` where there are none. */
export function boundaryRemedy({ services }: Scope["environment"]): string | undefined {
  const shares = permissionShares(services);
  return shares === ""
    ? undefined
    : `Shorten the permissions of services (characters: ${shares}): fewer resources by a * at the end of an ARN, fewer actions; or give the ` +
        "environment shorter names, or names that begin with its own.";
}
