// Gives the cache's user its password from the secret, or another one beside it. No value is shown, logged or kept.
import { randomInt } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { ECSClient, type Service, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { ElastiCacheClient, ModifyUserCommand } from "@aws-sdk/client-elasticache";
import {
  GetSecretValueCommand,
  PutSecretValueCommand,
  SecretsManagerClient,
  UpdateSecretVersionStageCommand,
} from "@aws-sdk/client-secrets-manager";
import { BY_TERRAFORM, CACHE_PASSWORD_LENGTH, IN_CACHE } from "../../model/cache-login";
import type { Environment } from "../../model/environment";
import { cacheSecret } from "../../model/names/services";
import { AwsFailure } from "../aws/failure";
import type { AwsSession } from "../aws/session";
import type { CacheUserPlan } from "./plan";
import { type CacheUserState, cacheUserState } from "./state";

type PlanOf<Step> = Extract<CacheUserPlan, { step: Step }>;
type Says = (state: string) => void;

/** Milliseconds between two looks at a user that is being changed, which takes ElastiCache some seconds. */
const LOOK_AGAIN = 2000;

const CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

/** The secret's password becomes the user's only one. Connections that are open stay. @throws AwsFailure */
export async function giveCachePassword(
  aws: AwsSession,
  environment: Environment,
  { state }: PlanOf<"give">,
  says: Says,
): Promise<void> {
  const { password } = await documentOf(aws, environment, state.versionId);
  await setPasswords(aws, environment, [password], says);
  await mark(aws, environment, IN_CACHE, state.versionId, state.inCache);
}

/**
 * A new password beside the secret's: the cache takes both before the secret has the new one, so that nobody is refused, however
 * it is interrupted. Then services get new tasks, which read it.
 * @returns the services that get new tasks, by key
 * @throws AwsFailure
 */
export async function addCachePassword(
  aws: AwsSession,
  environment: Environment,
  { state, services }: PlanOf<"add">,
  says: Says,
): Promise<string[]> {
  const { names } = environment;
  const former = await documentOf(aws, environment, state.versionId);
  const password = newPassword();
  await setPasswords(aws, environment, [former.password, password], says);
  if (state.byTerraform === undefined) {
    await mark(aws, environment, BY_TERRAFORM, state.versionId, undefined);
  }
  says("The secret gets the new password");
  // Both labels move with the value, so that nobody finds the one without the other.
  await aws.client(SecretsManagerClient).send(
    new PutSecretValueCommand({
      SecretId: cacheSecret(names.secrets),
      SecretString: JSON.stringify({ ...former, password, ...urlWith(former.url, password) }),
      VersionStages: ["AWSCURRENT", IN_CACHE],
    }),
  );
  const running = [...services].filter(([, { desiredCount = 0 }]) => desiredCount > 0);
  for (const [key, { serviceName }] of running) {
    says(`${key} gets new tasks`);
    await restart(aws, names.cluster, serviceName);
  }
  return running.map(([key]) => key);
}

/** What the secret holds. */
interface LoginDocument {
  readonly password: string;
  readonly url?: unknown;
}

async function documentOf(
  aws: AwsSession,
  { names }: Environment,
  VersionId: string,
): Promise<LoginDocument> {
  const SecretId = cacheSecret(names.secrets);
  const { SecretString = "" } = await aws
    .client(SecretsManagerClient)
    .send(new GetSecretValueCommand({ SecretId, VersionId }));
  const found = parsed(SecretString);
  if (typeof found?.password !== "string") {
    throw new AwsFailure(
      `The secret ${SecretId} is not as Terraform writes it: it has to be JSON with the field "password".`,
      { kind: "rejected" },
    );
  }
  return { ...found, password: found.password };
}

function parsed(text: string): { readonly password?: unknown; readonly url?: unknown } | undefined {
  try {
    return JSON.parse(text) ?? undefined;
  } catch {
    return undefined;
  }
}

function urlWith(url: unknown, password: string): { readonly url?: string } {
  if (typeof url !== "string" || !URL.canParse(url)) {
    return {};
  }
  const changed = new URL(url);
  changed.password = password;
  return { url: changed.href };
}

function newPassword(): string {
  return Array.from({ length: CACHE_PASSWORD_LENGTH }, () => CHARACTERS[randomInt(CHARACTERS.length)]).join(
    "",
  );
}

async function setPasswords(
  aws: AwsSession,
  environment: Environment,
  Passwords: string[],
  says: Says,
): Promise<void> {
  says("ElastiCache changes the user");
  await aws.client(ElastiCacheClient).send(
    new ModifyUserCommand({
      UserId: environment.names.cacheUser,
      AuthenticationMode: { Type: "password", Passwords },
    }),
  );
  while (isChanging(await cacheUserState(aws, environment))) {
    await sleep(LOOK_AGAIN, undefined, { signal: aws.signal });
  }
}

function isChanging(state: CacheUserState): boolean {
  return state.deployed && state.status !== "active";
}

async function mark(
  aws: AwsSession,
  { names }: Environment,
  VersionStage: string,
  MoveToVersionId: string,
  from: string | undefined,
): Promise<void> {
  if (from === MoveToVersionId) return;
  await aws.client(SecretsManagerClient).send(
    new UpdateSecretVersionStageCommand({
      SecretId: cacheSecret(names.secrets),
      VersionStage,
      MoveToVersionId,
      // A label that is elsewhere has to be taken from there.
      ...(from !== undefined && { RemoveFromVersionId: from }),
    }),
  );
}

async function restart(aws: AwsSession, cluster: string, service: Service["serviceName"]): Promise<void> {
  await aws.client(ECSClient).send(new UpdateServiceCommand({ cluster, service, forceNewDeployment: true }));
}
