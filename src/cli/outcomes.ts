// How a command ends when it does not end well: by its own "no", or because its input is at fault.

/** The exit code where the command line, the environment or the input is wrong, or a file cannot be read or written. */
export const USAGE = 2;

/** Thrown after a command has printed its answer, where the answer is no: exit code 1. */
export class NegativeAnswer extends Error {
  override readonly name = "NegativeAnswer";
}

/** Thrown where the input is at fault, exit code 2; the message is for the person who typed it. */
export class UsageError extends Error {
  override readonly name = "UsageError";
}

/** Thrown after a command has printed its answer, where it cannot be told: exit code 4. */
export class UnknownAnswer extends Error {
  override readonly name = "UnknownAnswer";
}
