// Why a call to AWS did not succeed, in one sentence for a person, with the API call and the IAM action.
import { isThrottlingError } from "@smithy/core/retry";
import { AwsFailure } from "./failure";

/** What is known of a call that failed. */
export interface FailedCall {
  /** The SDK's client, such as `ECSClient`. */
  readonly client: string;
  /** The SDK's command, such as `DescribeServicesCommand`. */
  readonly command: string;
  /** Where it was sent, if the variable AWS_ENDPOINT_URL says so. */
  readonly endpoint: string | undefined;
  /** The profile that the variable AWS_PROFILE names, where the credentials come from there. */
  readonly profile: string | undefined;
}

/** How IAM calls the services that operations talk to, by the SDK's client: "Service Authorization Reference". */
const IAM_PREFIXES: Readonly<Record<string, string>> = {
  ACMClient: "acm",
  ApplicationAutoScalingClient: "application-autoscaling",
  CloudTrailClient: "cloudtrail",
  CloudWatchLogsClient: "logs",
  EC2Client: "ec2",
  ECRClient: "ecr",
  ECSClient: "ecs",
  EFSClient: "elasticfilesystem",
  ElastiCacheClient: "elasticache",
  ElasticLoadBalancingV2Client: "elasticloadbalancing",
  IAMClient: "iam",
  RDSClient: "rds",
  Route53Client: "route53",
  S3Client: "s3",
  SQSClient: "sqs",
  STSClient: "sts",
  SecretsManagerClient: "secretsmanager",
  ServiceQuotasClient: "servicequotas",
};

/** Calls whose permission has another name: "Service Authorization Reference". */
const IAM_ACTIONS: Readonly<Record<string, string>> = {
  "s3:HeadBucket": "s3:ListBucket",
};

/** The IAM action of a call, such as `ecs:DescribeServices`. */
export function iamActionOf({ client, command }: Pick<FailedCall, "client" | "command">): string {
  const action = `${IAM_PREFIXES[client] ?? client.replace(/Client$/, "").toLowerCase()}:${command.replace(/Command$/, "")}`;
  return IAM_ACTIONS[action] ?? action;
}

const NOT_ALLOWED =
  /^(AccessDenied|AccessDeniedException|UnauthorizedOperation|UnauthorizedAccess|AuthorizationError|NotAuthorized|AuthorizationErrorException)$/;
const INVALID_CREDENTIALS =
  /^(AuthFailure|ExpiredToken|ExpiredTokenException|IncompleteSignature|InvalidAccessKeyId|InvalidClientTokenId|InvalidSignatureException|MissingAuthenticationToken|MissingAuthenticationTokenException|OptInRequired|RequestExpired|SignatureDoesNotMatch|UnrecognizedClientException)$/;
/**
 * The failure that an error of the SDK stands for; `undefined` for an answer about what was asked for, such as a
 * database that does not exist: the caller decides what that means.
 */
