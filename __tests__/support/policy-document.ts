// Reads the policy documents of synthesized stacks as IAM would get them, so that tests state them in IAM's words.
import type { PolicyDocument } from "../../src/iam/document";
import { parseJsonencode } from "./jsonencode";

/** The document that an argument holds; references within stay text. Throws where it holds none. */
export function policyDocumentIn(argument: unknown): PolicyDocument {
  const value = parseJsonencode(String(argument));
  if (typeof value !== "object" || value === null || !("Statement" in value)) {
    throw new Error("Not a policy document");
  }
  return value as PolicyDocument;
}

/** The statements of the document that an argument holds. */
export function statementsIn(argument: unknown): PolicyDocument["Statement"] {
  return policyDocumentIn(argument).Statement;
}
