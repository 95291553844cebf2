// The command `contain scale-down`: stops every task of a service.
import type { Command } from "commander";
import type { Process } from "../../operation";
import { operationCommand } from "../../operation-command";
import { type JournalOptions, journalOf, journalOption, notedText } from "./journal";
import { serviceNames } from "./service-argument";

export function scaleDownCommand(process: Process): Command {
  return operationCommand<JournalOptions>(process, {
    name: "contain scale-down",
    description: "Stop every task of a service: desired count 0, autoscaling suspended.",
    examples: [
      ["contain scale-down django", "show what would be done, ask, and do it"],
      ["contain scale-down django --dry-run", "only show it"],
    ],
    timeout: 120_000,
    changes: true,
    run: async (context, options, [key = ""]) => {
      const { aws, preview, dryRun, environment, mayChange } = context;
      const { service } = serviceNames(environment, key);
      const { cluster } = environment.names;
      const { planScaleDown, scaleDown }: typeof import("../../../operations/contain/scale-down") =
        require("../../../operations/contain/scale-down");
      const { scaleText }: typeof import("../../../operations/contain/undo-judgement") =
        require("../../../operations/contain/undo-judgement");
      const journal = await journalOf(context, options);
      const known = new Set(journal.entries().map(({ id }) => id));
      const session = await aws();
      const plan = await planScaleDown(session, { cluster, service });
      const shared = { service: key, cluster, ecsService: service, journal: journal.file };
      if (plan === undefined) {
        return {
          ok: false,
          json: { ...shared, before: null, after: null, status: "missing" },
          show: (results) =>
            results.say(results.toned("bad", `The cluster ${cluster} has no service ${service}.`)),
        };
      }
      const { before, after, alreadyDown } = plan;
      preview.say(`${service}: ${scaleText(before)}${alreadyDown ? "" : ` -> ${scaleText(after)}`}`);
      const isWanted = !alreadyDown && (await mayChange(`Stop every task of ${service}?`));
      const isDone = isWanted && (await scaleDown(session, plan, journal, known));
      return {
        ok: alreadyDown || isDone || dryRun,
        json: {
          ...shared,
          before,
          after,
          status: alreadyDown
            ? "down-already"
            : isDone
              ? "scaled-down"
              : isWanted
                ? "changed-meanwhile"
                : "to-scale-down",
        },
        show: (results) => {
          if (isDone) {
            results.say(
              results.toned(
                "good",
                `${service} is scaled down; its tasks are being stopped. ${notedText(context, options, journal)}`,
              ),
            );
          } else if (alreadyDown) {
            results.say(results.toned("good", `${service} is scaled down already. Nothing was done.`));
          } else if (isWanted) {
            results.say(
              results.toned(
                "bad",
                `Nothing was done: somebody has scaled ${service} since it was looked at, or is doing so. Look again, and at ${journal.file}.`,
              ),
            );
          } else if (!dryRun) {
            results.say("Nothing was done.");
          }
        },
      };
    },
  })
    .argument("<service>", "the environment's key of the service")
    .addOption(journalOption());
}
