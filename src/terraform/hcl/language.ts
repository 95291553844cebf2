// The blocks of the Terraform language itself, which no provider describes.
import { type Body, block, type Slot } from "./shape";

type Slots = Body["slots"];

const condition = block(0, { condition: "expression", error_message: "expression" });

const lifecycle = block(0, {
  ignore_changes: "bare",
  replace_triggered_by: "bare",
  precondition: condition,
  postcondition: condition,
});

const connection = block(0, {}, "expression");

const provisioner = block(1, { when: "bare", on_failure: "bare", connection }, "expression");

/** What any resource, data source or ephemeral resource may hold beside its provider's own arguments. */
const metaArguments: Slots = { provider: "bare", depends_on: "bare", lifecycle, connection, provisioner };

/**
 * Arguments that the AWS provider declares as attributes but lets one write as blocks. In such a one an empty list is
 * an order to remove what is there. Source: `terraform providers schema -json` of hashicorp/aws 5.100, the attributes
 * that are lists or sets of objects.
 */
const CLEARABLE: Readonly<Record<string, readonly string[]>> = {
  aws_default_network_acl: ["egress", "ingress"],
  aws_default_route_table: ["route"],
  aws_default_security_group: ["egress", "ingress"],
  aws_emr_cluster: ["step"],
  aws_network_acl: ["egress", "ingress"],
  aws_route_table: ["route"],
  aws_security_group: ["egress", "ingress"],
};

/** Terraform's own resource, whose arguments may be of any type: an object in them is never a block. */
const BUILT_IN: Readonly<Record<string, Slots>> = {
  terraform_data: { input: "expression", triggers_replace: "expression" },
};

/** The kinds of block whose arguments a provider describes. */
export type TypedKind = "provider" | "resource" | "data";

/** Knows the slots of a provider, or of a type of resource or data source. */
export type TypedSlots = (kind: TypedKind, type: string) => Slots;

/** The root of a configuration: every kind of block that may stand there, in the order in which they are written. */
export function configuration(typed: TypedSlots): Body {
  const ofType = (kind: "resource" | "data" | "ephemeral", timeouts: Slot = block(0, {})) => ({
    labels: 2 as const,
    body: ([type = ""]: readonly string[]): Body => ({
      slots: {
        timeouts,
        ...BUILT_IN[type],
        ...(kind === "ephemeral" ? {} : typed(kind, type)),
        ...metaArguments,
      },
      clearable: CLEARABLE[type] ?? [],
    }),
  });
  const data = ofType("data");
  return {
    slots: {
      terraform: block(0, {
        required_version: "constant",
        required_providers: block(0, {}, "requirement"),
        backend: block(1, { workspaces: block(0, {}, "constant") }, "constant"),
        cloud: block(0, { workspaces: block(0, {}, "constant") }, "constant"),
        provider_meta: block(1, {}, "expression"),
      }),
      provider: {
        labels: 1,
        body: ([name = ""]) => ({
          slots: { ...typed("provider", name), alias: "constant", version: "constant" },
        }),
      },
      variable: block(1, {
        type: "bare",
        description: "constant",
        default: "constant",
        validation: condition,
      }),
      locals: block(0, {}, "expression"),
      data,
      ephemeral: ofType("ephemeral"),
      resource: ofType("resource"),
      module: block(
        1,
        { source: "constant", version: "constant", providers: "bare", depends_on: "bare" },
        "expression",
      ),
      moved: block(0, { from: "bare", to: "bare" }),
      removed: block(0, { from: "bare", lifecycle: block(0, {}), connection, provisioner }),
      import: block(0, { to: "bare", provider: "bare" }, "expression"),
      check: block(1, { data, assert: condition }),
      output: block(
        1,
        { description: "constant", depends_on: "bare", precondition: condition },
        "expression",
      ),
    },
  };
}
