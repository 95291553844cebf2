// The target group of one service: its tasks as the load balancer sees them, where they are and which of them are well.
import { LbTargetGroup } from "@cdktf/provider-aws/lib/lb-target-group";
import { Construct } from "constructs";
import { DEREGISTRATION_DELAY_SECONDS } from "../model/services";
import { targetHealthOf } from "../model/target-health";
import type { Service } from "../schema/service";
import { explain } from "../terraform/notes";

export interface TargetGroupProps
  extends Pick<
    Service,
    "healthCheckPath" | "targetHealthCheck" | "stickySessions" | "deregistrationDelaySeconds"
  > {
  /** What it is called in Terraform: the service's key. */
  readonly resourceName: string;
  /** The target group's name, 32 characters at most. */
  readonly name: string;
  readonly vpcId: string;
  /** The port that the containers listen on. */
  readonly port: number;
  /** What the load balancer speaks with them, also to ask for their health. Default: "HTTP". */
  readonly targetProtocol?: Service["targetProtocol"];
}

/** A target group of IP addresses, which is how Fargate registers tasks. */
export class TargetGroup extends Construct {
  readonly arn: string;
  /** What CloudWatch's `TargetGroup` dimension calls it. */
  readonly arnSuffix: string;

  constructor(scope: Construct, id: string, props: TargetGroupProps) {
    super(scope, id);
    const {
      resourceName,
      name,
      vpcId,
      port,
      targetProtocol = "HTTP",
      healthCheckPath,
      stickySessions,
    } = props;
    const health = targetHealthOf(props);
    const { deregistrationDelaySeconds = DEREGISTRATION_DELAY_SECONDS } = props;
    const group = new LbTargetGroup(this, `target-group:${resourceName}`, {
      name,
      vpcId,
      targetType: "ip",
      protocol: targetProtocol,
      port,
      deregistrationDelay: String(deregistrationDelaySeconds),
      healthCheck: {
        enabled: true,
        protocol: targetProtocol,
        port: health.port === undefined ? "traffic-port" : String(health.port),
        path: healthCheckPath,
        matcher: health.successCodes,
        interval: health.intervalSeconds,
        timeout: health.timeoutSeconds,
        healthyThreshold: health.healthyThreshold,
        unhealthyThreshold: health.unhealthyThreshold,
      },
      // Said in any case: the provider keeps what it has once been told where nothing is said.
      stickiness: stickySessions
        ? { enabled: true, type: "lb_cookie", cookieDuration: stickySessions.durationSeconds }
        : { enabled: false, type: "lb_cookie" },
      tags: { Name: name },
      lifecycle: { createBeforeDestroy: true, ignoreChanges: ["port"] },
    });
    explain(
      group,
      "A group in use cannot be deleted, so a renamed one has to stand before the old one goes. Another port would also replace " +
        "it, but under the same name, which cannot stand twice; yet the port is only a default, and ECS registers each task with " +
        "its own. So a change of port leaves the group as it is.",
    );
    this.arn = group.arn;
    this.arnSuffix = group.arnSuffix;
  }
}
