// The command `adopt`: rules that were added by hand become Terraform's, without being removed or made anew.
import type { Command } from "commander";
import type { AdoptResult } from "../../operations/adopt/adopt";
import { deployCommand, opsCommand } from "../../operations/commands";
import type { Process } from "../operation";
import { operationCommand } from "../operation-command";
import type { OperatorConsole } from "../operator-console";
import { outputOption, rulesStack, workspaceOption } from "../rules-stack";

interface Options {
  readonly output: string;
  readonly workspace: string;
  readonly changeDescriptions?: true;
}

export function adoptCommand(process: Process): Command {
  return operationCommand<Options>(process, {
    name: "adopt",
    description: "Have the next deployment of the rules stack take over rules that are there already.",
    examples: [
      ["adopt --dry-run", "what would be taken over"],
      ["adopt", "write the import blocks"],
      ["adopt --change-descriptions", "also of rules with another description"],
    ],
    timeout: 300_000,
    changes: false,
    dryRun: "show what would be written, and write nothing",
    run: async (context, { output, workspace, changeDescriptions = false }) => {
      const { name, model, dryRun } = context;
      const stack = rulesStack({ output, workspace }, context);
      const { adopt }: typeof import("../../operations/adopt/adopt") =
        require("../../operations/adopt/adopt");
      const aws = await context.aws();
      const result = await adopt({ aws, stack, model, changeDescriptions, dryRun });
      const { findings, otherDescription, blocked, file } = result;
      const leftAlone = changeDescriptions ? 0 : otherDescription.length;
      return {
        ok: findings.length === 0 && blocked.length === 0 && leftAlone === 0,
        json: { output, ...result, file: file ?? null },
        show: (console) => show(console, result, { environment: name, changeDescriptions }),
      };
    },
  })
    .addOption(outputOption(process.variables))
    .addOption(workspaceOption())
    .option("--change-descriptions", "take over rules with another description, too, and change it");
}

function show(
  console: OperatorConsole,
  result: AdoptResult,
  { environment, changeDescriptions }: { readonly environment: string; readonly changeDescriptions: boolean },
): void {
  const { findings, imports, alreadyManaged, otherDescription, wider, blocked, missing, file } = result;
  const bad = (text: string) => console.say(console.toned("bad", text));
  if (findings.length > 0) {
    findings.forEach(bad);
    bad("There is nothing to adopt into: nothing was written.");
    return;
  }
  const other = new Set(otherDescription.map(({ rule }) => rule));
  const rows = [
    ...imports.map(({ rule, id }) => [
      rule,
      id,
      other.has(rule) ? "taken over, described anew" : "taken over",
    ]),
    ...(changeDescriptions ? [] : otherDescription).map(({ rule, id }) => [rule, id, "another description"]),
    ...blocked.map(({ rule, id }) => [rule, id, "not possible"]),
    ...alreadyManaged.map(({ rule, id }) => [rule, id, "Terraform's already"]),
    ...missing.map((rule) => [rule, "-", "not there: will be made"]),
  ];
  console.table(["Rule", "ID", "At the next deployment"], rows);
  for (const { rule, live, declared } of otherDescription) {
    const texts = `"${live}" instead of "${declared}"`;
    if (changeDescriptions) {
      console.say(`${rule} is described as ${texts}: Terraform will change that in place.`);
    } else {
      bad(
        `${rule} is described as ${texts}, so a deployment would fail (InvalidPermission.Duplicate). Change the ` +
          "description, there or in the environment, or say --change-descriptions.",
      );
    }
  }
  for (const { rule, reason } of blocked) {
    bad(`${rule}: ${reason}`);
  }
  for (const { rule, id, traffic, description } of wider) {
    console.say(
      `${id} ("${description}") admits ${traffic}, more than ${rule}: it cannot be taken over, and ` +
        `"${opsCommand(environment, "verify")}" will call it undeclared.`,
    );
  }
  if (imports.length === 0) {
    console.say("There is nothing to take over.");
    return;
  }
  console.say("Terraform removes none of them and makes none anew; it adds the environment's tags in place.");
  console.say(
    file === undefined
      ? "Dry run: nothing was written."
      : `Wrote ${file}: the next "${deployCommand(environment, "security-group-rules")}" takes them over.`,
  );
}
