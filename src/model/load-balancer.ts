// The load balancer that follows from an environment: there wherever a service is public.
import { type LoadBalancer, loadBalancerSchema } from "../schema/load-balancer";
import { isPublic, type ReachedService } from "./services";

/** The load balancer of an environment: it exists wherever a service has a port and is not internal, described or not. */
export function loadBalancerOf(
  services: Readonly<Record<string, ReachedService>>,
  described: LoadBalancer | undefined,
): LoadBalancer | undefined {
  const needed = Object.values(services).some(isPublic);
  return needed ? (described ?? loadBalancerSchema.parse({})) : undefined;
}
