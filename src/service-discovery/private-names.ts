// The names by which services are found inside the network: a private DNS zone, in which ECS keeps a record of each running task.

import { ServiceDiscoveryPrivateDnsNamespace } from "@cdktf/provider-aws/lib/service-discovery-private-dns-namespace";
import { ServiceDiscoveryService } from "@cdktf/provider-aws/lib/service-discovery-service";
import { Construct } from "constructs";
import { explain } from "../terraform/notes";

/** Seconds that a client keeps an answer: about as long as it may go on asking a task that has stopped. */
const TTL_SECONDS = 10;

export interface PrivateNamesProps {
  /** The domain that the names are in, such as `shop.internal`. */
  readonly domain: string;
  /** The network that knows them; nothing else does. */
  readonly vpcId: string;
  /** The services that have one, by key: what their names begin with. */
  readonly services: readonly string[];
}

/** Names in Cloud Map: unlike those of Service Connect, any task in the network finds them, one that runs once, too. */
export class PrivateNames extends Construct {
  private readonly registries: ReadonlyMap<string, string>;

  constructor(scope: Construct, id: string, { domain, vpcId, services }: PrivateNamesProps) {
    super(scope, id);
    const namespace = new ServiceDiscoveryPrivateDnsNamespace(this, "namespace:services", {
      name: domain,
      description: "Private names of services",
      vpc: vpcId,
      lifecycle: { createBeforeDestroy: true },
    });
    this.registries = new Map(
      services.map((key) => {
        const registry = new ServiceDiscoveryService(this, `registry:${key}`, {
          name: key,
          dnsConfig: {
            namespaceId: namespace.id,
            routingPolicy: "MULTIVALUE",
            dnsRecords: [{ type: "A", ttl: TTL_SECONDS }],
          },
          healthCheckCustomConfig: { failureThreshold: 1 },
          forceDestroy: true,
          lifecycle: { createBeforeDestroy: true },
        });
        explain(
          registry,
          "ECS says which tasks are well. AWS takes no other threshold than 1, and without the argument, provider 6.x makes the " +
            "service anew at each apply. What is still registered when the service goes are addresses of tasks that stop with it.",
        );
        return [key, registry.arn];
      }),
    );
  }

  /** Where ECS registers the tasks of a service; `undefined` for one without a private name. */
  registryOf(key: string): string | undefined {
    return this.registries.get(key);
  }
}
