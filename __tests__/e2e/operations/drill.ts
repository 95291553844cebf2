// What the tests of the incident drill look at and meddle with: network ACLs, a service's scale, a log stream.
import {
  ApplicationAutoScalingClient,
  DescribeScalableTargetsCommand,
} from "@aws-sdk/client-application-auto-scaling";
import {
  CloudWatchLogsClient,
  CreateLogStreamCommand,
  DeleteLogStreamCommand,
  PutLogEventsCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import {
  CreateNetworkAclCommand,
  CreateNetworkAclEntryCommand,
  DeleteNetworkAclCommand,
  DeleteNetworkAclEntryCommand,
  DescribeNetworkAclsCommand,
  type NetworkAcl,
  type NetworkAclEntry,
  ReplaceNetworkAclAssociationCommand,
} from "@aws-sdk/client-ec2";
import { DescribeServicesCommand, ECSClient, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { CREDENTIALS, REGION } from "../support/child-environment";
import { ec2Client, findVpc } from "../support/ec2";

const CLUSTER = "lightwave-prod";
const SERVICE = "lightwave-django-prod";
const LOG_GROUP = "/ecs/lightwave-django-prod";

export interface Drill {
  /** Everything that the drill may change, as the API describes it. */
  describe(): Promise<unknown>;
  /** The network ACLs of the platform's VPC. */
  networkAcls(): Promise<NetworkAcl[]>;
  /** The IDs of the platform's own: the VPC's default one, and that of the data subnets. */
  platformAcls(): Promise<[original: string, data: string]>;
  /** Ingress entries of a network ACL: `1 deny -1 203.0.113.7/32`, by rule number. */
  ingress(networkAclId: string): Promise<string[]>;
  addEntry(
    networkAclId: string,
    entry: Pick<NetworkAclEntry, "RuleNumber" | "CidrBlock" | "RuleAction">,
  ): Promise<void>;
  removeEntry(networkAclId: string, ruleNumber: number): Promise<void>;
  /** Makes a network ACL without entries, and gives it one of the VPC's subnets, if wanted. */
  makeNetworkAcl(options: { readonly withSubnet: boolean }): Promise<string>;
  /** Takes back what `makeNetworkAcl` did. */
  tidyNetworkAcls(): Promise<void>;
  scaleTo(desiredCount: number): Promise<void>;
  desiredCount(): Promise<number | undefined>;
  /** Puts messages into a new log stream of the service, a minute apart, the last one a minute ago. */
  log(stream: string, ...messages: readonly string[]): Promise<void>;
  removeLog(stream: string): Promise<void>;
  dispose(): void;
}

export function startDrill(endpoint: string): Drill {
  const ec2 = ec2Client(endpoint);
  const config = { endpoint, region: REGION, credentials: CREDENTIALS, maxAttempts: 2 };
  const ecs = new ECSClient(config);
  const scaling = new ApplicationAutoScalingClient(config);
  const logs = new CloudWatchLogsClient(config);
  const made: string[] = [];

  const networkAcls = async () => {
    const vpcId = (await findVpc(ec2, "lightwave-django-prod-vpc")) ?? "";
    const { NetworkAcls = [] } = await ec2.send(
      new DescribeNetworkAclsCommand({ Filters: [{ Name: "vpc-id", Values: [vpcId] }] }),
    );
    return NetworkAcls;
  };
  const services = async () =>
    (await ecs.send(new DescribeServicesCommand({ cluster: CLUSTER, services: [SERVICE] }))).services ?? [];
  const associate = (AssociationId: string | undefined, NetworkAclId: string) =>
    ec2.send(new ReplaceNetworkAclAssociationCommand({ AssociationId, NetworkAclId }));

  return {
    networkAcls,
    platformAcls: async () => {
      const acls = await networkAcls();
      const original = acls.find(({ IsDefault }) => IsDefault);
      const data = acls.find(({ Tags = [] }) =>
        Tags.some(({ Value }) => Value === "lightwave-django-prod-data"),
      );
      return [original?.NetworkAclId ?? "", data?.NetworkAclId ?? ""];
    },
    describe: async () => ({
      networkAcls: await networkAcls(),
      services: await services(),
      targets: (await scaling.send(new DescribeScalableTargetsCommand({ ServiceNamespace: "ecs" })))
        .ScalableTargets,
    }),
    ingress: async (networkAclId) => {
      const acl = (await networkAcls()).find(({ NetworkAclId }) => NetworkAclId === networkAclId);
      return (acl?.Entries ?? [])
        .filter(({ Egress }) => !Egress)
        .sort((first, second) => (first.RuleNumber ?? 0) - (second.RuleNumber ?? 0))
        .map(
          ({ RuleNumber, RuleAction, Protocol, CidrBlock }) =>
            `${RuleNumber} ${RuleAction} ${Protocol} ${CidrBlock}`,
        );
    },
    addEntry: async (NetworkAclId, { RuleNumber, CidrBlock, RuleAction }) => {
      await ec2.send(
        new CreateNetworkAclEntryCommand({
          NetworkAclId,
          RuleNumber,
          CidrBlock,
          RuleAction,
          Protocol: "-1",
          Egress: false,
        }),
      );
    },
    removeEntry: async (NetworkAclId, RuleNumber) => {
      await ec2.send(new DeleteNetworkAclEntryCommand({ NetworkAclId, RuleNumber, Egress: false }));
    },
    makeNetworkAcl: async ({ withSubnet }) => {
      const [first] = await networkAcls();
      const { NetworkAcl } = await ec2.send(new CreateNetworkAclCommand({ VpcId: first?.VpcId }));
      const id = NetworkAcl?.NetworkAclId ?? "";
      made.push(id);
      if (withSubnet) {
        await associate(first?.Associations?.[0]?.NetworkAclAssociationId, id);
      }
      return id;
    },
    tidyNetworkAcls: async () => {
      const acls = await networkAcls();
      const original = acls.find(({ IsDefault }) => IsDefault)?.NetworkAclId ?? "";
      for (const { NetworkAclId = "", Associations = [] } of acls) {
        if (made.includes(NetworkAclId)) {
          for (const { NetworkAclAssociationId } of Associations) {
            await associate(NetworkAclAssociationId, original);
          }
          await ec2.send(new DeleteNetworkAclCommand({ NetworkAclId }));
        }
      }
    },
    scaleTo: async (desiredCount) => {
      await ecs.send(new UpdateServiceCommand({ cluster: CLUSTER, service: SERVICE, desiredCount }));
    },
    desiredCount: async () => (await services())[0]?.desiredCount,
    log: async (logStreamName, ...messages) => {
      await logs.send(new CreateLogStreamCommand({ logGroupName: LOG_GROUP, logStreamName }));
      const logEvents = messages.map((message, index) => ({
        message,
        timestamp: Date.now() - (messages.length - index) * 60_000,
      }));
      await logs.send(new PutLogEventsCommand({ logGroupName: LOG_GROUP, logStreamName, logEvents }));
    },
    removeLog: async (logStreamName) => {
      await logs.send(new DeleteLogStreamCommand({ logGroupName: LOG_GROUP, logStreamName }));
    },
    dispose: () => {
      for (const client of [ec2, ecs, scaling, logs]) {
        client.destroy();
      }
    },
  };
}
