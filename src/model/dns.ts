// What follows from the domain of an environment: who writes its records, and which names lead to the load balancer.
import type { Dns } from "../schema/dns";

/** Whether Terraform writes the records; otherwise they are entered by hand. */
export function hasHostedZone({ hostedZoneId, hostedZoneName }: Dns): boolean {
  return hostedZoneId !== undefined || hostedZoneName !== undefined;
}

/**
 * The names that a deployment points at the load balancer: none of them a wildcard, which would catch names that nobody
 * gave us.
 */
export function aliasNames({ domain, alternativeNames }: Dns): string[] {
  return [...new Set([domain, ...alternativeNames])].filter((name) => !name.startsWith("*."));
}
