// Whether services could log in as the application's own user of the database: before a deployment, and after it.
import { servicesOfApplicationUser } from "../../model/database-login";
import type { Environment } from "../../model/environment";
import type { ApplicationUser } from "../../schema/application-user";
import { opsCommand } from "../commands";
import { type Finding, failed, passed, skipped } from "../preflight/planned-check";
import { NOT_DEPLOYED } from "../verify/check";
import { isMade, type UserState } from "./state";

export interface UserFacts {
  /** The environment's name: that of its file. */
  readonly name: string;
  readonly environment: Pick<Environment, "database" | "services">;
  readonly user: ApplicationUser;
  readonly state: UserState;
}

/** @param isRunning whether one of the services that connect to the database runs */
export function judgeBeforeDeployment(
  { name, environment, user, state }: UserFacts,
  isRunning: boolean,
): Finding {
  const users = servicesOfApplicationUser(environment);
  const command = opsCommand(name, "database-user");
  if (users.length === 0) {
    return passed(
      isMade(state)
        ? `The database has ${user.name}, and no service logs in as it: take databaseUser out of the services.`
        : `No service logs in as ${user.name} yet. Deploy, then run ${command}, and then take databaseUser out of the services.`,
    );
  }
  if (isMade(state)) {
    return passed(
      `The database has ${user.name}, with the secret's password: ${users.join(", ")} can log in.`,
    );
  }
  if (!isRunning) {
    return skipped(`Nothing runs yet. After the deployment, before anything migrates: ${command}`);
  }
  return failed(
    state.secret === "there"
      ? `The database does not have ${user.name} with the password in its secret: run ${command}`
      : `${users.join(", ")} would log in as ${user.name}, whom the database does not have yet: give each of them ` +
          `databaseUser: "master", deploy, run ${command}, and then take it out again.`,
  );
}

export function judgeAfterDeployment({ name, environment, user, state }: UserFacts): Finding {
  const users = servicesOfApplicationUser(environment);
  if (state.secret === "absent") {
    return skipped(NOT_DEPLOYED);
  }
  if (isMade(state)) {
    return passed(`It has ${user.name}, with the secret's password`);
  }
  const remedy =
    state.secret === "of-another"
      ? `the secret is still another user's than ${user.name}: deploy, and then run ${opsCommand(name, "database-user")}`
      : `run ${opsCommand(name, "database-user")}`;
  return users.length === 0
    ? skipped(`no service logs in as ${user.name} yet; before one does, ${remedy}`)
    : failed(`${users.join(", ")} cannot log in as ${user.name}: ${remedy}`);
}
