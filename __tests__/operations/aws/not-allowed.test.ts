// Which IAM action is missing, when AWS refuses a call.
import { failureOf } from "../../../src/operations/aws/failed-call";

const refusal = (message: string) =>
  failureOf(
    { name: "AccessDeniedException", message, $metadata: { httpStatusCode: 400 } },
    { client: "ECSClient", command: "RunTaskCommand", endpoint: undefined },
  );

describe("a call that is not allowed", () => {
  it("lacks the action of its own name", () => {
    expect(refusal("Access denied")).toMatchObject({
      kind: "not-allowed",
      call: "ECS RunTask",
      iamAction: "ecs:RunTask",
      message: "AWS does not allow ECS RunTask: the credentials lack the IAM action ecs:RunTask.",
    });
  });

  it("lacks the action that AWS names, where it names one", () => {
    const user = "arn:aws:iam::123456789012:user/ada";
    const role = "arn:aws:iam::123456789012:role/lightwave-django-prod-django-task";
    expect(
      refusal(`User: ${user} is not authorized to perform: iam:PassRole on resource: ${role}`),
    ).toMatchObject({
      call: "ECS RunTask",
      iamAction: "iam:PassRole",
      message:
        "AWS does not allow ECS RunTask: the credentials lack the IAM action iam:PassRole. " +
        `AWS says: User: ${user} is not authorized to perform: iam:PassRole on resource: ${role}.`,
    });
  });
});
