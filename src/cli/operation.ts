// What all commands that operate a live environment have in common: their options, their account, their deadline, how
// they ask, and how they end.
import type { Environment } from "../model/environment";
import type { Model } from "../model/model";
import type { AwsFailure } from "../operations/aws/failure";
import type { AwsSession } from "../operations/aws/session";
import type { OperationName } from "../operations/permissions";
import type { Environments } from "../project/environments";
import type { Examples } from "./examples";
import type { OperatorConsole, Streams } from "./operator-console";

/** What a command sees of the process that it runs in. */
export interface Process {
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly environments: Environments;
  readonly streams: Streams;
  /** Aborted when somebody presses Ctrl-C. */
  readonly interrupted: AbortSignal;
}

/** Options of every operation. */
export interface OperationOptions {
  /** Absent where neither the user nor the configuration names one. */
  readonly environment?: string;
  readonly json?: true;
  readonly yes?: true;
  readonly dryRun?: true;
  /** Milliseconds. */
  readonly timeout: number;
  readonly watch?: true;
  /** Milliseconds; where the operation can be repeated. */
  readonly interval?: number;
}

/** What an operation works with. */
export interface OperationContext {
  /** The environment's name: that of its file. */
  readonly name: string;
  readonly environment: Environment;
  /** The members and the traffic that follow from it. */
  readonly model: Model;
  readonly console: OperatorConsole;
  /** Where what would be done is shown: beside the question, or where nothing will be asked with the result. */
  readonly preview: OperatorConsole;
  readonly variables: Process["variables"];
  /** Aborted, with an AwsFailure as its reason, when the command's time is up or somebody presses Ctrl-C. */
  readonly signal: AbortSignal;
  /** Milliseconds from start until the command's time is up. */
  readonly timeout: number;
  readonly json: boolean;
  readonly dryRun: boolean;
  readonly yes: boolean;
  /** 1, and counting where `--watch` repeats the operation. */
  readonly round: number;
  /**
   * The environment's account, opened when first asked for.
   * @throws AwsFailure where it cannot be, or is another one
   */
  aws(): Promise<AwsSession>;
  /**
   * Whether to go ahead with what the caller has just shown: not in a dry run, always with --yes, else as a person says.
   * @throws UsageError where there is nobody to ask
   */
  mayChange(question: string): Promise<boolean>;
}

/** How an operation has ended. */
export interface OperationResult {
  /** Whether all is as it should be; if not, the exit code is 1. */
  readonly ok: boolean;
  /** What AWS did not answer, where the operation went on without: shown after the rest, and the exit code is 3. */
  readonly failure?: AwsFailure | undefined;
  /** The command's own part of the JSON document: see docs/operations.md. */
  readonly json: object;
  /** Shows the same to a person. */
  show(console: OperatorConsole): void;
}

export interface OperationProps<Options> {
  /** As typed: a row of the table of permissions. */
  readonly name: OperationName;
  /** One sentence. */
  readonly description: string;
  readonly examples: Examples;
  /** Milliseconds after which it gives up, unless the user says otherwise. */
  readonly timeout: number;
  /** Whether it can change the account. */
  readonly changes: boolean;
  /** Whether `--watch` can repeat it. @default false */
  readonly repeats?: boolean;
  /**
   * What --dry-run says in the help.
   *
   * @default - as `changes` has it
   */
  readonly dryRun?: string;
  readonly run: (
    context: OperationContext,
    options: Options,
    args: readonly string[],
  ) => Promise<OperationResult>;
}
