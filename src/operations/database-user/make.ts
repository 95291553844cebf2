// Makes the application's own user in PostgreSQL, by the task that Terraform has prepared for it: whoever runs the command sees
// no password.
import type { Service } from "@aws-sdk/client-ecs";
import { SecretsManagerClient, UpdateSecretVersionStageCommand } from "@aws-sdk/client-secrets-manager";
import { DATABASE_USER_CONTAINER, IN_DATABASE } from "../../model/database-login";
import type { Environment } from "../../model/environment";
import { databaseUserSecret, databaseUserTask } from "../../model/names/services";
import { connects } from "../../model/services";
import type { ApplicationUser } from "../../schema/application-user";
import { MEMBER_KEYS } from "../../schema/member-keys";
import type { AwsSession } from "../aws/session";
import { liveServices } from "../live/resources";
import { type RanOnce, runOnce } from "../tasks/run-once";
import { databaseUserState, isMade, type UserState } from "./state";

/** What is to be done, or why nothing can be. */
export type DatabaseUserPlan =
  | { readonly impossible: string }
  | {
      readonly state: Extract<UserState, { secret: "there" }>;
      /** Whether the database has the user with this password already; it can be made again all the same. */
      readonly isMade: boolean;
      /** A service that reaches the database: the task gets its network. */
      readonly service: Service;
      readonly serviceKey: string;
    };

export async function planDatabaseUser(
  aws: AwsSession,
  environment: Environment,
  user: ApplicationUser,
): Promise<DatabaseUserPlan> {
  const connected = Object.entries(environment.services).flatMap(([key, service]) =>
    connects(service, MEMBER_KEYS.database) ? key : [],
  );
  const [state, services] = await Promise.all([
    databaseUserState(aws, environment, user),
    liveServices(aws, environment, connected),
  ]);
  const [running] = services;
  if (state.secret !== "there") {
    return {
      impossible:
        state.secret === "absent"
          ? `There is no secret ${databaseUserSecret(environment.names.secrets)} yet: deploy first.`
          : `The secret ${databaseUserSecret(environment.names.secrets)} is still another user's than ${user.name}: deploy first.`,
    };
  }
  if (running === undefined) {
    return {
      impossible:
        connected.length === 0
          ? "No service connects to the database, and the task gets the network of one that does."
          : `None of the services that reach the database is deployed: ${connected.join(", ")}.`,
    };
  }
  const [serviceKey, service] = running;
  return { state, isMade: isMade(state), service, serviceKey };
}

/** How it ended; `inDatabase` where the database has the secret's current password now. */
export interface MadeUser {
  readonly ran: RanOnce;
  readonly inDatabase: boolean;
}

/** Runs the task, and notes at the secret which of its versions the database has. @throws AwsFailure */
export async function makeDatabaseUser(
  aws: AwsSession,
  environment: Environment,
  user: ApplicationUser,
  { service, state }: Extract<DatabaseUserPlan, { service: Service }>,
  says: (state: string) => void,
): Promise<MadeUser> {
  const ran = await runOnce(aws, {
    cluster: environment.names.cluster,
    service,
    taskDefinition: databaseUserTask(environment.name).family,
    container: DATABASE_USER_CONTAINER,
    startedBy: "ops-database-user",
    says,
  });
  if (!ran.started || ran.exitCode !== 0) {
    return { ran, inDatabase: false };
  }
  // Whether the task read another password than the one that was current at first: nobody can tell which one then.
  const after = await databaseUserState(aws, environment, user);
  if (after.secret !== "there" || after.versionId !== state.versionId) {
    return { ran, inDatabase: false };
  }
  if (after.inDatabase !== after.versionId) {
    await aws.client(SecretsManagerClient).send(
      new UpdateSecretVersionStageCommand({
        SecretId: databaseUserSecret(environment.names.secrets),
        VersionStage: IN_DATABASE,
        MoveToVersionId: after.versionId,
        // A label that is elsewhere has to be taken from there.
        ...(after.inDatabase !== undefined && { RemoveFromVersionId: after.inDatabase }),
      }),
    );
  }
  return { ran, inDatabase: true };
}
