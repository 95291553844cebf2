// What AWS says of the names by which services are found inside the network, and of who may connect to them.
import { awsCli } from "./aws-cli";
import { ec2Client, findVpc, type ObservedRule, securityGroupRules } from "./ec2";

/** A name in Cloud Map, and how it is kept. */
export interface PrivateName {
  readonly id: string;
  readonly name: string;
  readonly records: unknown;
  readonly health: unknown;
}

export interface PrivateNames {
  /** The domains, with their types. */
  readonly domains: readonly string[];
  readonly names: readonly PrivateName[];
  /** The rules of the network's groups. */
  readonly rules: readonly ObservedRule[];
}

/** @param vpc the Name tag of the VPC */
export async function readPrivateNames(endpoint: string, vpc: string): Promise<PrivateNames> {
  const { Namespaces: domains = [] } = Object(await awsCli(endpoint, "servicediscovery", "list-namespaces"));
  const { Services: services = [] } = Object(await awsCli(endpoint, "servicediscovery", "list-services"));
  const names = await Promise.all(
    services.map(async ({ Id }: { Id: string }): Promise<PrivateName> => {
      const { Service } = Object(await awsCli(endpoint, "servicediscovery", "get-service", "--id", Id));
      const { Name, DnsConfig, HealthCheckCustomConfig } = Service;
      return { id: Id, name: Name, records: DnsConfig.DnsRecords, health: HealthCheckCustomConfig };
    }),
  );
  const client = ec2Client(endpoint);
  try {
    const id = await findVpc(client, vpc);
    return {
      domains: domains.map(({ Name, Type }: { Name: string; Type: string }) => `${Name} ${Type}`),
      names,
      rules: id === undefined ? [] : await securityGroupRules(client, id),
    };
  } finally {
    client.destroy();
  }
}
