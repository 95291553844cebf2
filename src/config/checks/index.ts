// Checks that compare one section of an environment with another. Each takes what is well-formed so far, so that a
// mistake in one section hides no mistake in the others.
import type { Problem } from "../problem";
import type { Check, Sections } from "./check";
import { checkCi } from "./ci";
import { checkNames } from "./names";
import { checkNetwork, checkSubnets } from "./network";
import { checkAutoscaling, checkQueues, checkRoutes, checkServiceKeys, checkStores } from "./services";
import { checkEnds, checkExtraFlows, checkRules } from "./traffic";

const CHECKS: readonly Check[] = [
  checkServiceKeys,
  checkStores,
  checkQueues,
  checkNetwork,
  checkSubnets,
  checkRoutes,
  checkAutoscaling,
  checkEnds,
  checkCi,
  checkExtraFlows,
  checkNames,
  checkRules,
];

/** Everything that is wrong between the well-formed sections. */
export function crossProblems(sections: Sections): Problem[] {
  return CHECKS.flatMap((check) => check(sections));
}
