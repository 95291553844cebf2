// What the account says of the cache's user and of its password, without reading it.
import { DescribeUsersCommand, ElastiCacheClient } from "@aws-sdk/client-elasticache";
import { DescribeSecretCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { BY_TERRAFORM, IN_CACHE } from "../../model/cache-login";
import type { Environment } from "../../model/environment";
import { cacheSecret } from "../../model/names/services";
import type { AwsSession } from "../aws/session";
import { unlessAbsent } from "../live/absent";

/** The cache's user, and the secret with its password. */
export type CacheUserState =
  /** The secret or the user is not there. */
  | { readonly deployed: false }
  | {
      readonly deployed: true;
      /** The ID of the version with the current password. */
      readonly versionId: string;
      /** The version that the cache was given last; `undefined` before the first time. */
      readonly inCache: string | undefined;
      /** The version that is marked as Terraform's; `undefined` where none is yet: the only one is. */
      readonly byTerraform: string | undefined;
      /** How many passwords the user has; none where it proves itself otherwise. */
      readonly passwords: number;
      /** What ElastiCache is doing with the user: `active` where nothing. */
      readonly status: string;
    };

/** Whether the cache takes the password that services are given. */
export function isTaken(state: CacheUserState): boolean {
  return state.deployed && state.passwords > 0 && state.inCache === state.versionId;
}

/** Whether the cache takes that password, and no other. */
export function isGiven(state: CacheUserState): boolean {
  return state.deployed && state.passwords === 1 && isTaken(state);
}

export async function cacheUserState(
  aws: AwsSession,
  { names }: Pick<Environment, "names">,
): Promise<CacheUserState> {
  const [secret, users] = await Promise.all([
    unlessAbsent(
      aws
        .client(SecretsManagerClient)
        .send(new DescribeSecretCommand({ SecretId: cacheSecret(names.secrets) })),
      "ResourceNotFoundException",
    ),
    unlessAbsent(
      aws.client(ElastiCacheClient).send(new DescribeUsersCommand({ UserId: names.cacheUser })),
      "UserNotFound",
      "UserNotFoundFault",
    ),
  ]);
  const user = users?.Users?.[0];
  const versions = Object.entries(secret?.VersionIdsToStages ?? {});
  const having = (stage: string) => versions.find(([, stages]) => stages.includes(stage))?.[0];
  const versionId = having("AWSCURRENT");
  if (secret?.DeletedDate !== undefined || versionId === undefined || user === undefined) {
    return { deployed: false };
  }
  return {
    deployed: true,
    versionId,
    inCache: having(IN_CACHE),
    byTerraform: having(BY_TERRAFORM),
    passwords: user.Authentication?.Type === "password" ? (user.Authentication.PasswordCount ?? 1) : 0,
    status: user.Status ?? "",
  };
}
