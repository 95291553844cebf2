// Restarts services after a change of the database's password: a state machine, what starts it, and their two roles. There is
// no code of ours in it that would have to be run and patched.
import { CloudwatchEventRule } from "@cdktf/provider-aws/lib/cloudwatch-event-rule";
import { CloudwatchEventTarget } from "@cdktf/provider-aws/lib/cloudwatch-event-target";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { SfnStateMachine } from "@cdktf/provider-aws/lib/sfn-state-machine";
import { Fn } from "cdktf";
import { Construct } from "constructs";
import type { RoleStatement } from "../../iam/document";
import { policyDocument, trustDocument } from "../../iam/policy-document";
import { databaseRestart, databaseRestartRules, databaseRestartStarter } from "../../model/names/data-stores";
import { DATABASE_RESTART_RESOURCE } from "../../model/names/terraform";
import { accountIdOf } from "../../terraform/account";
import { restartDefinition } from "./definition";

export interface ServiceRestartProps {
  /** The environment's name: the base of all names here. */
  readonly base: string;
  readonly region: string;
  /** The secret whose changes count. */
  readonly secretArn: string;
  readonly clusterName: string;
  /** The names of the services in ECS. */
  readonly serviceNames: readonly string[];
  /** When to look, as a schedule of EventBridge's. */
  readonly schedule: string;
}

/**
 * A state machine that gives each service new tasks where the secret has changed since its last deployment. A schedule
 * starts it; the rotation's own event, which comes through a trail where the account has one, only starts it sooner.
 */
export class ServiceRestart extends Construct {
  /** The state machine's ARN: what its metrics are counted by. */
  readonly arn: string;

  constructor(scope: Construct, id: string, props: ServiceRestartProps) {
    super(scope, id);
    const { base, region, secretArn, clusterName, serviceNames, schedule } = props;
    const name = databaseRestart(base);
    const accountId = accountIdOf(this);
    // Spelled out from what is known before: the role must stand before the machine.
    const arn = `arn:aws:states:${region}:${accountId}:stateMachine:${name}`;
    const { role, permissions } = this.role("restart", {
      name,
      description: `Restarts services of ${base} after a change of the database's password`,
      service: "states.amazonaws.com",
      accountId,
      statements: [
        {
          // When it changed, never what it is.
          sid: "SeeWhenPasswordChanged",
          actions: ["secretsmanager:DescribeSecret", "secretsmanager:ListSecretVersionIds"],
          resources: [secretArn],
        },
        {
          sid: "RestartServices",
          actions: ["ecs:DescribeServices", "ecs:UpdateService"],
          resources: serviceNames.map(
            (service) => `arn:aws:ecs:${region}:${accountId}:service/${clusterName}/${service}`,
          ),
        },
      ],
    });
    const machine = new SfnStateMachine(this, `machine:${DATABASE_RESTART_RESOURCE}`, {
      name,
      roleArn: role.arn,
      definition: Fn.jsonencode(restartDefinition({ secretArn, clusterName, serviceNames })),
      tags: { Name: name },
      dependsOn: [permissions],
    });
    this.arn = machine.arn;

    const starter = this.role("restart-start", {
      name: databaseRestartStarter(base),
      description: `Starts ${name}`,
      service: "events.amazonaws.com",
      accountId,
      statements: [{ sid: "StartRestart", actions: ["states:StartExecution"], resources: [arn] }],
    });
    const rules = databaseRestartRules(base);
    this.rule("database-restart", starter.role.arn, {
      name: rules.schedule,
      description: "Looks whether the database's password has changed",
      scheduleExpression: schedule,
    });
    this.rule("database-rotated", starter.role.arn, {
      name: rules.rotation,
      description: "The database's password has been rotated",
      eventPattern: Fn.jsonencode({
        source: ["aws.secretsmanager"],
        "detail-type": ["AWS Service Event via CloudTrail"],
        detail: {
          eventName: ["RotationSucceeded"],
          additionalEventData: { SecretId: [secretArn] },
        },
      }),
    });
  }

  private role(
    id: string,
    props: {
      readonly name: string;
      readonly description: string;
      readonly service: string;
      readonly accountId: string;
      readonly statements: readonly RoleStatement[];
    },
  ) {
    const { name, description, service, accountId, statements } = props;
    const role = new IamRole(this, `role:database-${id}`, {
      name,
      description,
      assumeRolePolicy: trustDocument({
        principal: { Service: service },
        // Without it, another account's resource could be made to use the role ("confused deputy").
        conditions: { StringEquals: { "aws:SourceAccount": accountId } },
      }),
      tags: { Name: name },
    });
    const permissions = new IamRolePolicy(this, `policy:database-${id}`, {
      name: id,
      role: role.name,
      policy: policyDocument(statements),
    });
    return { role, permissions };
  }

  private rule(
    resourceName: string,
    roleArn: string,
    props: { readonly name: string; readonly description: string } & (
      | { readonly scheduleExpression: string }
      | { readonly eventPattern: string }
    ),
  ): void {
    const rule = new CloudwatchEventRule(this, `rule:${resourceName}`, {
      ...props,
      tags: { Name: props.name },
    });
    new CloudwatchEventTarget(this, `target:${resourceName}`, {
      rule: rule.name,
      targetId: "restart",
      arn: this.arn,
      roleArn,
    });
  }
}
