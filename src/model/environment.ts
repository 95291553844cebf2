// A checked environment, with what follows from its sections filled in: what everything above the schema works with.
import type { EnvironmentSections } from "../schema/environment";
import type { LoadBalancer } from "../schema/load-balancer";
import type { Monitoring } from "../schema/monitoring";
import type { Waf } from "../schema/waf";
import type { Names } from "./names/resolved";

/** A checked environment: defaults filled in, every resource named. */
export interface Environment extends Omit<EnvironmentSections, "names" | "loadBalancer" | "monitoring"> {
  readonly names: Names;
  /** `false` where nothing is watched. */
  readonly monitoring: Monitoring | false;
  /** Present exactly where a service has a port. */
  readonly loadBalancer?: LoadBalancer & { readonly waf: Waf | false };
}
