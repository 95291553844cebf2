// Has Terraform take over security group rules that are live already, with import blocks for the next deployment.

import type { Model } from "../../model/model";
import { writeImports } from "../../terraform/import-blocks";
import type { AwsSession } from "../aws/session";
import { findByNameTag, uniqueGroups } from "../discovery/name-tags";
import { rulesOf } from "../live/security-groups";
import { compareRules } from "../rules/compare";
import type { SynthesizedStack } from "../terraform/synthesized-stack";
import { type Adoption, judgeAdoption } from "./adoption";

export interface AdoptProps {
  readonly aws: AwsSession;
  /** The rules stack. */
  readonly stack: SynthesizedStack;
  readonly model: Model;
  /** Whether to take over rules of another description, too: Terraform will then change it. */
  readonly changeDescriptions: boolean;
  /** Whether to leave the file as it is. */
  readonly dryRun: boolean;
}

export interface AdoptResult extends Adoption {
  /** The file of import blocks; `undefined` where none was written. */
  readonly file: string | undefined;
  /** Why the groups could not be found, a sentence each: nothing was looked at then. */
  readonly findings: readonly string[];
}

/**
 * Writes the import blocks, in place of earlier ones. Its calls: see `PERMISSIONS.adopt`.
 * @throws AwsFailure, TerraformFailure
 */
export async function adopt(props: AdoptProps): Promise<AdoptResult> {
  const { aws, stack, model, changeDescriptions, dryRun } = props;
  const { ids: groupIds, findings } = uniqueGroups(await findByNameTag(aws, model));
  if (findings.length > 0) {
    const nothing = {
      imports: [],
      alreadyManaged: [],
      otherDescription: [],
      wider: [],
      blocked: [],
      missing: [],
    };
    return { ...nothing, file: undefined, findings };
  }
  const live = await rulesOf(aws, [...groupIds.values()]);
  const managed = await stack.managedResources();
  const comparison = compareRules(model.traffic.rules(), groupIds, live);
  const adoption = judgeAdoption({ comparison, groupIds, managed, changeDescriptions });
  const file = dryRun ? undefined : writeImports(stack.folder, adoption.imports, stack.workspace);
  return { ...adoption, file, findings };
}
