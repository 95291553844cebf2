// Renders policy documents for Terraform: as `jsonencode`, which a plan shows whole and no data source has to be read for.
import { Fn } from "cdktf";
import { documentOf, type Principal, type Statement } from "./document";

/** A document for an argument such as `policy`. */
export function policyDocument(statements: readonly Statement[]): string {
  return Fn.jsonencode(documentOf(statements));
}

/** Who may become a role, and under which conditions: for the argument `assume_role_policy`. */
export interface Trust extends Pick<Statement, "sid" | "conditions"> {
  readonly principal: Exclude<Principal, "*">;
  /**
   * The call by which they do.
   *
   * @default "sts:AssumeRole"
   */
  readonly action?: "sts:AssumeRole" | "sts:AssumeRoleWithWebIdentity";
}

/** A document that lets somebody become a role. */
export function trustDocument({ action = "sts:AssumeRole", ...trust }: Trust): string {
  return policyDocument([{ ...trust, actions: [action] }]);
}
