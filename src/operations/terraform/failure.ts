// What an operation ends with where Terraform does not do what it is asked to.

/** What kept Terraform from it. */
export type TerraformFailureKind =
  /** There is no such program. */
  | "not-installed"
  /** It ended with an error. */
  | "failed";

/** Terraform could not do its part; the message is a sentence for a person, and Terraform's own last lines if it had any. */
export class TerraformFailure extends Error {
  override readonly name = "TerraformFailure";

  constructor(
    message: string,
    readonly kind: TerraformFailureKind,
  ) {
    super(message);
  }
}
