// The ECS cluster that an environment's services share.

import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsClusterCapacityProviders } from "@cdktf/provider-aws/lib/ecs-cluster-capacity-providers";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { execSessionsLogGroup } from "../model/names/services";
import { LogGroup } from "../observability/log-group";

/** A year: who did what in a container is asked about long after. */
const SESSION_LOG_RETENTION_DAYS = 365;

export interface ClusterProps {
  readonly name: string;
  /**
   * Days that transcripts of ECS Exec sessions are kept, one of CloudWatch Logs' retention periods.
   * @default 365
   */
  readonly sessionLogRetentionDays?: number;
  /**
   * The KMS key that the transcripts are encrypted with.
   * @default - a key of CloudWatch Logs' own
   */
  readonly kmsKeyArn?: string | undefined;
}

export class Cluster extends Construct {
  readonly arn: string;
  readonly name: string;
  /** The log group that takes the transcripts of ECS Exec sessions. */
  readonly sessionLogGroupArn: string;
  readonly sessionLogGroupName: string;
  /** FARGATE and FARGATE_SPOT; a service can use them only once they are there. */
  readonly capacityProviders: ITerraformDependable;

  constructor(scope: Construct, id: string, props: ClusterProps) {
    super(scope, id);
    const { name, sessionLogRetentionDays = SESSION_LOG_RETENTION_DAYS } = props;

    const sessions = new LogGroup(this, "sessions", {
      resourceName: "exec-sessions",
      name: execSessionsLogGroup(name),
      retentionDays: sessionLogRetentionDays,
      kmsKeyArn: props.kmsKeyArn,
    });
    const cluster = new EcsCluster(this, "cluster", {
      name,
      // Enhanced observability: metrics by task and container, not only by service. ECS developer guide,
      // "Monitor Amazon ECS containers using Container Insights with enhanced observability".
      setting: [{ name: "containerInsights", value: "enhanced" }],
      configuration: {
        executeCommandConfiguration: {
          logging: "OVERRIDE",
          logConfiguration: { cloudWatchLogGroupName: sessions.name },
        },
      },
      tags: { Name: name },
    });
    const capacityProviders = new EcsClusterCapacityProviders(this, "capacity-providers:cluster", {
      clusterName: cluster.name,
      capacityProviders: ["FARGATE", "FARGATE_SPOT"],
      // For tasks that name no strategy, such as those run by hand: a migration should not be interrupted.
      defaultCapacityProviderStrategy: [{ capacityProvider: "FARGATE", weight: 1 }],
    });

    this.arn = cluster.arn;
    this.name = cluster.name;
    this.sessionLogGroupArn = sessions.arn;
    this.sessionLogGroupName = sessions.name;
    this.capacityProviders = capacityProviders;
  }
}
