// Whether secret and database were given the same password, kept where a plan can look: a parameter of Systems Manager, made
// after both.
import { DataAwsSsmParametersByPath } from "@cdktf/provider-aws/lib/data-aws-ssm-parameters-by-path";
import { SsmParameter } from "@cdktf/provider-aws/lib/ssm-parameter";
import { Fn, type TerraformResource, Token } from "cdktf";
import { Construct } from "constructs";
import { writtenPassword } from "../model/names/data-stores";
import { TerraformData } from "../terraform/terraform-data";

/**
 * A generated password exists in one run of Terraform alone: an apply that ends between secret and database could never be
 * completed with the same one. So the next run has to write both anew, and has to know: `attempt` is replaced in each run
 * that begins without the parameter, and whatever is replaced with it gets a new value. With the parameter, it stays.
 */
export class WrittenPassword extends Construct {
  /** Replaced in each run that cannot know that both have the same password. */
  readonly attempt: TerraformData;

  /** @param base the environment's name */
  constructor(
    scope: Construct,
    id: string,
    private readonly base: string,
  ) {
    super(scope, id);
    const found = new DataAwsSsmParametersByPath(this, "found:database-password", {
      path: writtenPassword(base).path,
      recursive: false,
      withDecryption: false,
    });
    this.attempt = new TerraformData(this, "attempt:database-password", {
      triggersReplace: {
        started: Token.asString(Fn.try([Fn.element(Fn.nonsensitive(found.values), 0), Fn.plantimestamp()])),
      },
    });
  }

  /** Says so once both are written. It is taken back before the version is replaced. */
  after(version: TerraformResource, database: TerraformResource): void {
    const { name } = writtenPassword(this.base);
    new SsmParameter(this, "written:database-password", {
      name,
      description: "The database and its secret were given the same password",
      type: "String",
      value: this.attempt.trigger("started"),
      tags: { Name: name },
      dependsOn: [database],
      lifecycle: { replaceTriggeredBy: [version] },
    });
  }
}
