// Asks a service's health endpoint through the load balancer, as a user's browser would come in.
import { type Address, ask, asked } from "./ask";
import type { VerifyCheck } from "./check";
import type { PageRequest } from "./health-request";

/**
 * Sends the request, and goes by the status.
 * @param isHealthy whether a healthy task answers with this status
 * @param address the load balancer's, or that of a tunnel to it; Host and certificate are the request's all the same
 * @throws the signal's reason when it is aborted
 */
export async function askHealth(
  request: PageRequest,
  isHealthy: (status: number) => boolean,
  address: Address,
  signal: AbortSignal,
): Promise<Pick<VerifyCheck, "status" | "detail">> {
  const answer = await ask(request, address, signal);
  return "status" in answer && isHealthy(answer.status)
    ? { status: "pass", detail: `${answer.status}: ${asked(request, address)}` }
    : {
        status: "fail",
        detail: `${"silent" in answer ? answer.silent : answer.status}: ${asked(request, address)}`,
      };
}
