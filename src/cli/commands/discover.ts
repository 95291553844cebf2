// The command `discover`: the platform's security groups as the account has them.
import type { Command } from "commander";
import type { Process } from "../operation";
import { operationCommand } from "../operation-command";

export function discoverCommand(process: Process): Command {
  return operationCommand(process, {
    name: "discover",
    description: "Find the platform's security groups: at their resources, and by Name tag.",
    examples: [
      ["discover", "of the default environment"],
      ["discover --environment helloapi --json", "for a script"],
    ],
    timeout: 120_000,
    changes: false,
    run: async ({ aws, model }) => {
      const { discover, isInOrder }: typeof import("../../operations/discovery/discover") =
        require("../../operations/discovery/discover");
      const discovery = await discover(await aws(), model);
      return {
        ok: isInOrder(discovery),
        json: {
          vpc: discovery.vpc,
          groups: discovery.groups.map(({ group, name, tagged, resource, attached, findings }) => ({
            group,
            name,
            tagged,
            resource,
            attached,
            findings,
          })),
        },
        show: (console) => {
          const { vpc, groups } = discovery;
          console.say(`VPC ${vpc.name}: ${vpc.ids.join(", ") || "not found"}`);
          console.table(
            ["Group", "Name tag", "By Name tag", "At the resource", "Resource"],
            groups.map(({ group, name, tagged, attached, resource }) => [
              group,
              name,
              tagged.join("\n") || "-",
              attached === undefined ? "(no such resource)" : attached.join("\n") || "-",
              resource,
            ]),
          );
          const findings = [...vpc.findings, ...groups.flatMap((group) => group.findings)];
          for (const finding of findings) {
            console.say(console.toned("bad", finding));
          }
          if (findings.length === 0) {
            console.say(
              console.toned("good", "Every resource is in the group of its name, and in no other."),
            );
          }
        },
      };
    },
  });
}
