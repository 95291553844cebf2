// What the commands of the incident drill that change the account have in common: the journal, and how they go ahead.
import { join } from "node:path";
import { Option } from "commander";
import { opsCommand } from "../../../operations/commands";
import type { Journal } from "../../../operations/contain/journal";
import type { OperationContext } from "../../operation";

export interface JournalOptions {
  readonly journal?: string;
}

/** `--journal`. */
export function journalOption(): Option {
  return new Option(
    "--journal <file>",
    "what was done, for undo (default: incidents/<environment>.json in this folder)",
  );
}

/**
 * The journal of the environment's account, read once, so that a broken one comes to light before anybody is asked.
 * @throws JournalError
 */
export async function journalOf(
  { aws, name }: OperationContext,
  { journal: file = join("incidents", `${name}.json`) }: JournalOptions,
): Promise<Journal> {
  const { Journal }: typeof import("../../../operations/contain/journal") =
    require("../../../operations/contain/journal");
  const { accountId: account, region, caller } = await aws();
  const journal = new Journal({ file, account, region, caller });
  journal.entries();
  return journal;
}

/** Says where a change was noted, and what takes it back. */
export function notedText(
  { name }: OperationContext,
  { journal }: JournalOptions,
  { file }: Journal,
): string {
  return `Noted in ${file}: "${opsCommand(name, "contain undo", { journal })}" takes it back.`;
}
