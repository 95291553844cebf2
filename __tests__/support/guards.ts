// What of edited Terraform a synth refuses: the proof of the traffic, and the policies that stand beside it.
import { Testing } from "cdktf";
import type { Model } from "../../src/model/model";
import { synthesizedPlatform } from "../../src/policies/check-policies";
import type { Policy } from "../../src/policies/policy";
import dataStoresIsolated from "../../src/policies/rules/data-stores-isolated";
import dataSubnetAcl from "../../src/policies/rules/data-subnet-acl";
import fileSystemsClosed from "../../src/policies/rules/file-systems-closed";
import firewallAttached from "../../src/policies/rules/firewall-attached";
import resourcePoliciesNarrow from "../../src/policies/rules/resource-policies-narrow";
import trafficReadable from "../../src/policies/rules/traffic-readable";
import { trafficDisagreements } from "../../src/policies/traffic-agreement";
import type { TerraformConfigs } from "../../src/reachability/terraform-config";

/** Those that stand with the proof before what an edit opens. */
export const GUARDS: readonly Policy[] = [
  trafficReadable,
  dataStoresIsolated,
  dataSubnetAcl,
  firewallAttached,
  fileSystemsClosed,
  resourcePoliciesNarrow,
];

const tree = Testing.app();

/** A sentence for each thing that would fail the synth of these configurations, as written. */
export function refusals(model: Model, written: TerraformConfigs, guards: readonly Policy[]): string[] {
  const platform = synthesizedPlatform(model, tree, written);
  return [
    ...trafficDisagreements(model, platform.configs),
    ...guards.flatMap((policy) =>
      [...policy.check(platform)].map(
        ({ stack, address, problem }) => `${policy.id}: ${stack}/${address}: ${problem}`,
      ),
    ),
  ];
}
