// The command `database-user`: makes the application's own user of the database, or gives it the password of its secret.
import type { Command } from "commander";
import type { MadeUser } from "../../operations/database-user/make";
import { printable } from "../../project/printable";
import type { Process } from "../operation";
import { operationCommand } from "../operation-command";
import type { OperatorConsole } from "../operator-console";
import { UsageError } from "../outcomes";
import { together } from "../progress";

export function databaseUserCommand(process: Process): Command {
  return operationCommand<object>(process, {
    name: "database-user",
    description: "Make the application's own user in the database, with the password of its secret.",
    examples: [
      ["database-user", "asks before it starts a task"],
      ["database-user --environment helloapi --yes --json", "for a pipeline"],
    ],
    timeout: 600_000,
    changes: true,
    run: async (context) => {
      const { aws, console, environment, name, dryRun, mayChange, signal } = context;
      const user = environment.database?.applicationUser;
      if (user === undefined) {
        throw new UsageError(
          `${name} declares no database.applicationUser: docs/database-password.md says when to.`,
        );
      }
      const { makeDatabaseUser, planDatabaseUser }: typeof import("../../operations/database-user/make") =
        require("../../operations/database-user/make");
      const session = await aws();
      const plan = await planDatabaseUser(session, environment, user);
      if ("impossible" in plan) {
        return {
          ok: false,
          json: { user: user.name, status: "impossible", detail: plan.impossible },
          show: (to) => to.say(to.toned("bad", plan.impossible)),
        };
      }
      console.say(
        `A task in the cluster ${environment.names.cluster}, with the network of ${plan.serviceKey}, makes ${user.name} in the ` +
          `database ${environment.database?.databaseName}, gives it the password of its secret, and hands over to it what the ` +
          `master user owns there.${plan.isMade ? " The database has it with this password already." : ""}`,
      );
      if (!(await mayChange("Start it?"))) {
        return {
          ok: dryRun,
          json: { user: user.name, status: plan.isMade ? "made" : "to-make" },
          show: (to) => to.say(dryRun ? "Dry run: nothing was done." : "Nothing was done."),
        };
      }
      const [made] = await together(
        console,
        [
          {
            title: "database-user",
            run: (says) => makeDatabaseUser(session, environment, user, plan, says),
          },
        ],
        { signal, isGood: ({ inDatabase }: MadeUser) => inDatabase },
      );
      return {
        ok: made?.inDatabase ?? false,
        json: { user: user.name, status: made?.inDatabase ? "made" : "failed", ...outcome(made) },
        show: (to) => show(to, user.name, made),
      };
    },
  });
}

function outcome(made: MadeUser | undefined): object {
  const ran = made?.ran;
  return ran?.started
    ? { exitCode: ran.exitCode ?? null, detail: ran.reason, log: ran.log }
    : { exitCode: null, detail: ran?.reason ?? "", log: [] };
}

function show(console: OperatorConsole, user: string, made: MadeUser | undefined): void {
  if (made === undefined) {
    return;
  }
  const { ran, inDatabase } = made;
  if (ran.started && ran.log.length > 0) {
    console.say(`The last lines of the task:\n${ran.log.map((line) => `  ${printable(line)}`).join("\n")}`);
  }
  if (inDatabase) {
    console.say(console.toned("good", `The database has ${user}, with the password of its secret.`));
  } else if (ran.started && ran.exitCode === 0) {
    console.say(console.toned("bad", "The secret has changed while the task ran: run the command again."));
  } else {
    console.say(
      console.toned(
        "bad",
        `${ran.started ? "The task failed" : "ECS started no task"}: ${printable(ran.reason)}`,
      ),
    );
  }
}
