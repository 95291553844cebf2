// Terraform's `ephemeral` block, which cdktf 0.21 has no construct for: a value that exists while Terraform runs and
// never enters the state or the plan. Made for secrets that go into write-only arguments.
import {
  dependable,
  type IResolvable,
  type ITerraformDependable,
  propertyAccess,
  TerraformElement,
  type TerraformProvider,
  Token,
} from "cdktf";
import type { Construct } from "constructs";

export interface EphemeralResourceProps {
  /** The type, for example `aws_secretsmanager_random_password`. */
  readonly type: string;
  /**
   * The arguments, named as Terraform names them. A list of objects is a list of blocks; an object is the value of
   * an attribute.
   *
   * @default - none
   */
  readonly arguments?: Readonly<Record<string, unknown>>;
  /**
   * What has to be there before it is opened, beyond what its arguments refer to.
   *
   * @default - nothing
   */
  readonly dependsOn?: readonly ITerraformDependable[];
  /**
   * Which configuration of its provider opens it.
   *
   * @default - the provider's default configuration
   */
  readonly provider?: TerraformProvider;
}

/** An `ephemeral` block. */
export class EphemeralResource extends TerraformElement {
  /** The type, for example `aws_secretsmanager_random_password`. */
  readonly type: string;
  private readonly props: EphemeralResourceProps;

  constructor(scope: Construct, id: string, props: EphemeralResourceProps) {
    super(scope, id, `ephemeral.${props.type}`);
    this.type = props.type;
    this.props = props;
  }

  /**
   * An attribute, as a token that resolves to `${ephemeral.<type>.<name>.<attribute>}`.
   *
   * Terraform accepts it only where nothing is kept: in a write-only argument, another ephemeral resource, a
   * provider, or an ephemeral variable or output.
   */
  getStringAttribute(attribute: string): string {
    return Token.asString(this.getAttribute(attribute));
  }

  /** An attribute of any type, to be used in an expression. */
  getAttribute(attribute: string): IResolvable {
    return propertyAccess(this.fqn, [attribute]);
  }

  override toTerraform(): object {
    const { type, dependsOn, provider } = this.props;
    return {
      ephemeral: {
        [type]: {
          [this.friendlyUniqueId]: {
            ...this.props.arguments,
            ...(dependsOn && { depends_on: dependsOn.map(dependable) }),
            ...(provider && { provider: provider.fqn }),
            ...this.rawOverrides,
            "//": this.constructNodeMetadata,
          },
        },
      },
    };
  }

  /** The same as in JSON: the stack writes HCL from that. */
  override toHclTerraform(): object {
    return this.toTerraform();
  }
}
