// What a journal ends a command with where it cannot be read, written, or belongs to another account.

/** The journal is at fault, and nothing was changed because of it; the message is for the person who named it. */
export class JournalError extends Error {
  override readonly name = "JournalError";
}
