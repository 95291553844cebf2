// What `verify` runs in a service's network to try its connections, where nothing is known that the service's image could run.
import { Construct } from "constructs";
import { PROBE_CONTAINER, PROBE_IMAGE, STORE_VARIABLES, type Store } from "../model/connectivity";
import { connectivityTask } from "../model/names/services";
import { ToolTask } from "./tool-task";

export interface ConnectivityProbeProps {
  /** The environment's name. */
  readonly base: string;
  readonly region: string;
  /** Where the stores are that services connect to. */
  readonly stores: { readonly [Key in Store]?: StoreAddress | undefined };
  /** The KMS key of the log. Default: AWS's own. */
  readonly kmsKeyArn?: string | undefined;
}

interface StoreAddress {
  readonly host: string;
  readonly port: number;
}

/** One for all services: whose network it gets, and which store it tries, is said when it is run. Nothing runs until then. */
export class ConnectivityProbe extends Construct {
  constructor(scope: Construct, id: string, { base, region, stores, kmsKeyArn }: ConnectivityProbeProps) {
    super(scope, id);
    new ToolTask(this, "tool", {
      resourceName: "connectivity",
      names: connectivityTask(base),
      description: "Starts the task that tries connections from inside",
      region,
      container: PROBE_CONTAINER,
      image: PROBE_IMAGE,
      environment: { ...addressOf("postgres", stores.postgres), ...addressOf("redis", stores.redis) },
      secrets: [],
      kmsKeyArn,
    });
  }
}

/** As services are told it. */
function addressOf(store: Store, address: StoreAddress | undefined): Record<string, string> {
  const { host, port } = STORE_VARIABLES[store];
  return address ? { [host]: address.host, [port]: String(address.port) } : {};
}
