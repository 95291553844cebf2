// Checks that compare one section of an environment with another. Each takes what is well-formed so far, so that a
// mistake in one section hides no mistake in the others.
import type { Problem } from "../schema/problem";
import { checkFindings, checkTrailKey } from "./account-security";
import { checkAddresses } from "./addresses";
import { checkAutoscaling } from "./autoscaling";
import { checkBindings } from "./bindings";
import { checkBuckets } from "./buckets";
import { checkCache } from "./cache";
import { checkCelery } from "./celery";
import type { Check, Sections } from "./check";
import { checkCi } from "./ci";
import { checkConnections } from "./connections";
import { checkBackup, checkEncryption, checkRegistry } from "./data-protection";
import { checkDescribedFlows } from "./described-flows";
import { checkDestinations, checkPrivateDomain } from "./destinations";
import { checkDns } from "./dns";
import { checkJoinedBlocks } from "./joined-blocks";
import { checkMonitoring } from "./monitoring";
import { checkMounts } from "./mounts";
import { checkNames } from "./names";
import { checkNetwork, checkSubnets } from "./network";
import { checkOutputs } from "./outputs";
import { checkPermissions } from "./permissions";
import { checkSchedules } from "./schedules";
import { checkMemberKeys, checkQueues, checkRouteSources, checkRoutes, checkServiceKeys } from "./services";
import { checkSharedSecrets } from "./shared-secrets";
import { checkSidecars } from "./sidecars";
import { checkState } from "./state";
import { checkTags } from "./tags";
import { checkTerraformModule } from "./terraform-module";
import { checkTimes } from "./times";
import { checkDataSubnetAcl, checkEnds, checkExtraFlows, checkRules } from "./traffic";
import { checkVpcEndpoints } from "./vpc-endpoints";
import { checkWaf } from "./waf";

const CHECKS: readonly Check[] = [
  checkServiceKeys,
  checkMemberKeys,
  checkDestinations,
  checkPrivateDomain,
  checkQueues,
  checkBuckets,
  checkPermissions,
  checkMounts,
  checkBindings,
  checkSharedSecrets,
  checkCelery,
  checkSidecars,
  checkConnections,
  checkSchedules,
  checkNetwork,
  checkSubnets,
  checkVpcEndpoints,
  checkEncryption,
  checkBackup,
  checkRegistry,
  checkRoutes,
  checkRouteSources,
  checkAutoscaling,
  checkDns,
  checkWaf,
  checkEnds,
  checkCi,
  checkExtraFlows,
  checkJoinedBlocks,
  checkDescribedFlows,
  checkNames,
  checkAddresses,
  checkCache,
  checkMonitoring,
  checkTrailKey,
  checkFindings,
  checkState,
  checkOutputs,
  checkTerraformModule,
  checkTimes,
  checkTags,
  checkRules,
  checkDataSubnetAcl,
];

/** Everything that is wrong between the well-formed sections. */
export function crossProblems(sections: Sections): Problem[] {
  return CHECKS.flatMap((check) => check(sections));
}
