// What a command throws where its input is at fault: the message is for the person who typed it.

export class UsageError extends Error {
  override readonly name = "UsageError";
}
