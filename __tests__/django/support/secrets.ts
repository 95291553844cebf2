// The secrets that the task definitions of one environment name, in the emulator: made when a container first asks for one.
import { NAMES } from "./servers";
import { type Aws, createSecret, putSecret, secretValue } from "./servers/aws";
import { SENTRY_PORT } from "./servers/sentry";

/** Who logs on to the database. */
export interface DatabaseLogin {
  readonly username: string;
  readonly password: string;
}

export interface Secrets {
  /** The ARN of the secret that a reference of the synthesized stack names. */
  arn(reference: string): Promise<string>;
  /** Gives the secret of the database's user another login. */
  changeLogin(login: DatabaseLogin): Promise<void>;
  /** What docs/secret-key.md says: the former key becomes what the current one is, then a new one is made. */
  replaceSecretKey(): Promise<void>;
}

const isLogin = (reference: string) => /master_user_secret|\.database(_user)?\./.test(reference);

const CACHE = "aws_secretsmanager_secret_version.cache.arn";
const KEY = "aws_secretsmanager_secret_version.secret_key.arn";
const FORMER_KEY = "aws_secretsmanager_secret_version.secret_key_previous.arn";

/** @param cache what the secret of the cache's user has, where there is one */
export function createSecrets(
  aws: Aws,
  environment: string,
  login: DatabaseLogin,
  cache: DatabaseLogin & { readonly url: string },
): Secrets {
  const made = new Map<string, Promise<string>>();
  const firstValue = (reference: string): string => {
    if (isLogin(reference)) {
      return JSON.stringify(login);
    }
    if (reference === CACHE) {
      return JSON.stringify(cache);
    }
    return reference.includes("sentry")
      ? `http://key@${NAMES.sentry}:${SENTRY_PORT}/1`
      : `random-${environment}-${reference}`;
  };
  const arn = (reference: string): Promise<string> => {
    const found =
      made.get(reference) ?? createSecret(aws, `${environment}/${made.size}`, firstValue(reference));
    made.set(reference, found);
    return found;
  };
  let keys = 0;
  return {
    arn,
    changeLogin: async (changed) => {
      for (const reference of [...made.keys()].filter(isLogin)) {
        await putSecret(aws, await arn(reference), JSON.stringify(changed));
      }
    },
    replaceSecretKey: async () => {
      const current = await arn(KEY);
      await putSecret(aws, await arn(FORMER_KEY), await secretValue(aws, current));
      keys += 1;
      await putSecret(aws, current, `another-${environment}-${keys}`);
    },
  };
}
