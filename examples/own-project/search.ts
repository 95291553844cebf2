// The search engine: a member of the platform like the database, in the data subnets and in a security group of its own.
import { OpensearchDomain } from "@cdktf/provider-aws/lib/opensearch-domain";
import { Construct } from "constructs";

export interface SearchProps {
  /** The domain's name, 28 characters at most. */
  readonly name: string;
  /** The subnets that it is in, one for each of its nodes. */
  readonly subnetIds: readonly string[];
  /** The group of the member "search", as the environment declares it. */
  readonly securityGroupId: string;
}

export class Search extends Construct {
  /** The host name to connect to. */
  readonly endpoint: string;

  constructor(scope: Construct, id: string, { name, subnetIds, securityGroupId }: SearchProps) {
    super(scope, id);
    const domain = new OpensearchDomain(this, "search", {
      domainName: name,
      engineVersion: "OpenSearch_2.19",
      clusterConfig: {
        instanceType: "t3.small.search",
        instanceCount: subnetIds.length,
        zoneAwarenessEnabled: true,
        zoneAwarenessConfig: { availabilityZoneCount: subnetIds.length },
      },
      ebsOptions: { ebsEnabled: true, volumeType: "gp3", volumeSize: 20 },
      encryptAtRest: { enabled: true },
      nodeToNodeEncryption: { enabled: true },
      domainEndpointOptions: { enforceHttps: true, tlsSecurityPolicy: "Policy-Min-TLS-1-2-PFS-2023-10" },
      vpcOptions: { subnetIds: [...subnetIds], securityGroupIds: [securityGroupId] },
      tags: { Name: name },
    });
    this.endpoint = domain.endpoint;
  }
}
