// What a person hears when a call to AWS fails, by the errors that the SDK throws.
import { type FailedCall, failureOf, iamActionOf, rejection } from "../../../src/operations/aws/failed-call";

const call: FailedCall = {
  client: "ECSClient",
  command: "DescribeServicesCommand",
  endpoint: undefined,
  profile: undefined,
};

/** An error as the SDK makes it of AWS's answer. */
function answered(name: string, httpStatusCode: number, message = "As AWS says.", attempts = 1): object {
  return {
    name,
    message,
    $fault: httpStatusCode < 500 ? "client" : "server",
    $metadata: { httpStatusCode, attempts },
  };
}

/** An error of Node's, as the SDK passes it on. */
function unanswered(code: string, message: string, attempts: number): object {
  return { name: "Error", code, message, $metadata: { attempts } };
}

describe("a failed call", () => {
  it.each([
    [
      "no-credentials",
      { name: "CredentialsProviderError", message: "Could not load credentials from any providers" },
      "There are no usable AWS credentials (Could not load credentials from any providers). Set AWS_PROFILE, or sign in as for the AWS CLI.",
    ],
    [
      "no-credentials",
      { name: "TokenProviderError", message: "Token is expired.\nRun aws sso login." },
      "There are no usable AWS credentials (Token is expired. Run aws sso login). Set AWS_PROFILE, or sign in as for the AWS CLI.",
    ],
    [
      "not-allowed",
      answered(
        "AccessDeniedException",
        400,
        "User: arn:aws:iam::1:user/me is not authorized to perform: ecs:DescribeServices.",
      ),
      "AWS does not allow ECS DescribeServices: the credentials lack the IAM action ecs:DescribeServices. " +
        "AWS says: User: arn:aws:iam::1:user/me is not authorized to perform: ecs:DescribeServices.",
    ],
    [
      "not-allowed",
      answered("AccessDenied", 403, "Access Denied"),
      "AWS does not allow ECS DescribeServices: the credentials lack the IAM action ecs:DescribeServices.",
    ],
    [
      "throttled",
      answered("ThrottlingException", 400, "Rate exceeded", 3),
      "AWS throttles ECS DescribeServices: it still does after 3 attempts. Wait a minute, or allow more attempts with AWS_MAX_ATTEMPTS.",
    ],
    [
      "unreachable",
      unanswered("ENOTFOUND", "getaddrinfo ENOTFOUND ecs.us-east-1.amazonaws.com", 3),
      "AWS is not reachable: ECS DescribeServices was not answered after 3 attempts (getaddrinfo ENOTFOUND ecs.us-east-1.amazonaws.com).",
    ],
    [
      "unreachable",
      { name: "TimeoutError", message: "", $metadata: { attempts: 2 } },
      "AWS is not reachable: ECS DescribeServices was not answered after 2 attempts (TimeoutError).",
    ],
    [
      "unreachable",
      {
        name: "SyntaxError",
        message: "Unexpected token <",
        $response: { statusCode: 200 },
        $metadata: { attempts: 1 },
      },
      "AWS is not reachable: what answers ECS DescribeServices with status 200 does not speak as AWS does. Check AWS_ENDPOINT_URL.",
    ],
    [
      "aws-error",
      answered("ServerException", 500, "Oops", 3),
      "AWS has a fault of its own: ECS DescribeServices is answered with 500 after 3 attempts (ServerException). Try again later.",
    ],
  ])("is %s: %j", (kind, error, message) => {
    expect(failureOf(error, call)).toMatchObject({
      kind,
      message,
      call: "ECS DescribeServices",
      iamAction: "ecs:DescribeServices",
    });
  });

  it.each([
    ["not-allowed", "UnauthorizedOperation", 403],
    ["not-allowed", "AuthorizationErrorException", 403],
    ["invalid-credentials", "AuthFailure", 401],
    ["invalid-credentials", "ExpiredToken", 403],
    ["invalid-credentials", "ExpiredTokenException", 400],
    ["invalid-credentials", "InvalidAccessKeyId", 403],
    ["invalid-credentials", "InvalidClientTokenId", 403],
    ["invalid-credentials", "InvalidSignatureException", 400],
    ["invalid-credentials", "SignatureDoesNotMatch", 403],
    ["invalid-credentials", "UnrecognizedClientException", 400],
    ["throttled", "RequestLimitExceeded", 503],
    ["throttled", "Throttling", 400],
    ["throttled", "SlowDown", 503],
    ["throttled", "TooManyRequestsException", 429],
    ["aws-error", "ServiceUnavailable", 503],
    ["aws-error", "InternalFailure", 500],
  ])("is %s where AWS answers %s", (kind, name, status) => {
    expect(failureOf(answered(name, status), call)?.kind).toBe(kind);
  });

  it.each([["ECONNREFUSED"], ["ECONNRESET"], ["ETIMEDOUT"], ["EPIPE"], ["CERT_HAS_EXPIRED"]])(
    "is unreachable where the network says %s",
    (code) => {
      expect(failureOf(unanswered(code, "", 3), call)).toMatchObject({
        kind: "unreachable",
        message: expect.stringContaining(`(${code})`),
      });
    },
  );

  it("lacks the IAM action that AWS names, where the call needs another than its own", () => {
    const message =
      "User: arn:aws:iam::123456789012:user/ada is not authorized to perform: iam:PassRole on resource: " +
      "arn:aws:iam::123456789012:role/lightwave-django-prod-django-task";
    expect(
      failureOf(answered("AccessDeniedException", 400, message), { ...call, command: "RunTaskCommand" }),
    ).toMatchObject({
      call: "ECS RunTask",
      iamAction: "iam:PassRole",
      message: `AWS does not allow ECS RunTask: the credentials lack the IAM action iam:PassRole. AWS says: ${message}.`,
    });
  });

  it("names the endpoint where it is not AWS's own", () => {
    const local = { ...call, endpoint: "http://127.0.0.1:5000" };
    const refused = unanswered("ECONNREFUSED", "connect ECONNREFUSED 127.0.0.1:5000", 1);
    expect(failureOf(refused, local)?.message).toBe(
      "AWS is not reachable: ECS DescribeServices at http://127.0.0.1:5000 was not answered (connect ECONNREFUSED 127.0.0.1:5000).",
    );
  });

  it("names the profile that has no credentials", () => {
    const error = { name: "CredentialsProviderError", message: "Profile is empty" };
    expect(failureOf(error, { ...call, profile: "team" })?.message).toBe(
      "There are no usable AWS credentials in the profile team (Profile is empty). Check AWS_PROFILE, or sign in as for the AWS CLI.",
    );
  });
});

