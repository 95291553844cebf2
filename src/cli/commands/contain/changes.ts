// The command `contain changes`: who changed security groups.
import { type Command, InvalidArgumentError } from "commander";
import { parseDuration } from "../../duration";
import type { Process } from "../../operation";
import { operationCommand } from "../../operation-command";
import { type SinceOptions, sinceOption } from "./since-option";

/** Milliseconds that CloudTrail's event history reaches back, 90 days: LookupEvents API reference. */
const HISTORY = 90 * 86_400_000;

interface Options extends SinceOptions {
  readonly all?: true;
}

export function changesCommand(process: Process): Command {
  return operationCommand<Options>(process, {
    name: "contain changes",
    description: "List who changed security groups, as CloudTrail has recorded it.",
    examples: [
      ["contain changes", "to the platform's groups, in the last 24 hours"],
      ["contain changes --since 7d --all", "to any group of the region, in the last week"],
    ],
    timeout: 300_000,
    changes: false,
    run: async ({ aws, environment, console }, { since: duration, all = false }) => {
      const since = new Date(Date.now() - duration);
      const { securityGroupChanges }: typeof import("../../../operations/contain/changes") =
        require("../../../operations/contain/changes");
      const changes = await securityGroupChanges(await aws(), environment, {
        since,
        all,
        onLookup: (call, found) => console.say(console.toned("quiet", `${call}: ${found}`)),
      });
      return {
        ok: true,
        json: { since: since.toISOString(), all, changes },
        show: (results) => {
          results.table(
            ["Time", "Who", "From", "Call", "Group", "What"],
            changes.map(({ at, who, from, event, group, what, error }) => [
              at,
              who,
              from,
              event,
              group.name === null ? (group.id ?? "-") : `${group.name}\n${group.id}`,
              error === null ? what : [what, results.toned("bad", `refused: ${error}`)],
            ]),
          );
          results.say(
            `${changes.length} changes since ${since.toISOString()}. CloudTrail shows a call up to 15 minutes after it was made.`,
          );
        },
      };
    },
  })
    .addOption(sinceOption(parseHistory))
    .option("--all", "every security group of the region, not only those of the platform's VPC");
}

function parseHistory(text: string): number {
  const duration = parseDuration(text);
  if (duration > HISTORY) {
    throw new InvalidArgumentError(
      "CloudTrail's event history reaches back 90 days. What is older, a trail has, if there is one.",
    );
  }
  return duration;
}
