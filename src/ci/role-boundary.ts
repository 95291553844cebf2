// Puts a boundary on roles: on every one of a stack that CI deploys.
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import type { IAspect } from "cdktf";
import type { IConstruct } from "constructs";

/** Puts a boundary on every role below. */
export class RoleBoundary implements IAspect {
  /** @param arn the boundary's */
  constructor(private readonly arn: string) {}

  visit(node: IConstruct): void {
    if (node instanceof IamRole) {
      node.permissionsBoundary = this.arn;
    }
  }
}
