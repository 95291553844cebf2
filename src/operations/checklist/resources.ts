// What of an account the checklist looks at, in the form of Terraform's resources.
import type { JsonObject } from "../../reachability/terraform-config";

/** Resources by type and name, as Terraform has them. Its names are those that AWS knows the resources by. */
export type Resources = Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
