// What the account says of the application's own user of the database, without reading its password.
import { DescribeSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { databaseUserDescription, IN_DATABASE } from "../../model/database-login";
import type { Environment } from "../../model/environment";
import { databaseUserSecret } from "../../model/names/services";
import type { ApplicationUser } from "../../schema/application-user";
import type { AwsSession } from "../aws/session";
import { unlessAbsent } from "../live/absent";

/** The secret of the user. */
export type UserState =
  /** There is none, or it is another user's: a deployment would make it this one's. */
  | { readonly secret: "absent" | "of-another" }
  | {
      readonly secret: "there";
      /** The ID of the version with the current password. */
      readonly versionId: string;
      /** The version that the database was given last; `undefined` before the first time. */
      readonly inDatabase: string | undefined;
    };

/** Whether the database has the user with the password that services are given. */
export function isMade(state: UserState): boolean {
  return state.secret === "there" && state.inDatabase === state.versionId;
}

export async function databaseUserState(
  aws: AwsSession,
  { names }: Pick<Environment, "names">,
  user: ApplicationUser,
): Promise<UserState> {
  const secret = await unlessAbsent(
    aws
      .client(SecretsManagerClient)
      .send(new DescribeSecretCommand({ SecretId: databaseUserSecret(names.secrets) })),
    "ResourceNotFoundException",
  );
  const versions = Object.entries(secret?.VersionIdsToStages ?? {});
  const having = (stage: string) => versions.find(([, stages]) => stages.includes(stage))?.[0];
  const versionId = having("AWSCURRENT");
  if (secret === undefined || secret.DeletedDate !== undefined || versionId === undefined) {
    return { secret: "absent" };
  }
  return secret.Description === databaseUserDescription(user)
    ? { secret: "there", versionId, inDatabase: having(IN_DATABASE) }
    : { secret: "of-another" };
}
