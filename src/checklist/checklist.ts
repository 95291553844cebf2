// The security checklist: all of its items, answered.
import { RootConstruct } from "constructs";
import type { Model } from "../model/model";
import { synthesizedPlatform } from "../policies/check-policies";
import type { SynthesizedPlatform } from "../policies/policy";
import type { TerraformConfigs } from "../reachability/terraform-config";
import type { Answer, Item } from "./item";
import { requiredAccessItems } from "./items/access";
import { furtherApplicationItems, requiredApplicationItems } from "./items/application";
import { requiredBrowserItems } from "./items/browser";
import { furtherDataItems, requiredDataItems } from "./items/data-stores";
import { furtherEntranceItems, requiredEntranceItems } from "./items/entrance";
import { furtherImageItems, requiredImageItems } from "./items/images";
import { networkAcls } from "./items/network-acls";
import { furtherOperationItems, requiredOperationItems } from "./items/operation";
import { patches } from "./items/patches";
import { peopleItems } from "./items/people";

/** In the order in which they are shown: what is required first. */
export const ITEMS: readonly Item[] = [
  ...requiredEntranceItems,
  ...requiredApplicationItems,
  ...requiredBrowserItems,
  ...requiredImageItems,
  patches,
  ...requiredDataItems,
  ...requiredOperationItems,
  ...requiredAccessItems,
  ...furtherEntranceItems,
  ...furtherApplicationItems,
  ...furtherImageItems,
  ...furtherDataItems,
  networkAcls,
  ...furtherOperationItems,
  ...peopleItems,
];

/** An item with its answer. */
export interface Answered extends Omit<Item, "answer">, Answer {}

/** What items look at. No constructs are left of what is written; no policy that an item asks looks at any. */
export function written(model: Model, configs: TerraformConfigs): SynthesizedPlatform {
  return synthesizedPlatform(model, new RootConstruct(), configs);
}

/** Every item, answered from the configurations of an environment's stacks. */
export function checklist(model: Model, configs: TerraformConfigs): Answered[] {
  const platform = written(model, configs);
  return ITEMS.map((item) => answered(item, item.answer(platform)));
}

/** An item with this answer. */
export function answered({ id, title, group, why }: Item, { state, where, detail }: Answer): Answered {
  return { id, title, group, why, state, where, detail };
}

/** Whether nothing that is required is known to be missing. */
export function isReady(items: readonly Answered[]): boolean {
  return items.every(({ group, state }) => group !== "required" || state !== "not met");
}
