// The VPC with its subnets and routes: which addresses there are, and which of them reach the Internet how.

import { DataAwsRegion } from "@cdktf/provider-aws/lib/data-aws-region";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { Annotations, type ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { defaultGroupName, internetGatewayName, s3EndpointName } from "../model/names/network";
import { natGatewayZones, type PlannedZone, planZones, type SubnetTier, serviceTier } from "../model/subnets";
import type { Network as NetworkConfig } from "../schema/network";
import { callersProviderOf } from "../terraform/base-stack";
import { explain } from "../terraform/notes";
import { FlowLogs } from "./flow-logs";
import { Zone, type ZoneProps } from "./zone";

export interface NetworkProps {
  /** Base of Name tags, such as `<base>-public-us-east-1a`, and of the flow logs' role. */
  readonly base: string;
  /** The VPC's Name tag, by which the rules stack finds it. */
  readonly vpcName: string;
  /** The environment's network. */
  readonly network: NetworkConfig;
  /** Name of the log group for flow logs. */
  readonly flowLogsName: string;
  /**
   * The KMS key that flow logs are encrypted with.
   *
   * @default - a key of CloudWatch Logs' own
   */
  readonly kmsKeyArn?: string | undefined;
}

const AWS_ONLY =
  "Without NAT gateways, and with VPC endpoints, services reach S3 and the AWS APIs that have an endpoint, and nothing else " +
  "outside: no Sentry, no mail server, no API of anybody else.";

/**
 * A VPC with a public, a private and an isolated data subnet in every zone.
 *
 * Without NAT gateways (`natGateways: "none"`) private subnets reach S3 but not the Internet; services then run in
 * the public subnets with a public address each, and their security groups alone keep the Internet out. With VPC
 * endpoints they stay in the private subnets, where these and S3 are all that they reach outside.
 */
export class Network extends Construct {
  readonly vpcId: string;
  /** One a zone, by the alphabet of the zones; so are the other lists. */
  readonly publicSubnetIds: readonly string[];
  readonly privateSubnetIds: readonly string[];
  /** Subnets with no route out of the VPC. */
  readonly dataSubnetIds: readonly string[];
  /** The same by zone. */
  readonly dataSubnetIdsByZone: Readonly<Record<string, string>>;
  /** The route tables of each tier's subnets. */
  readonly routeTableIds: Readonly<Record<SubnetTier, readonly string[]>>;
  /** The public addresses of the NAT gateways; empty where there are none. */
  readonly natAddresses: readonly string[];
  /** Name of the log group of flow logs. */
  readonly flowLogsName: string;
  /** Where services run: see `serviceTier`. */
  readonly serviceSubnetIds: readonly string[];
  /** Whether a service needs a public address to reach the Internet. */
  readonly assignPublicIp: boolean;
  /** The VPC's region, such as `us-east-1`. */
  readonly region: string;
  /**
   * What must stand before something in the public subnets, such as a load balancer, reaches the Internet, and be
   * destroyed after it. Subnet IDs alone do not make Terraform wait for it.
   */
  readonly publicInternetAccess: readonly ITerraformDependable[];
  /** The same for services: until then, a task cannot pull its image. */
  readonly serviceInternetAccess: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, props: NetworkProps) {
    super(scope, id);
    const { base, network } = props;
    const vpc = new Vpc(this, "vpc:main", {
      cidrBlock: network.cidr,
      enableDnsSupport: true,
      enableDnsHostnames: true,
      tags: { Name: props.vpcName },
    });
    const unused = new DefaultSecurityGroup(this, "default-security-group:default", {
      vpcId: vpc.id,
      ingress: [],
      egress: [],
      tags: { Name: defaultGroupName(base) },
    });
    explain(
      unused,
      "Adopts the group that every VPC comes with and takes its rules away: what forgets to name a group gets nothing.",
    );
    const internetGateway = new InternetGateway(this, "internet-gateway:main", {
      vpcId: vpc.id,
      tags: { Name: internetGatewayName(base) },
    });
    const zones = this.addZones(props, vpc.id, internetGateway.id);
    // Provider 6 renamed a region's name; its id is the same in both versions.
    const region = callersProviderOf(this)?.region ?? new DataAwsRegion(this, "region:current").id;
    const s3 = new VpcEndpoint(this, "s3-endpoint:s3", {
      vpcId: vpc.id,
      vpcEndpointType: "Gateway",
      serviceName: `com.amazonaws.${region}.s3`,
      routeTableIds: zones.map(({ privateSubnet }) => privateSubnet.routeTableId),
      tags: { Name: s3EndpointName(base) },
    });
    explain(
      s3,
      "Image layers come from S3: by this way they pass no NAT gateway, which bills by the gigabyte.",
    );
    new FlowLogs(this, "flow-logs", {
      base,
      region,
      vpcId: vpc.id,
      logGroupName: props.flowLogsName,
      retentionDays: network.flowLogRetentionDays,
      kmsKeyArn: props.kmsKeyArn,
    });

    this.assignPublicIp = serviceTier(network) === "public";
    if (network.natGateways === "none" && !this.assignPublicIp) {
      Annotations.of(this).addWarning(AWS_ONLY);
    }
    this.vpcId = vpc.id;
    this.region = region;
    this.publicSubnetIds = zones.map(({ publicSubnet }) => publicSubnet.subnetId);
    this.privateSubnetIds = zones.map(({ privateSubnet }) => privateSubnet.subnetId);
    this.dataSubnetIds = zones.map(({ dataSubnet }) => dataSubnet.subnetId);
    this.dataSubnetIdsByZone = Object.fromEntries(
      zones.map(({ node, dataSubnet }) => [node.id, dataSubnet.subnetId]),
    );
    this.routeTableIds = {
      public: zones.map(({ publicSubnet }) => publicSubnet.routeTableId),
      private: zones.map(({ privateSubnet }) => privateSubnet.routeTableId),
      data: zones.map(({ dataSubnet }) => dataSubnet.routeTableId),
    };
    this.natAddresses = zones.flatMap(({ natAddress }) => natAddress ?? []);
    this.flowLogsName = props.flowLogsName;
    this.serviceSubnetIds = this.assignPublicIp ? this.publicSubnetIds : this.privateSubnetIds;
    this.publicInternetAccess = zones.flatMap(({ publicSubnet }) => publicSubnet.internetAccess);
    this.serviceInternetAccess = this.assignPublicIp
      ? this.publicInternetAccess
      : zones.flatMap(({ privateSubnet }) => privateSubnet.internetAccess);
  }

  private addZones({ base, network }: NetworkProps, vpcId: string, internetGatewayId: string): Zone[] {
    const withGateway = natGatewayZones(network);
    const add = ({ zone, cidrs }: PlannedZone, natGateway: ZoneProps["natGateway"]) =>
      new Zone(this, zone, { base, availabilityZone: zone, vpcId, cidrs, internetGatewayId, natGateway });
    const planned = planZones(network);
    const own = planned.filter(({ zone }) => withGateway.includes(zone)).map((zone) => add(zone, "own"));
    // A zone without a gateway goes by the only one that there is.
    const shared = own[0]?.natGatewayId;
    const others = planned
      .filter(({ zone }) => !withGateway.includes(zone))
      .map((zone) => add(zone, shared === undefined ? "none" : { natGatewayId: shared }));
    return [...own, ...others].sort((a, b) => (a.node.id < b.node.id ? -1 : 1));
  }
}
