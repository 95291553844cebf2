// Checks that compare one section of an environment with another. Each takes what is well-formed so far, so that a
// mistake in one section hides no mistake in the others.
import type { Problem } from "../problem";
import type { Check, Sections } from "./check";
import { checkBackup, checkEncryption, checkRegistry } from "./data-protection";
import { checkNames } from "./names";
import { checkNetwork, checkSubnets } from "./network";
import { checkAutoscaling, checkQueues, checkRoutes, checkServiceKeys, checkStores } from "./services";
import { checkDataSubnetAcl, checkEnds, checkExtraFlows, checkRules } from "./traffic";
import { checkVpcEndpoints } from "./vpc-endpoints";

const CHECKS: readonly Check[] = [
  checkServiceKeys,
  checkStores,
  checkQueues,
  checkNetwork,
  checkSubnets,
  checkVpcEndpoints,
  checkEncryption,
  checkBackup,
  checkRegistry,
  checkRoutes,
  checkAutoscaling,
  checkEnds,
  checkExtraFlows,
  checkNames,
  checkRules,
  checkDataSubnetAcl,
];

/** Everything that is wrong between the well-formed sections. */
export function crossProblems(sections: Sections): Problem[] {
  return CHECKS.flatMap((check) => check(sections));
}
