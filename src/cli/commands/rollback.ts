// The command `rollback`: closes connections between the groups again, by taking their rules out of Terraform's state and
// the account together.
import type { Command } from "commander";
import type { Model } from "../../model/model";
import { whyText } from "../../model/traffic/flow";
import { opsCommand } from "../../operations/commands";
import type { RollbackPreview, RollbackResult } from "../../operations/rollback/rollback";
import type { OperationContext, Process } from "../operation";
import { operationCommand } from "../operation-command";
import type { OperatorConsole } from "../operator-console";
import { UsageError } from "../outcomes";
import { outputOption, rulesStack, workspaceOption } from "../rules-stack";

interface Options {
  readonly output: string;
  readonly workspace: string;
  readonly flow?: readonly string[];
  readonly undeclared?: true;
}

export function rollbackCommand(process: Process): Command {
  return operationCommand<Options>(process, {
    name: "rollback",
    description: "Remove the rules stack's rules, all or those of some flows, through Terraform.",
    examples: [
      ["rollback --dry-run", "what would be removed, and which connections would close"],
      ["rollback", "all rules of the stack security-group-rules"],
      ["rollback --flow postgres-from-django-5432-tcp --yes", "one connection, without asking"],
    ],
    timeout: 900_000,
    changes: true,
    run: async (context, { output, workspace, flow: flows = [], undeclared = false }) => {
      const { model, mayChange } = context;
      refuseOthersFlows(flows, model);
      const stack = rulesStack({ output, workspace }, context);
      const { rollback }: typeof import("../../operations/rollback/rollback") =
        require("../../operations/rollback/rollback");
      const aws = await context.aws();
      const result = await rollback({
        aws,
        stack,
        model,
        flows,
        undeclared,
        decide: (planned) => {
          showPreview(context.preview, planned);
          return mayChange(`Remove these rules (${planned.rules.length})?`);
        },
      });
      return {
        ok: isInOrder(result),
        json: { output, ...result },
        show: (results) => showResult(results, context, result),
      };
    },
  })
    .addOption(outputOption(process.variables))
    .addOption(workspaceOption())
    .option("--flow <id...>", "only the rules of this flow, named by its ingress rule; several may follow")
    .option("--undeclared", "also the rules in Terraform's state that the environment does not declare");
}

/** Where nothing was to be removed, too, the connections should be closed. */
function isInOrder({
  findings,
  objections,
  discrepancies,
  rules,
  done,
  connections,
}: RollbackResult): boolean {
  const isOnlyShown = rules.length > 0 && !done;
  return (
    [findings, objections, discrepancies].every(({ length }) => length === 0) &&
    (isOnlyShown || !connections.some(({ open }) => open))
  );
}

/** @throws UsageError for a flow that is not declared, or whose rules another stack holds */
function refuseOthersFlows(flows: readonly string[], { traffic }: Model): void {
  const holders = new Map(traffic.rules().map(({ flow, holder }) => [flow, holder]));
  for (const flow of flows) {
    const holder = holders.get(flow);
    if (holder === undefined) {
      const known = [...holders].filter(([, stack]) => stack === "security-group-rules").map(([id]) => id);
      throw new UsageError(
        `There is no flow "${flow}". Those of the rules stack: ${known.join(", ") || "none"}.`,
      );
    }
    if (holder !== "security-group-rules") {
      throw new UsageError(
        `The flow "${flow}" is held by the stack ${holder}, and a rollback leaves all other stacks alone: it goes to or ` +
          `comes from addresses outside. To close it, take it out of the environment, and deploy ${holder}.`,
      );
    }
  }
}

function showPreview(console: OperatorConsole, { rules, connections }: RollbackPreview): void {
  console.say("Terraform would remove, and change nothing else:");
  console.table(
    ["Rule", "ID", "Description"],
    rules.map(({ rule, id, flow, description }) => [
      rule,
      id,
      flow === null ? `${description} (not declared any more)` : description,
    ]),
  );
  showConnections(console, "Afterwards", connections);
}

function showConnections(
  console: OperatorConsole,
  when: string,
  connections: RollbackPreview["connections"],
): void {
  console.table(
    ["From", "To", "Port", "Why", when],
    connections.map(({ source, destination, port, open, through, ...words }) => [
      source,
      destination,
      port,
      whyText(words),
      open ? console.toned("bad", `open through ${through.join("\n")}`) : console.toned("good", "closed"),
    ]),
  );
}

function showResult(
  console: OperatorConsole,
  { dryRun, name: environment }: OperationContext,
  result: RollbackResult,
): void {
  const { findings, objections, rules, done, connections, discrepancies } = result;
  const problems = [...findings, ...objections];
  for (const problem of problems) {
    console.say(console.toned("bad", problem));
  }
  if (problems.length > 0) {
    console.say("Nothing was done.");
    return;
  }
  if (rules.length === 0) {
    console.say("Terraform's state holds none of these rules: there is nothing to remove.");
  } else if (!done) {
    // What would be done was shown already.
    if (!dryRun) {
      console.say("Nothing was done.");
    }
    return;
  }
  showConnections(console, "Now", connections);
  for (const discrepancy of discrepancies) {
    console.say(console.toned("bad", discrepancy));
  }
  if (connections.some(({ open }) => open)) {
    console.say(
      console.toned(
        "bad",
        "What is open is so by rules that are not Terraform's, or declared for another flow.",
      ),
    );
  }
  if (done && discrepancies.length === 0) {
    console.say("Nothing else changed among the rules of the platform's groups.");
  }
  console.say(
    `"${opsCommand(environment, "verify")}" tells the same; the next deployment of the rules stack makes the rules again.`,
  );
}
