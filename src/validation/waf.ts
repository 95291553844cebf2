// The web application firewall against itself: limits that could never be reached, rules that are blocked and counted.
import type { Problem } from "../schema/problem";
import { LARGE_BODY_RULE } from "../schema/waf-rules";
import { type Check, problem } from "./check";

export const checkWaf: Check = ({ loadBalancer, refused }) => {
  const waf = loadBalancer?.waf;
  if (!waf) {
    return [];
  }
  const problems: Problem[] = [];
  const { rateLimit, sensitivePaths, blockLargeBodies, count } = waf;
  const isLimited = sensitivePaths.prefixes.length > 0 && !refused("loadBalancer.waf.rateLimit");
  if (isLimited && sensitivePaths.rateLimit >= rateLimit) {
    const remedy = `Give less than rateLimit, ${rateLimit}: it comes first, and this limit would never be reached.`;
    problems.push(problem("loadBalancer.waf.sensitivePaths.rateLimit", sensitivePaths.rateLimit, remedy));
  }
  if (blockLargeBodies && count.includes(LARGE_BODY_RULE)) {
    const remedy = `Remove ${LARGE_BODY_RULE} from count, or blockLargeBodies: one blocks what the other counts.`;
    problems.push(problem("loadBalancer.waf.blockLargeBodies", true, remedy));
  }
  return problems;
};
