// The command `contain logs`: searches a service's log for signs of trouble.
import { type Command, InvalidArgumentError, Option } from "commander";
import type { Process } from "../../operation";
import { operationCommand } from "../../operation-command";
import { serviceNames } from "./service-argument";
import { type SinceOptions, sinceOption } from "./since-option";

interface Options extends SinceOptions {
  readonly pattern: string;
  readonly limit: number;
}

export function logsCommand(process: Process): Command {
  return operationCommand<Options>(process, {
    name: "contain logs",
    description: "Search a service's log group.",
    examples: [
      ["contain logs django", "for ERROR, WARN or FAIL in the last 24 hours"],
      ["contain logs django --pattern '203\\.0\\.113\\.7' --since 7d", "for an address in the last week"],
    ],
    timeout: 300_000,
    changes: false,
    run: async ({ aws, environment }, { pattern, since: duration, limit }, [key = ""]) => {
      const { logGroup } = serviceNames(environment, key);
      const since = new Date(Date.now() - duration);
      const { searchLogs }: typeof import("../../../operations/contain/log-search") =
        require("../../../operations/contain/log-search");
      const { events, truncated } = await searchLogs(await aws(), { logGroup, pattern, since, limit });
      return {
        ok: true,
        json: { service: key, logGroup, pattern, since: since.toISOString(), events, truncated },
        show: (results) => {
          for (const { time, stream, message } of events) {
            results.say([results.toned("quiet", `${time}  ${stream}`), `  ${message}`]);
          }
          results.say(
            `${events.length} events in ${logGroup} since ${since.toISOString()} match /${pattern}/.`,
          );
          if (truncated) {
            results.say(
              `There are more: these are the earliest ${limit}. Narrow --pattern or --since, or raise --limit.`,
            );
          }
        },
      };
    },
  })
    .argument("<service>", "the environment's key of the service")
    .addOption(
      new Option("--pattern <expression>", "a regular expression that a message must match")
        .argParser(parsePattern)
        .default("ERROR|WARN|FAIL"),
    )
    .addOption(sinceOption())
    .addOption(
      new Option("--limit <count>", "show this many events at most").argParser(parseLimit).default(1000),
    );
}

function parsePattern(text: string): string {
  try {
    new RegExp(text);
  } catch (error) {
    throw new InvalidArgumentError(`${error instanceof Error ? error.message : String(error)}.`);
  }
  return text;
}

function parseLimit(text: string): number {
  const limit = Number(text);
  if (!Number.isInteger(limit) || limit < 1) {
    throw new InvalidArgumentError("Write a whole number from 1.");
  }
  return limit;
}
