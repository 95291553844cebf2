// Terraform's `check` block, which cdktf 0.21 has no construct for: an assertion that warns after every plan and
// apply without failing them.
import { type IResolvable, propertyAccess, ref, TerraformElement, Token } from "cdktf";
import type { Construct } from "constructs";

/** One condition that a check verifies. */
export interface Assertion {
  /**
   * What has to be true, as Terraform evaluates it: an expression from cdktf's `Op` and `Fn`, or a string such as
   * `"${length(data.aws_subnets.all.ids) > 1}"`.
   */
  readonly condition: string | IResolvable;
  /** What Terraform reports when it isn't: a whole sentence. May hold interpolations. */
  readonly errorMessage: string;
}

/** A data source that only the check reads: if it can't be read, that is a warning too, not an error. */
export interface ScopedDataSource {
  /** The type, for example `aws_vpc_security_group_rules`. */
  readonly type: string;
  /**
   * The arguments, named as Terraform names them. A list of objects is a list of blocks, as in
   * `filter: [{ name: "group-id", values: [...] }]`; an object is the value of an attribute.
   */
  readonly arguments: Readonly<Record<string, unknown>>;
}

export interface CheckProps {
  /**
   * What is verified.
   *
   * @default - nothing yet: add at least one with `addAssertion`
   */
  readonly assertions?: readonly Assertion[];
  /**
   * A data source to read for the assertions, under the name of the check.
   *
   * @default - none
   */
  readonly dataSource?: ScopedDataSource;
}

/** A `check` block. */
export class Check extends TerraformElement {
  private readonly assertions: Assertion[];
  private readonly dataSource: ScopedDataSource | undefined;

  constructor(scope: Construct, id: string, props: CheckProps) {
    super(scope, id, "check");
    this.assertions = [...(props.assertions ?? [])];
    this.dataSource = props.dataSource;
    this.node.addValidation({
      validate: () =>
        this.assertions.length > 0
          ? []
          : ["A check needs at least one assertion: Terraform rejects an empty one."],
    });
  }

  /** Adds a condition; one that reads the scoped data source can only be written once the check is there. */
  addAssertion(assertion: Assertion): void {
    this.assertions.push(assertion);
  }

  /**
   * A reference to an attribute of the scoped data source, for this check's own assertions.
   *
   * @throws if the check has no data source
   */
  dataAttribute(name: string): IResolvable {
    if (this.dataSource === undefined) {
      throw new Error(`The check ${this.node.path} has no data source to read "${name}" from`);
    }
    const source = ref(`data.${this.dataSource.type}.${this.friendlyUniqueId}`, this.cdktfStack);
    return Token.asAny(propertyAccess(source, [name]));
  }

  override toTerraform(): object {
    const { dataSource } = this;
    return {
      check: {
        [this.friendlyUniqueId]: {
          ...(dataSource && {
            data: { [dataSource.type]: { [this.friendlyUniqueId]: dataSource.arguments } },
          }),
          assert: this.assertions.map(({ condition, errorMessage }) => ({
            condition,
            error_message: errorMessage,
          })),
          ...this.rawOverrides,
        },
      },
    };
  }

  /** The same as in JSON: the stack writes HCL from that. */
  override toHclTerraform(): object {
    return this.toTerraform();
  }
}
