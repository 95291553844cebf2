// The load balancer that follows from an environment: there wherever a service has a port.
import { type LoadBalancer, loadBalancerSchema } from "../schema/load-balancer";
import type { Service } from "../schema/service";

/** The load balancer of an environment: it exists wherever a service has a port, described or not. */
export function loadBalancerOf(
  services: Readonly<Record<string, Pick<Service, "port">>>,
  described: LoadBalancer | undefined,
): LoadBalancer | undefined {
  const needed = Object.values(services).some(({ port }) => port !== undefined);
  return needed ? (described ?? loadBalancerSchema.parse({})) : undefined;
}
