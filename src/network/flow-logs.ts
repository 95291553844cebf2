// The VPC flow logs: who talked to whom, accepted or refused, so that the traffic rules can be checked against reality.

import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicy } from "@cdktf/provider-aws/lib/iam-role-policy";
import { Construct } from "constructs";
import { policyDocument, trustDocument } from "../iam/policy-document";
import { flowLogsRole } from "../model/names/network";
import { LogGroup } from "../observability/log-group";
import { accountIdOf } from "../terraform/account";

export interface FlowLogsProps {
  /** Base of the role's name. */
  readonly base: string;
  /** The AWS region, such as `us-east-1`. */
  readonly region: string;
  readonly vpcId: string;
  /** Name of the log group. */
  readonly logGroupName: string;
  /** Days that flow logs are kept. */
  readonly retentionDays: number;
  /**
   * The KMS key that the logs are encrypted with.
   *
   * @default - a key of CloudWatch Logs' own
   */
  readonly kmsKeyArn?: string | undefined;
}

/** Flow logs of all of a VPC's traffic in CloudWatch Logs, written by a role that can write nowhere else. */
export class FlowLogs extends Construct {
  constructor(scope: Construct, id: string, props: FlowLogsProps) {
    super(scope, id);
    const name = flowLogsRole(props.base);
    const logGroup = new LogGroup(this, "log-group", {
      resourceName: "flow-logs",
      name: props.logGroupName,
      retentionDays: props.retentionDays,
      kmsKeyArn: props.kmsKeyArn,
    });
    const accountId = accountIdOf(this);
    // Spelled out from what is known before the log group stands, so that a plan shows the whole policy.
    const logGroupArn = `arn:aws:logs:${props.region}:${accountId}:log-group:${props.logGroupName}`;
    const role = new IamRole(this, "role:flow-logs", {
      name,
      description: `Writes the flow logs of ${props.base}`,
      assumeRolePolicy: trustDocument({
        principal: { Service: "vpc-flow-logs.amazonaws.com" },
        // Without it, a flow log of another account could be made to write here ("confused deputy").
        conditions: { StringEquals: { "aws:SourceAccount": accountId } },
      }),
      tags: { Name: name },
    });
    const policy = new IamRolePolicy(this, "role-policy:flow-logs", {
      name: "write-flow-logs",
      role: role.name,
      policy: policyDocument([
        {
          actions: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
          resources: [logGroupArn, `${logGroupArn}:*`],
        },
      ]),
    });
    new FlowLog(this, "flow-log:vpc", {
      vpcId: props.vpcId,
      trafficType: "ALL",
      logDestinationType: "cloud-watch-logs",
      logDestination: logGroup.arn,
      iamRoleArn: role.arn,
      tags: { Name: name },
      dependsOn: [policy],
    });
  }
}
