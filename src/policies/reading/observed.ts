// Who reaches whom, read from a platform's stacks: worked out once for all who ask.
import type { Model } from "../../model/model";
import { Reachability } from "../../reachability/reachability";
import type { TerraformConfigs } from "../../reachability/terraform-config";

const known = new WeakMap<TerraformConfigs, Reachability>();

/** @param configs evaluated, and never changed afterwards */
export function observedOf({ members }: Pick<Model, "members">, configs: TerraformConfigs): Reachability {
  const extra = members.all.filter(({ kind }) => kind === "extra");
  const observed =
    known.get(configs) ??
    new Reachability(configs, new Map(extra.map(({ groupName, key }) => [groupName, key])));
  known.set(configs, observed);
  return observed;
}
