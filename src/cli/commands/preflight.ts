// The command `preflight`: what could stop a deployment halfway, found before it starts.
import type { Command } from "commander";
import { RULE_HOLDERS } from "../../model/traffic/rules";
import { noneFailed } from "../../operations/checks";
import type { EndedCheck } from "../../operations/preflight/planned-check";
import type { Family } from "../../operations/preflight/preflight";
import { showChecks } from "../checks";
import type { OperationContext, Process } from "../operation";
import { operationCommand } from "../operation-command";
import { UsageError } from "../outcomes";
import { together } from "../progress";
import { outputOption, type RulesStackOptions, synthesizedStack, workspaceOption } from "../rules-stack";

interface Options extends RulesStackOptions {
  /** `true` without the name of a stack. */
  readonly plan?: true | readonly string[];
  readonly accept?: readonly string[];
}

export function preflightCommand(process: Process): Command {
  return operationCommand<Options>(process, {
    name: "preflight",
    description: "Before a deployment: tools, credentials, names, images, quotas, domain, secrets.",
    examples: [
      ["preflight", "of the default environment"],
      ["preflight --environment helloapi --json", "for a pipeline, before it deploys"],
      ["preflight --plan", "and what the deployment would do to what stands: after a synth"],
    ],
    timeout: 600_000,
    changes: false,
    run: async (context, options) => {
      const { name, model, variables, signal, aws, console } = context;
      const { preflight }: typeof import("../../operations/preflight/preflight") =
        require("../../operations/preflight/preflight");
      const families = [
        ...preflight({ name, model, variables, signal, aws }),
        ...changesFamily(context, options),
      ];
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
  })
    .addOption(outputOption(process.variables))
    .addOption(workspaceOption())
    .option(
      "--plan [stacks...]",
      `plan these stacks, by default ${RULE_HOLDERS.join(" and ")}, and judge what would change`,
    )
    .option(
      "--accept <addresses...>",
      "with --plan: what may be replaced or destroyed, such as django/aws_sqs_queue.jobs",
    );
}

/** What a deployment would do, where that is asked for. */
function changesFamily(context: OperationContext, { plan, accept = [], ...where }: Options): Family[] {
  if (plan === undefined) {
    if (accept.length > 0) {
      throw new UsageError("--accept is for what a plan takes away: add --plan.");
    }
    return [];
  }
  const { changeChecks }: typeof import("../../operations/preflight/changes/changes") =
    require("../../operations/preflight/changes/changes");
  const stacks = (plan === true ? RULE_HOLDERS : plan).map((id) => ({
    id,
    stack: synthesizedStack(id, where, context),
  }));
  return [{ title: "Changes", run: () => changeChecks(stacks, accept) }];
}
