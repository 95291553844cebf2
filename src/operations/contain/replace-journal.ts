// Writes the journal: whole or not at all, and by one command at a time.
import { closeSync, fsyncSync, openSync, renameSync, rmSync, writeSync } from "node:fs";
import { dirname } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { makeFolder } from "../../terraform/replace-file";
import { JournalError } from "./journal-error";

/** Milliseconds to wait for another command that is writing, which takes it a few. */
const PATIENCE = 5_000;
/** Milliseconds between two tries. */
const PAUSE = 20;

/**
 * Replaces the file in one step: a crash leaves the old one or the new one. The draft of the new one is also what keeps
 * two commands apart, because only one of them can make it.
 * @param content makes the new content; called when it is this command's turn, so that what it reads stays as it is
 * @param patience milliseconds to wait for another command that is writing. Default: 5000
 * @throws JournalError, also that of `content`
 */
export async function replaceJournal(
  file: string,
  content: () => string,
  patience = PATIENCE,
): Promise<void> {
  const draft = `${file}.draft`;
  try {
    makeFolder(dirname(file));
    const descriptor = await claim(file, draft, patience);
    try {
      try {
        writeSync(descriptor, content());
        fsyncSync(descriptor);
      } finally {
        closeSync(descriptor);
      }
      renameSync(draft, file);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
  } catch (error) {
    throw error instanceof JournalError
      ? error
      : new JournalError(`The journal ${file} cannot be written (${String(error)}).`);
  }
}

/** Makes the draft, once nobody else has one. */
async function claim(file: string, draft: string, patience: number): Promise<number> {
  const deadline = Date.now() + patience;
  for (;;) {
    try {
      return openSync(draft, "wx", 0o600);
    } catch (error) {
      const { code }: { code?: unknown } = Object(error);
      if (code !== "EEXIST") {
        throw error;
      }
    }
    if (Date.now() > deadline) {
      throw new JournalError(
        `The journal ${file} is being written by another command, or one was cut off while it did. If none is running, ` +
          `remove ${draft}.`,
      );
    }
    await sleep(PAUSE);
  }
}