describe("an answer about what was asked for", () => {
  it.each([
    ["ClusterNotFoundException", 400],
    ["DBInstanceNotFoundFault", 404],
    ["InvalidParameterValue", 400],
    ["ResourceInUseException", 409],
  ])("is no failure of AWS: %s", (name, status) => {
    expect(failureOf(answered(name, status), call)).toBeUndefined();
  });

  it("is a refusal, where nobody expected it", () => {
    expect(rejection(answered("InvalidParameterException", 400, "No  such\nthing."), call)).toMatchObject({
      kind: "rejected",
      message: "AWS refuses ECS DescribeServices: No such thing (InvalidParameterException).",
      iamAction: "ecs:DescribeServices",
    });
  });

  it("is nothing of the kind, where the error is our own", () => {
    expect(failureOf(new TypeError("undefined is not a function"), call)).toBeUndefined();
    expect(rejection(new TypeError("undefined is not a function"), call)).toBeUndefined();
    expect(rejection(answered("InvalidParameterException", 400), undefined)).toBeUndefined();
  });
});

it.each([
  ["ECSClient", "ListTasksCommand", "ecs:ListTasks"],
  [
    "ElasticLoadBalancingV2Client",
    "DescribeTargetHealthCommand",
    "elasticloadbalancing:DescribeTargetHealth",
  ],
  [
    "ApplicationAutoScalingClient",
    "DescribeScalableTargetsCommand",
    "application-autoscaling:DescribeScalableTargets",
  ],
  ["CloudWatchLogsClient", "DescribeLogGroupsCommand", "logs:DescribeLogGroups"],
  // The permission has another name than the call.
  ["S3Client", "HeadBucketCommand", "s3:ListBucket"],
])("IAM calls the %s's %s %s", (client, command, action) => {
  expect(iamActionOf({ client, command })).toBe(action);
});
