// What the command `cache-user` would do: give the cache its password, add another one, or take the former one back.
import type { Service } from "@aws-sdk/client-ecs";
import { ListSecretVersionIdsCommand, SecretsManagerClient } from "@aws-sdk/client-secrets-manager";
import { servicesOfCache } from "../../model/cache-login";
import type { Environment } from "../../model/environment";
import { cacheSecret } from "../../model/names/services";
import type { AwsSession } from "../aws/session";
import { liveServices } from "../live/resources";
import { type CacheUserState, cacheUserState, isGiven, isTaken } from "./state";

type Deployed = Extract<CacheUserState, { deployed: true }>;

/** What is to be done, or why nothing can be. */
export type CacheUserPlan =
  | { readonly step: "impossible"; readonly why: string }
  /** The cache has the secret's password, and no other. */
  | { readonly step: "nothing" }
  /** It gets the secret's password, and no other stays. */
  | { readonly step: "give"; readonly state: Deployed }
  /** It gets a new one beside the secret's, which services that run are restarted for. */
  | { readonly step: "add"; readonly state: Deployed; readonly services: ReadonlyMap<string, Service> };

export async function planCacheUser(
  aws: AwsSession,
  environment: Environment,
  { newPassword }: { readonly newPassword: boolean },
): Promise<CacheUserPlan> {
  const [state, services] = await Promise.all([
    cacheUserState(aws, environment),
    liveServices(aws, environment, servicesOfCache(environment.services)),
  ]);
  if (!state.deployed) {
    return impossible("There is no password or no user of the cache yet: deploy first.");
  }
  if (state.status !== "active") {
    return impossible(
      `ElastiCache is not done with the user ${environment.names.cacheUser}: ${state.status}.`,
    );
  }
  if (newPassword) {
    return isGiven(state)
      ? { step: "add", state, services }
      : impossible(
          "The cache does not have the secret's password alone: run the command without --new-password first.",
        );
  }
  if (isGiven(state)) {
    return { step: "nothing" };
  }
  // Tasks that began before the current password was made may still have the former one.
  const late = isTaken(state) ? await withFormer(aws, environment, state, services) : [];
  return late.length === 0
    ? { step: "give", state }
    : impossible(
        `Tasks of ${late.join(", ")} may still have the former password. Run the command again once "wait" says that all is up.`,
      );
}

function impossible(why: string): CacheUserPlan {
  return { step: "impossible", why };
}

/** The services whose tasks did not all begin after the secret's current version was made, by key. */
async function withFormer(
  aws: AwsSession,
  { names }: Environment,
  { versionId }: Deployed,
  services: ReadonlyMap<string, Service>,
): Promise<string[]> {
  const { Versions = [] } = await aws
    .client(SecretsManagerClient)
    .send(new ListSecretVersionIdsCommand({ SecretId: cacheSecret(names.secrets) }));
  const made = Versions.find(({ VersionId }) => VersionId === versionId)?.CreatedDate;
  return [...services].flatMap(([key, service]) => (isNewer(service, made) ? [] : key));
}

/** Whether no task of it is older than this. What nothing runs of has none. */
function isNewer({ deployments = [], runningCount = 0 }: Service, made: Date | undefined): boolean {
  return (
    runningCount === 0 ||
    (made !== undefined && deployments.every(({ createdAt }) => createdAt !== undefined && createdAt >= made))
  );
}
