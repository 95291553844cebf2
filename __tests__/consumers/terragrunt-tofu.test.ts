// The page on Terragrunt, with OpenTofu.
import { followThePage } from "./support/terragrunt-page";

followThePage("tofu");
