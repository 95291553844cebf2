// Flow logs see all traffic, and their role can write to their own log group only.
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { FlowLog } from "@cdktf/provider-aws/lib/flow-log";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { Testing } from "cdktf";
import { FlowLogs } from "../../src/network/flow-logs";
import { statementsIn } from "../support/policy-document";
import { synthScope } from "../support/synth-scope";

Testing.setupJest();

describe("FlowLogs", () => {
  const config = synthScope((scope) => {
    new FlowLogs(scope, "flow-logs", {
      base: "shop",
      region: "us-east-1",
      vpcId: "vpc-1",
      logGroupName: "/vpc/shop/flow-logs",
      retentionDays: 365,
    });
  });
  const { resource } = JSON.parse(config);
  const [group] = Object.keys(resource.aws_cloudwatch_log_group);
  const [role] = Object.keys(resource.aws_iam_role);
  const [policy] = Object.keys(resource.aws_iam_role_policy);
  const accountId = "${data.aws_caller_identity.current.account_id}";

  it("record accepted and refused traffic in a log group of their own", () => {
    expect(config).toHaveResourceWithProperties(CloudwatchLogGroup, {
      name: "/vpc/shop/flow-logs",
      retention_in_days: 365,
    });
    expect(config).toHaveResourceWithProperties(FlowLog, {
      vpc_id: "vpc-1",
      traffic_type: "ALL",
      log_destination_type: "cloud-watch-logs",
      log_destination: `\${aws_cloudwatch_log_group.${group}.arn}`,
      iam_role_arn: `\${aws_iam_role.${role}.arn}`,
      depends_on: [`aws_iam_role_policy.${policy}`],
    });
  });

  it("use a role that flow logs of this account alone may take", () => {
    expect(config).toHaveResourceWithProperties(IamRole, { name: "shop-flow-logs" });
    expect(statementsIn(resource.aws_iam_role[role ?? ""].assume_role_policy)).toEqual([
      {
        Effect: "Allow",
        Principal: { Service: "vpc-flow-logs.amazonaws.com" },
        Action: "sts:AssumeRole",
        Condition: { StringEquals: { "aws:SourceAccount": accountId } },
      },
    ]);
  });

  it("may write to their log group and nowhere else", () => {
    const arn = `arn:aws:logs:us-east-1:${accountId}:log-group:/vpc/shop/flow-logs`;
    expect(statementsIn(resource.aws_iam_role_policy[policy ?? ""].policy)).toEqual([
      {
        Effect: "Allow",
        Action: ["logs:CreateLogStream", "logs:DescribeLogStreams", "logs:PutLogEvents"],
        Resource: [arn, `${arn}:*`],
      },
    ]);
    expect(resource).not.toHaveProperty("aws_iam_role_policy_attachment");
  });
});
