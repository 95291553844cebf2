// The command `preflight`: what could stop a deployment halfway, found before it starts.
import type { Command } from "commander";
import { noneFailed } from "../../operations/checks";
import type { EndedCheck } from "../../operations/preflight/planned-check";
import { showChecks } from "../checks";
import type { Process } from "../operation";
import { operationCommand } from "../operation-command";
import { together } from "../progress";

export function preflightCommand(process: Process): Command {
  return operationCommand(process, {
    name: "preflight",
    description: "Before a deployment: tools, credentials, names, images, quotas, domain, secrets.",
    examples: [
      ["preflight", "of the default environment"],
      ["preflight --environment helloapi --json", "for a pipeline, before it deploys"],
    ],
    timeout: 120_000,
    changes: false,
    run: async ({ name, model, variables, signal, aws, console }) => {
      const { preflight }: typeof import("../../operations/preflight/preflight") =
        require("../../operations/preflight/preflight");
      const families = preflight({ name, model, variables, signal, aws });
      const isGood = (results: readonly EndedCheck[]) => noneFailed(results.map(({ check }) => check));
      const ended = await together(
        console,
        families.map(({ title, run }) => ({
          title,
          run: async (says) => {
            const results = await run();
            says(isGood(results) ? "nothing failed" : "something failed");
            return results;
          },
        })),
        { signal, isGood },
      );
      const results = ended.flat();
      const checks = results.map(({ check }) => check);
      return {
        ok: isGood(results),
        failure: results.find(({ failure }) => failure)?.failure,
        json: { checks },
        show: (shown) => showChecks(shown, checks),
      };
    },
  });
}
