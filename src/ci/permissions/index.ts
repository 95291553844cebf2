// Every service that CI has to do with. A new one is a file beside this, and a line here.
import type { PermissionsOf, Scope, ServicePermissions } from "../grant";
import { acm } from "./acm";
import { applicationAutoscaling } from "./application-autoscaling";
import { backup } from "./backup";
import { databaseRestartPermissions } from "./database-restart";
import { ec2 } from "./ec2";
import { ecs } from "./ecs";
import { elasticache } from "./elasticache";
import { elasticfilesystem } from "./elasticfilesystem";
import { elasticloadbalancing } from "./elasticloadbalancing";
import { iam } from "./iam";
import { kms } from "./kms";
import { logs } from "./logs";
import { monitoring } from "./monitoring";
import { own } from "./own";
import { preflight } from "./preflight";
import { rds } from "./rds";
import { route53 } from "./route53";
import { s3 } from "./s3";
import { schedulePermissions } from "./schedules";
import { secretsmanager } from "./secretsmanager";
import { servicediscovery } from "./servicediscovery";
import { sqs } from "./sqs";
import { ssm } from "./ssm";
import { state } from "./state";
import { wafv2 } from "./wafv2";

const SERVICES: readonly PermissionsOf[] = [
  state,
  ec2,
  ecs,
  elasticloadbalancing,
  wafv2,
  rds,
  elasticache,
  elasticfilesystem,
  applicationAutoscaling,
  sqs,
  secretsmanager,
  ssm,
  backup,
  logs,
  monitoring,
  databaseRestartPermissions,
  schedulePermissions,
  s3,
  acm,
  route53,
  servicediscovery,
  kms,
  iam,
  preflight,
  own,
];

/** Everything that CI may do in an environment, by service. */
export function permissionsOf(scope: Scope): ServicePermissions[] {
  return SERVICES.flatMap((service) => service(scope) ?? []);
}
