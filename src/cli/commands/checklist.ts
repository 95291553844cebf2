// The command `checklist`: what a team has to tick before production, answered as far as Terraform or AWS can say it.
import { type Command, Option } from "commander";
import type { Answered } from "../../checklist/checklist";
import { GROUPS, STATES } from "../../checklist/item";
import { synthCommand } from "../../operations/commands";
import type { Tone } from "../lines";
import type { OperationContext, Process } from "../operation";
import { operationCommand } from "../operation-command";
import type { OperatorConsole } from "../operator-console";
import { UsageError } from "../outcomes";
import { isSynthesized, outputFolder, readSynthOutput, synthesizeFirst } from "../synth-output";

interface Options {
  readonly from: string;
  readonly live?: true;
  readonly markdown?: true;
}

const TONES = { met: "good", "not met": "bad", confirm: "quiet" } as const satisfies Record<
  Answered["state"],
  Tone
>;

/** The states behind a number. */
const COUNTED: Readonly<Record<Answered["state"], string>> = {
  met: "met",
  "not met": "not met",
  confirm: "to confirm",
};

/** As many places as tell what they are; the JSON document and the Markdown have all. */
const PLACES_SHOWN = 3;

export function checklistCommand(process: Process): Command {
  return operationCommand<Options>(process, {
    name: "checklist",
    description: "The security checklist before production: met, not met, or to confirm.",
    examples: [
      ["checklist", "from what the last synth wrote"],
      ["checklist --live", "from the account"],
      ["checklist --markdown > checklist.md", "with boxes to tick, for an issue"],
    ],
    timeout: 120_000,
    changes: false,
    run: async (context, { from, live = false, markdown = false }) => {
      const { environment, model } = context;
      const { isReady, checklist }: typeof import("../../checklist/checklist") =
        require("../../checklist/checklist");
      const items = live ? await liveChecklist(context) : checklist(model, configurations(from, context));
      const source = live ? "the account" : `the synth's output in ${from}`;
      return {
        ok: isReady(items),
        json: { source: live ? "account" : "output", output: live ? null : from, items },
        show: (console) => {
          if (markdown) {
            const { checklistMarkdown }: typeof import("../../checklist/markdown") =
              require("../../checklist/markdown");
            console.document(checklistMarkdown(environment.name, source, items));
          } else {
            show(console, items);
          }
        },
      };
    },
  })
    .addOption(
      new Option("--live", "answer from the account instead of the synth's output").conflicts("from"),
    )
    .addOption(new Option("--markdown", "print Markdown to standard output").conflicts("json"))
    .addOption(
      new Option("--from <folder>", "the synth's output; the variable CDKTF_OUTDIR says it, too").default(
        outputFolder(process.variables),
      ),
    );
}

async function liveChecklist(context: OperationContext): Promise<Answered[]> {
  const { liveChecklist }: typeof import("../../operations/checklist/live-checklist") =
    require("../../operations/checklist/live-checklist");
  return liveChecklist(await context.aws(), context);
}

function configurations(from: string, { name, environment }: OperationContext) {
  const synthesize = synthCommand(name);
  if (!isSynthesized(from, environment, synthesize, "--from")) {
    throw new UsageError(`Nothing is synthesized in "${from}": ${synthesizeFirst(synthesize, "--from")}.`);
  }
  return readSynthOutput(from, synthesize);
}

function show(console: OperatorConsole, items: readonly Answered[]): void {
  for (const group of GROUPS) {
    console.table(
      ["Answer", group.charAt(0).toUpperCase() + group.slice(1), "What must hold, what was found, and where"],
      items
        .filter((item) => item.group === group)
        .map(({ id, title, state, where, detail }) => [
          console.toned(TONES[state], state),
          id,
          [title, ...[detail, ...shown(where)].map((line) => console.toned("quiet", line))],
        ]),
    );
  }
  const counts = STATES.map(
    (state) => `${items.filter((item) => item.state === state).length} ${COUNTED[state]}`,
  );
  console.say(`${counts.join(", ")}.`);
}

function shown(where: readonly string[]): string[] {
  const more = where.length - PLACES_SHOWN;
  return more > 0 ? [...where.slice(0, PLACES_SHOWN), `and ${more} more`] : [...where];
}