export function failureOf(error: unknown, call: FailedCall): AwsFailure | undefined {
  const { name, message, code, status, answered, attempts } = facts(error);
  const iamAction = iamActionOf(call);
  const said = `${call.client.replace(/Client$/, "")} ${call.command.replace(/Command$/, "")}`;
  const details = { call: said, iamAction };
  const where = call.endpoint === undefined ? "" : ` at ${call.endpoint}`;
  const times = attempts > 1 ? ` after ${attempts} attempts` : "";
  if (name === "CredentialsProviderError" || name === "TokenProviderError") {
    const [source, remedy] = call.profile
      ? [` in the profile ${call.profile}`, "Check AWS_PROFILE"]
      : ["", "Set AWS_PROFILE"];
    return new AwsFailure(
      `There are no usable AWS credentials${source} (${sentence(message)}). ${remedy}, or sign in as for the AWS CLI.`,
      { kind: "no-credentials", ...details },
    );
  }
  if (NOT_ALLOWED.test(name)) {
    // A call may need more than the action of its own name: RunTask hands roles on, which is iam:PassRole.
    const lacking = /not authorized to perform: ([a-z0-9-]+:[A-Za-z]+)/.exec(message)?.[1] ?? iamAction;
    return new AwsFailure(
      `AWS does not allow ${said}: the credentials lack the IAM action ${lacking}. ${named(message)}`.trim(),
      { kind: "not-allowed", call: said, iamAction: lacking },
    );
  }
  if (INVALID_CREDENTIALS.test(name)) {
    return new AwsFailure(
      `AWS does not accept the credentials (${name} from ${said}). Sign in again, or set AWS_PROFILE.`,
      { kind: "invalid-credentials", ...details },
    );
  }
  if (isThrottlingError({ name, message, $metadata: { httpStatusCode: status ?? 0 } })) {
    return new AwsFailure(
      `AWS throttles ${said}: it still does${times}. Wait a minute, or allow more attempts with AWS_MAX_ATTEMPTS.`,
      { kind: "throttled", ...details },
    );
  }
  // Node names a fault of the network, or of TLS, by a code.
  if (status === undefined && (name === "TimeoutError" || code !== "")) {
    return new AwsFailure(
      `AWS is not reachable: ${said}${where} was not answered${times} (${sentence(message) || code || name}).`,
      { kind: "unreachable", ...details },
    );
  }
  if (status !== undefined && !answered) {
    return new AwsFailure(
      `AWS is not reachable: what answers ${said}${where} with status ${status} does not speak as AWS does. Check AWS_ENDPOINT_URL.`,
      { kind: "unreachable", ...details },
    );
  }
  if (status !== undefined && status >= 500) {
    return new AwsFailure(
      `AWS has a fault of its own: ${said}${where} is answered with ${status}${times} (${name}). Try again later.`,
      { kind: "aws-error", ...details },
    );
  }
  return undefined;
}

/** The failure for an answer of AWS that nobody expected: a refused call. */
export function rejection(error: unknown, call: FailedCall | undefined): AwsFailure | undefined {
  const { name, message, status } = facts(error);
  if (status === undefined || call === undefined) {
    return undefined;
  }
  const said = `${call.client.replace(/Client$/, "")} ${call.command.replace(/Command$/, "")}`;
  const where = call.endpoint === undefined ? "" : ` at ${call.endpoint}`;
  return new AwsFailure(`AWS refuses ${said}${where}: ${sentence(message)} (${name}).`, {
    kind: "rejected",
    call: said,
    iamAction: iamActionOf(call),
  });
}

interface Facts {
  readonly name: string;
  readonly message: string;
  /** Node's code of a network error. */
  readonly code: string;
  /** The HTTP status of the answer. */
  readonly status: number | undefined;
  /** Whether the answer could be read as one of AWS's: the SDK knows then whose fault the error is. */
  readonly answered: boolean;
  readonly attempts: number;
}

function facts(error: unknown): Facts {
  const given: {
    name?: unknown;
    message?: unknown;
    code?: unknown;
    $fault?: unknown;
    $metadata?: unknown;
    $response?: unknown;
  } = Object(error);
  const metadata: { httpStatusCode?: unknown; attempts?: unknown } = Object(given.$metadata);
  const response: { statusCode?: unknown } = Object(given.$response);
  const status = metadata.httpStatusCode ?? response.statusCode;
  return {
    name: String(given.name ?? ""),
    message: String(given.message ?? ""),
    code: typeof given.code === "string" ? given.code : "",
    status: typeof status === "number" ? status : undefined,
    answered: given.$fault !== undefined,
    attempts: typeof metadata.attempts === "number" ? metadata.attempts : 1,
  };
}

/** AWS says in its refusals which resource, and often which policy, is meant. */
function named(message: string): string {
  return message.includes("not authorized") ? `AWS says: ${sentence(message)}.` : "";
}

/** One line, without the full stop at its end. */
function sentence(message: string): string {
  return message.replaceAll(/\s+/g, " ").trim().replace(/\.$/, "");
}
