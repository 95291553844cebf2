// The database's URL as a secret, for images that read nothing else: ECS fills variables from secrets, and composes none of them.
import { Fn, type IResolvable, propertyAccess, Token } from "cdktf";
import type { Construct } from "constructs";
import type { GeneratedSecret } from "../secrets/generated-secret";
import { StoredSecret } from "../secrets/stored-secret";
import { EphemeralResource } from "../terraform/ephemeral-resource";
import { TerraformData } from "../terraform/terraform-data";
import type { Database } from "./database";

export interface DatabaseUrlProps {
  /** What it is called in Terraform. */
  readonly resourceName: string;
  /** The name of the URL's secret. */
  readonly name: string;
  /** Whose log-in it is, as JSON with `username` and `password`. */
  readonly login: GeneratedSecret;
  readonly database: Pick<Database, "address" | "port" | "databaseName">;
  /** Whether the deleted secret can be restored, for 30 days. */
  readonly deletionProtection: boolean | IResolvable;
  /** The KMS key of the secret. Default: Secrets Manager's own. */
  readonly kmsKeyArn?: string | undefined;
}

/**
 * `postgres://<user>:<password>@<host>:5432/<database>?sslmode=require`, as libpq, dj-database-url and django-environ read it. It is
 * written anew whenever the log-in or the database's address is another; the password comes from the log-in's secret, which keeps it.
 */
export class DatabaseUrl extends StoredSecret {
  constructor(scope: Construct, id: string, { login, database, ...props }: DatabaseUrlProps) {
    const { resourceName } = props;
    const { address, port, databaseName } = database;
    const parts = new TerraformData(scope, `${id}-parts:${resourceName}`, {
      triggersReplace: {
        address,
        port: String(port),
        database: databaseName,
        login: login.versionId,
      },
    });
    super(scope, id, { ...props, description: "The database's URL", renewedBy: [parts] }, (self) => {
      const written = new EphemeralResource(self, `login:${resourceName}`, {
        type: "aws_secretsmanager_secret_version",
        arguments: { secret_id: login.arn, version_id: whileApplying(login.versionId) },
      });
      const document = Fn.jsondecode(written.getStringAttribute("secret_string"));
      const part = (key: string) => percentEncoded(Token.asString(propertyAccess(document, [key])));
      const user = `${part("username")}:${part("password")}`;
      return {
        stored: `postgres://${user}@${address}:${port}/${databaseName}?sslmode=require`,
      };
    });
  }
}

/** Terraform knows the time only while it applies: so whoever plans needs no right to read the log-in. */
function whileApplying(text: string): string {
  return Fn.join("", [text, Fn.substr(Fn.timestamp(), 0, 0)]);
}

/** `urlencode` writes a space as in a form's answer, which a URL's other parts take for a plus. */
function percentEncoded(text: string): string {
  return Fn.replace(Fn.urlencode(text), "+", "%20");
}
