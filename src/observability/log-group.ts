// A log group with a retention: every log of the platform is one, so that none is kept for ever by accident.
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { Construct } from "constructs";

export interface LogGroupProps {
  /**
   * What it is called in Terraform, such as `flow-logs`.
   *
   * @default - the construct's own id
   */
  readonly resourceName?: string;
  /** The log group's name, such as `/ecs/lightwave-django-prod`. */
  readonly name: string;
  /** Days that log events are kept, one of the periods that CloudWatch Logs has. */
  readonly retentionDays: number;
  /**
   * The KMS key that it is encrypted with; its policy must name CloudWatch Logs.
   *
   * @default - a key of CloudWatch Logs' own
   */
  readonly kmsKeyArn?: string | undefined;
}

/** A log group in CloudWatch Logs, encrypted. */
export class LogGroup extends Construct {
  readonly name: string;
  /** The group itself, without the `:*` that stands for its streams in a policy. */
  readonly arn: string;

  constructor(
    scope: Construct,
    id: string,
    { resourceName = id, name, retentionDays, kmsKeyArn }: LogGroupProps,
  ) {
    super(scope, id);
    const group = new CloudwatchLogGroup(this, `log-group:${resourceName}`, {
      name,
      retentionInDays: retentionDays,
      ...(kmsKeyArn !== undefined && { kmsKeyId: kmsKeyArn }),
      tags: { Name: name },
    });
    this.name = group.name;
    this.arn = group.arn;
  }
}
