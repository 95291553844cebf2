// The command `wait`: until the platform is up.
import type { Command } from "commander";
import { Option } from "commander";
import type { WaitedResource } from "../../operations/wait/wait";
import { durationText, parseTimer } from "../duration";
import type { Process } from "../operation";
import { operationCommand } from "../operation-command";
import type { OperatorConsole } from "../operator-console";
import { together } from "../progress";

/** Milliseconds: a database takes minutes, and a new task half a minute to be healthy. */
const INTERVAL = 10_000;

/** Milliseconds of the timeout that are kept for asking why something is not ready; of a short one, a quarter. */
const TIME_FOR_REASONS = 30_000;

interface WaitOptions {
  /** Milliseconds. */
  readonly interval: number;
}

export function waitCommand(process: Process): Command {
  return operationCommand<WaitOptions>(process, {
    name: "wait",
    description: "Wait until the load balancer, services, their targets, database and cache are ready.",
    examples: [
      ["wait", "after a deployment"],
      ["wait --timeout 10m --json", "for a script: it ends within 10 minutes"],
      ["wait --timeout 20s", "say what is not ready right now, and why"],
    ],
    timeout: 30 * 60_000,
    changes: false,
    run: async ({ aws, environment, console, signal, timeout }, { interval }) => {
      const deadline = Date.now() + timeout - Math.min(TIME_FOR_REASONS, timeout / 4);
      const { awaitedResources }: typeof import("../../operations/wait/awaited") =
        require("../../operations/wait/awaited");
      const { waitFor, waitForAll }: typeof import("../../operations/wait/wait") =
        require("../../operations/wait/wait");
      const said = new Map<string, string>();
      const resources = await waitForAll(
        awaitedResources(await aws(), environment),
        (some) =>
          together(
            console,
            some.map((resource) => ({
              title: resource.title,
              run: (says, ended) =>
                waitFor(resource, {
                  interval,
                  deadline,
                  ended,
                  says: (detail) => {
                    // On a terminal each look at all of them has lines of its own, and elsewhere only what is new has.
                    if (console.terminal !== undefined || said.get(resource.title) !== detail) {
                      said.set(resource.title, detail);
                      says(detail);
                    }
                  },
                }),
            })),
            { signal, isGood: isReady },
          ),
        deadline,
      );
      return {
        ok: resources.every(isReady),
        json: { resources },
        show: (console) => showResources(console, resources),
      };
    },
  }).addOption(
    new Option("--interval <duration>", "pause between two looks at a resource")
      .argParser(parseTimer)
      .default(INTERVAL, durationText(INTERVAL)),
  );
}

function isReady({ state }: WaitedResource): boolean {
  return state === "ready";
}

function showResources(console: OperatorConsole, resources: readonly WaitedResource[]): void {
  console.table(
    ["Resource", "State", "Detail", "Waited"],
    resources.map(({ resource, state, detail, seconds }) => [
      resource,
      console.toned(state === "ready" ? "good" : "bad", state),
      detail,
      `${seconds}s`,
    ]),
  );
  const unready = resources.filter((resource) => !isReady(resource));
  for (const { resource, detail, reasons } of unready) {
    console.say(console.toned("bad", `${resource} is not ready: ${detail}`));
    for (const reason of reasons) {
      console.say(`  ${reason}`);
    }
  }
  if (unready.length === 0) {
    console.say(console.toned("good", "Everything is ready."));
  }
}
