// A stack without a backend block: cdktf would give it a local backend with the path of the machine that synthesizes.
import { TerraformBackend, type TerraformRemoteState } from "cdktf";
import type { Construct } from "constructs";

/** Leaves the backend to whoever runs Terraform, such as Terragrunt, which generates the block itself. */
export class NoBackend extends TerraformBackend {
  constructor(scope: Construct) {
    super(scope, "backend", "none");
  }

  override toTerraform(): object {
    return {};
  }

  override toHclTerraform(): object {
    return {};
  }

  /** @throws always: nobody here knows where the state will be, so no other stack can read from it */
  getRemoteStateDataSource(_scope: Construct, _name: string, fromStack: string): TerraformRemoteState {
    throw new Error(
      `The stack "${fromStack}" has no backend (state.backend is "none"), so another stack cannot refer to its ` +
        "attributes: look the resource up with a data source instead",
    );
  }
}
