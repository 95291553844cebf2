// The part of an environment that says which of Terraform's two kinds of module the output is.
import { z } from "zod";

/** Terraform's terms: a root module is applied by itself, a child module is called by another. */
export const terraformModuleSchema = z.enum(["root", "child"], 'Write "root" or "child".');

export type TerraformModule = z.output<typeof terraformModuleSchema>;
