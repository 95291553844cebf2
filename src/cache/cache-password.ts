// The password of the cache's user, as a secret that services are given, and that the command `cache-user` gives to the cache.
import type { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { SecretLogin } from "../database/secret-login";
import { CACHE_PASSWORD_LENGTH, cacheLogin } from "../model/cache-login";
import { GeneratedSecret } from "../secrets/generated-secret";
import { TerraformData } from "../terraform/terraform-data";

export interface CachePasswordProps {
  /** The secret's name. */
  readonly secretName: string;
  /** The host name that leads to the primary. */
  readonly host: string;
  /** The TCP port. */
  readonly port: number;
  /** The user that services log on as. */
  readonly userName: string;
  /** Whether the deleted secret can be restored, for 30 days. */
  readonly deletionProtection: boolean | IResolvable;
  /** The KMS key of the secret. Default: Secrets Manager's own. */
  readonly kmsKeyArn?: string | undefined;
}

/** A generated password, with the cache's URL that has it. Until the command has run, nobody can log on with it. */
export class CachePassword extends Construct {
  /** The user with its password. */
  readonly login: SecretLogin;

  constructor(scope: Construct, id: string, props: CachePasswordProps) {
    super(scope, id);
    const { secretName, host, port, userName, deletionProtection, kmsKeyArn } = props;
    // The URL is written once: for another host or user, it has to be written anew.
    const address = new TerraformData(this, "address:cache", { triggersReplace: { host, user: userName } });
    const secret = new GeneratedSecret(this, "secret", {
      resourceName: "cache",
      name: secretName,
      description: "The services' user of the cache",
      length: CACHE_PASSWORD_LENGTH,
      // A generated one has nothing in it that a URL would have to encode.
      fields: (password) => cacheLogin({ host, port, login: { user: userName, password } }),
      renewedBy: [address],
      deletionProtection,
      kmsKeyArn,
    });
    this.login = new SecretLogin(secret.arn, kmsKeyArn, "Cache");
  }
}
