// A generated master password as a child module has it: written into its secret, and given to the database from there.
import { Fn, propertyAccess, Token } from "cdktf";
import { Construct } from "constructs";
import type { GeneratedSecret } from "../secrets/generated-secret";
import { EphemeralResource } from "../terraform/ephemeral-resource";
import { type Credentials, passwordNumber, type StoredCredentialsProps, secretOf } from "./credentials";

/**
 * Nothing has to be remembered between two runs: whatever the secret holds, the database is given in the run that writes it, or
 * in the next one. For that, each plan reads the secret, and so must whoever plans.
 */
export class ReadBackCredentials extends Construct implements Credentials {
  readonly arguments: Credentials["arguments"];
  readonly secret: GeneratedSecret;

  constructor(scope: Construct, id: string, props: Omit<StoredCredentialsProps, "base">) {
    super(scope, id);
    this.secret = secretOf(this, props, [props.replacedWith]);
    const written = new EphemeralResource(this, "written:database", {
      type: "aws_secretsmanager_secret_version",
      arguments: { secret_id: this.secret.arn, version_id: this.secret.versionId },
    });
    this.arguments = {
      passwordWo: Token.asString(
        propertyAccess(Fn.jsondecode(written.getStringAttribute("secret_string")), ["password"]),
      ),
      passwordWoVersion: passwordNumber(this.secret),
    };
  }

  secretArn(): string {
    return this.secret.arn;
  }
}
