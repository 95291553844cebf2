// A log group is kept for the days that it was given, and tells its name and ARN.
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { TerraformOutput, Testing } from "cdktf";
import { LogGroup } from "../../src/observability/log-group";
import { synthScope } from "../support/synth-scope";

Testing.setupJest();

describe("LogGroup", () => {
  const config = synthScope((scope) => {
    const { name, arn } = new LogGroup(scope, "logs", {
      resourceName: "web",
      name: "/ecs/shop",
      retentionDays: 30,
    });
    new TerraformOutput(scope, "where", { value: { name, arn } });
  });

  it("is kept for its days", () => {
    expect(config).toHaveResourceWithProperties(CloudwatchLogGroup, {
      name: "/ecs/shop",
      retention_in_days: 30,
      tags: { Name: "/ecs/shop" },
    });
  });

  it("tells its name and ARN by reference, so that whoever uses them waits for it", () => {
    const { output, resource } = JSON.parse(config);
    const [id] = Object.keys(resource.aws_cloudwatch_log_group);
    expect(output.where.value).toEqual({
      name: `\${aws_cloudwatch_log_group.${id}.name}`,
      arn: `\${aws_cloudwatch_log_group.${id}.arn}`,
    });
  });
});
