// Terraform's own resource `terraform_data`. cdktf's DataResource runs `terraform version` whenever it is synthesized, so
// that a synth would need Terraform, and OpenTofu alone would not do.
import { propertyAccess, TerraformResource, Token } from "cdktf";
import type { Construct } from "constructs";

export interface TerraformDataProps {
  /** Values whose change replaces the resource, and so gives it another id. */
  readonly triggersReplace: Readonly<Record<string, string>>;
}

/** A resource of nothing but an id, which stays the same for as long as the resource is not replaced. */
export class TerraformData extends TerraformResource {
  private readonly props: TerraformDataProps;

  constructor(scope: Construct, id: string, props: TerraformDataProps) {
    super(scope, id, {
      terraformResourceType: "terraform_data",
      terraformGeneratorMetadata: { providerName: "terraform" },
    });
    this.props = props;
  }

  /** A UUID, as a token. */
  get id(): string {
    return this.getStringAttribute("id");
  }

  /** One of the values whose change replaces it, as it was when that was last done. */
  trigger(key: string): string {
    return Token.asString(propertyAccess(this.fqn, ["triggers_replace", key]));
  }

  protected override synthesizeAttributes(): { triggers_replace: Record<string, string> } {
    return { triggers_replace: { ...this.props.triggersReplace } };
  }

  /** The same as in JSON: the stack writes HCL from that. */
  protected override synthesizeHclAttributes(): { triggers_replace: Record<string, string> } {
    return this.synthesizeAttributes();
  }
}
