// The command `contain undo`: takes back what the journal says was done.
import type { Command } from "commander";
import type { Journal, JournalEntry } from "../../../operations/contain/journal";
import type { Process } from "../../operation";
import { operationCommand } from "../../operation-command";
import { UsageError } from "../../outcomes";
import { type JournalOptions, journalOf, journalOption } from "./journal";

interface Options extends JournalOptions {
  readonly force?: true;
}

const OUTCOMES = {
  undo: { planned: "to-undo", done: "undone" },
  nothing: { planned: "nothing-to-undo", done: "nothing-to-undo" },
  changed: { planned: "changed-meanwhile", done: "changed-meanwhile" },
} as const;

export function undoCommand(process: Process): Command {
  return operationCommand<Options>(process, {
    name: "contain undo",
    description: "Take back what block-ip and scale-down did, as the journal says, the newest first.",
    examples: [
      ["contain undo --dry-run", "list what is open"],
      ["contain undo", "all of it: show, ask, and do it"],
      ["contain undo 3 --yes", "one entry of the journal, without asking"],
    ],
    timeout: 120_000,
    changes: true,
    run: async (context, options, ids) => {
      const { aws, preview, dryRun, mayChange } = context;
      const { force = false } = options;
      const { planUndo, undo }: typeof import("../../../operations/contain/undo") =
        require("../../../operations/contain/undo");
      const { entryText }: typeof import("../../../operations/contain/undo-judgement") =
        require("../../../operations/contain/undo-judgement");
      const journal = await journalOf(context, options);
      const entries = chosen(journal, ids);
      const session = await aws();
      const items = await planUndo(session, entries, force);
      if (items.length > 0) {
        preview.table(
          ["Entry", "When, by whom", "What", "Now", "Undo"],
          items.map(({ entry, verdict }) => [
            entry.id,
            `${entry.at}\n${entry.by}`,
            entryText(entry),
            verdict.present,
            OUTCOMES[verdict.kind].planned.replaceAll("-", " "),
          ]),
        );
      }
      const open = items.filter(({ verdict }) => verdict.kind !== "changed");
      // A change that never happened is only noted as undone: the account stays as it is, and there is nothing to ask.
      const isNeeded = open.some(({ verdict }) => verdict.kind === "undo");
      const isDone = isNeeded ? await mayChange("Undo it?") : open.length > 0 && !dryRun;
      const results = new Map(items.map((item) => [item, item.verdict]));
      if (isDone) {
        for (const item of open) {
          results.set(item, await undo(session, item, force, journal));
        }
      }
      const changed = items.filter((item) => results.get(item)?.kind === "changed");
      return {
        ok: changed.length === 0 && (isDone || open.length === 0 || dryRun),
        json: {
          journal: journal.file,
          entries: [...results].map(([{ entry }, { kind, present }]) => ({
            id: entry.id,
            action: entry.action,
            what: entryText(entry),
            present,
            outcome: OUTCOMES[kind][isDone ? "done" : "planned"],
          })),
        },
        show: (results) => {
          if (items.length === 0) {
            results.say(results.toned("good", `Nothing is open in ${journal.file}.`));
          } else if (!isNeeded && open.length > 0 && changed.length < items.length) {
            const noted = isDone ? `; that is noted in ${journal.file}` : "";
            results.say(results.toned("good", `There is nothing to undo${noted}.`));
          } else if (isDone && changed.length < items.length) {
            results.say(results.toned("good", `Undone, and noted in ${journal.file}.`));
          } else if (!dryRun) {
            results.say("Nothing was done.");
          }
          for (const { entry } of changed) {
            results.say(
              results.toned(
                "bad",
                `Entry ${entry.id} (${entryText(entry)}) was left: somebody has changed it since. Look at it, and say --force to undo it all the same.`,
              ),
            );
          }
        },
      };
    },
  })
    .argument("[id...]", "entries of the journal; without any, all that are open")
    .option("--force", "undo what somebody has changed since, too")
    .addOption(journalOption());
}

/** The entries to undo, newest first. */
function chosen(journal: Journal, ids: readonly string[]): JournalEntry[] {
  const open = journal
    .entries()
    .filter(({ state }) => state !== "undone")
    .reverse();
  const unknown = ids.filter((id) => !open.some((entry) => entry.id === id));
  if (unknown.length > 0) {
    throw new UsageError(
      `Nothing open in ${journal.file} has the id ${unknown.join(", ")}. ` +
        `Open: ${open.map(({ id }) => id).join(", ") || "nothing"}.`,
    );
  }
  return open.filter(({ id }) => ids.length === 0 || ids.includes(id));
}
