// A task that takes longer than it may is stopped, and what it logged is shown: an image whose entry point starts a server
// instead of the command would otherwise be waited for until the command's own time is up, and no answer be left.
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { ECSClient } from "@aws-sdk/client-ecs";
import { STSClient } from "@aws-sdk/client-sts";
import { AwsSession } from "../../../src/operations/aws/session";
import { runOnce } from "../../../src/operations/tasks/run-once";

const TASK = "arn:aws:ecs:eu-west-1:123456789012:task/shop/0f1e";

/** Answers each call of a client by its command's name, and notes it. */
function answering(answers: Readonly<Record<string, unknown>>, calls: string[] = []) {
  return async (...[command]: readonly unknown[]): Promise<unknown> => {
    const call: { constructor: { name: string }; input?: unknown } = Object(command);
    calls.push(`${call.constructor.name} ${JSON.stringify(call.input)}`);
    return answers[call.constructor.name] ?? {};
  };
}

afterEach(() => {
  jest.restoreAllMocks();
});

it("is stopped after the longest that it may take", async () => {
  const caller = { Account: "123456789012", Arn: "arn:aws:iam::123456789012:user/ann" };
  jest.spyOn(STSClient.prototype, "send").mockImplementation(answering({ GetCallerIdentityCommand: caller }));
  const events = [{ message: "Listening at 8000" }];
  jest
    .spyOn(CloudWatchLogsClient.prototype, "send")
    .mockImplementation(answering({ GetLogEventsCommand: { events } }));
  const options = { "awslogs-group": "/ecs/shop", "awslogs-stream-prefix": "ecs" };
  const answers = {
    DescribeTaskDefinitionCommand: {
      taskDefinition: {
        containerDefinitions: [{ name: "web", logConfiguration: { logDriver: "awslogs", options } }],
      },
    },
    RunTaskCommand: { tasks: [{ taskArn: TASK }] },
    DescribeTasksCommand: { tasks: [{ taskArn: TASK, lastStatus: "RUNNING" }] },
  };
  const calls: string[] = [];
  jest.spyOn(ECSClient.prototype, "send").mockImplementation(answering(answers, calls));
  const aws = await AwsSession.open({
    environment: "shop",
    region: "eu-west-1",
    account: undefined,
    signal: new AbortController().signal,
    variables: {},
  });
  const states: string[] = [];
  const ran = await runOnce(aws, {
    cluster: "shop",
    service: { taskDefinition: "shop-web:1" },
    container: "web",
    startedBy: "ops-verify",
    longest: 3,
    says: (state) => states.push(state),
  });
  expect(ran).toEqual({
    started: true,
    exitCode: undefined,
    reason: "did not end within 3 seconds, and was running until then",
    log: ["Listening at 8000"],
    isOverdue: true,
  });
  expect(calls.filter((call) => call.startsWith("StopTask"))).toEqual([
    `StopTaskCommand {"cluster":"shop","task":"${TASK}","reason":"ops-verify waits no longer"}`,
  ]);
  expect(states.at(-1)).toBe("stopped");
  aws.close();
});
