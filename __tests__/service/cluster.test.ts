// The cluster: insights, capacity providers, and where ECS Exec's transcripts go.
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsCluster } from "@cdktf/provider-aws/lib/ecs-cluster";
import { EcsClusterCapacityProviders } from "@cdktf/provider-aws/lib/ecs-cluster-capacity-providers";
import { Testing } from "cdktf";
import { Cluster } from "../../src/service/cluster";
import { synthScope } from "../support/synth-scope";
import { resource } from "./fixtures";

Testing.setupJest();

describe("Cluster", () => {
  const synth = synthScope((scope) => {
    new Cluster(scope, "cluster", { name: "lightwave-prod" });
  });

  it("has its name and Container Insights", () => {
    expect(synth).toHaveResourceWithProperties(EcsCluster, {
      name: "lightwave-prod",
      setting: [{ name: "containerInsights", value: "enhanced" }],
    });
  });

  it("offers Fargate and Fargate Spot, and runs on Fargate what does not choose", () => {
    expect(synth).toHaveResourceWithProperties(EcsClusterCapacityProviders, {
      cluster_name: "${aws_ecs_cluster.cluster.name}",
      capacity_providers: ["FARGATE", "FARGATE_SPOT"],
      default_capacity_provider_strategy: [{ capacity_provider: "FARGATE", weight: 1 }],
    });
  });

  it("keeps transcripts of ECS Exec sessions for a year", () => {
    expect(synth).toHaveResourceWithProperties(CloudwatchLogGroup, {
      name: "/ecs/lightwave-prod/exec-sessions",
      retention_in_days: 365,
    });
    expect(resource(synth, "aws_ecs_cluster", "cluster").configuration).toEqual({
      execute_command_configuration: {
        logging: "OVERRIDE",
        log_configuration: {
          cloud_watch_log_group_name: expect.stringMatching(/^\$\{aws_cloudwatch_log_group\..*\.name\}$/),
        },
      },
    });
  });
});
