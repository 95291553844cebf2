// What an operation ends with where AWS is not reachable, not allowed, or not the environment's.
/** What kept AWS from answering as asked. */
export type FailureKind =
  /** No credentials were found. */
  | "no-credentials"
  /** Credentials were found, and AWS does not accept them. */
  | "invalid-credentials"
  /** The credentials lack a permission. */
  | "not-allowed"
  /** The credentials belong to another account than the environment's. */
  | "wrong-account"
  /** The region that was asked for is another than the environment's. */
  | "wrong-region"
  /** Nothing answers at the address. */
  | "unreachable"
  /** AWS answered, again and again, that it is asked too often. */
  | "throttled"
  /** AWS answered, again and again, with an error of its own. */
  | "aws-error"
  /** The command's time ran out. */
  | "timed-out"
  /** Somebody pressed Ctrl-C. */
  | "interrupted"
  /** AWS refused the call's content. */
  | "rejected";

export interface FailureDetails {
  readonly kind: FailureKind;
  /** The API call, such as `ECS DescribeServices`. */
  readonly call?: string | undefined;
  /** The permission that the call needs, such as `ecs:DescribeServices`. */
  readonly iamAction?: string | undefined;
}

/** AWS is not reachable, not allowed, or not the environment's; the message is one sentence for a person. */
export class AwsFailure extends Error {
  override readonly name = "AwsFailure";
  readonly kind: FailureKind;
  readonly call: string | undefined;
  readonly iamAction: string | undefined;

  constructor(message: string, { kind, call, iamAction }: FailureDetails) {
    super(message);
    this.kind = kind;
    this.call = call;
    this.iamAction = iamAction;
  }
}
