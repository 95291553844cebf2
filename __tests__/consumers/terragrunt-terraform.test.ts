// The page on Terragrunt, with Terraform.
import { followThePage } from "./support/terragrunt-page";

followThePage("terraform");
