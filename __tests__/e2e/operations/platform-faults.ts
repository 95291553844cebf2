// Does to a deployed lightwave-prod what people do to accounts, with the AWS API, and undoes it.
import {
  AuthorizeSecurityGroupIngressCommand,
  CreateManagedPrefixListCommand,
  CreateSecurityGroupCommand,
  DeleteManagedPrefixListCommand,
  DeleteSecurityGroupCommand,
  DescribeSecurityGroupRulesCommand,
  type EC2Client,
  ModifySecurityGroupRulesCommand,
  RevokeSecurityGroupIngressCommand,
  type SecurityGroupRule,
} from "@aws-sdk/client-ec2";
import { DescribeServicesCommand, ECSClient, UpdateServiceCommand } from "@aws-sdk/client-ecs";
import { CREDENTIALS, REGION } from "../support/child-environment";
import { ec2Client, findVpc, securityGroupNames } from "../support/ec2";

const CLUSTER = "lightwave-prod";
const SERVICE = "lightwave-django-prod";

export class PlatformFaults {
  private constructor(
    private readonly ec2: EC2Client,
    private readonly ecs: ECSClient,
    private readonly vpcId: string,
    private readonly idsByName: ReadonlyMap<string, string>,
  ) {}

  static async of(endpoint: string): Promise<PlatformFaults> {
    const ec2 = ec2Client(endpoint);
    const vpcId = (await findVpc(ec2, "lightwave-django-prod-vpc")) ?? "";
    const names = await securityGroupNames(ec2, vpcId);
    return new PlatformFaults(
      ec2,
      new ECSClient({ endpoint, region: REGION, credentials: CREDENTIALS, maxAttempts: 2 }),
      vpcId,
      new Map([...names].map(([id, name]) => [name, id])),
    );
  }

  close(): void {
    this.ec2.destroy();
    this.ecs.destroy();
  }

  /** ID of the group with this Name tag, `lightwave-django-prod-` before it. */
  groupId(name: string): string {
    return this.idsByName.get(`lightwave-django-prod-${name}`) ?? "";
  }

  /** The ingress rule of a group for this port, and its ID. */
  async ingressRule(group: string, port: number): Promise<SecurityGroupRule & { readonly id: string }> {
    const { SecurityGroupRules = [] } = await this.ec2.send(
      new DescribeSecurityGroupRulesCommand({
        Filters: [{ Name: "group-id", Values: [this.groupId(group)] }],
      }),
    );
    const rule = SecurityGroupRules.find(({ IsEgress, FromPort }) => !IsEgress && FromPort === port);
    if (rule?.SecurityGroupRuleId === undefined) {
      throw new Error(`${group} has no ingress rule for ${port}.`);
    }
    return { ...rule, id: rule.SecurityGroupRuleId };
  }

  async revoke(group: string, id: string): Promise<void> {
    await this.ec2.send(
      new RevokeSecurityGroupIngressCommand({ GroupId: this.groupId(group), SecurityGroupRuleIds: [id] }),
    );
  }

  /** Lets a block or a prefix list in; returns the rule's ID. */
  async admit(group: string, port: number, peer: { cidr: string } | { prefixList: string }): Promise<string> {
    const { SecurityGroupRules = [] } = await this.ec2.send(
      new AuthorizeSecurityGroupIngressCommand({
        GroupId: this.groupId(group),
        IpPermissions: [
          {
            IpProtocol: "tcp",
            FromPort: port,
            ToPort: port,
            ...("cidr" in peer
              ? { IpRanges: [{ CidrIp: peer.cidr }] }
              : { PrefixListIds: [{ PrefixListId: peer.prefixList }] }),
          },
        ],
      }),
    );
    return SecurityGroupRules[0]?.SecurityGroupRuleId ?? "";
  }

  /** Gives the rule between two groups for one port these ports instead. */
  async changePorts(
    group: string,
    { id, ...rule }: SecurityGroupRule & { readonly id: string },
    ports: [number, number],
  ): Promise<void> {
    await this.ec2.send(
      new ModifySecurityGroupRulesCommand({
        GroupId: this.groupId(group),
        SecurityGroupRules: [
          {
            SecurityGroupRuleId: id,
            SecurityGroupRule: {
              IpProtocol: rule.IpProtocol,
              FromPort: ports[0],
              ToPort: ports[1],
              ReferencedGroupId: rule.ReferencedGroupInfo?.GroupId,
              Description: rule.Description,
            },
          },
        ],
      }),
    );
  }

  /** A group in the platform's VPC; returns its ID. */
  async createGroup(name: string, nameTag: string): Promise<string> {
    const { GroupId = "" } = await this.ec2.send(
      new CreateSecurityGroupCommand({
        GroupName: name,
        Description: "made by hand",
        VpcId: this.vpcId,
        TagSpecifications: [{ ResourceType: "security-group", Tags: [{ Key: "Name", Value: nameTag }] }],
      }),
    );
    return GroupId;
  }

  async deleteGroup(id: string): Promise<void> {
    await this.ec2.send(new DeleteSecurityGroupCommand({ GroupId: id }));
  }

  /** A prefix list of these blocks; returns its ID. */
  async createPrefixList(...blocks: readonly string[]): Promise<string> {
    const { PrefixList } = await this.ec2.send(
      new CreateManagedPrefixListCommand({
        PrefixListName: "everybody",
        AddressFamily: "IPv4",
        MaxEntries: blocks.length,
        Entries: blocks.map((Cidr) => ({ Cidr })),
      }),
    );
    return PrefixList?.PrefixListId ?? "";
  }

  async deletePrefixList(id: string): Promise<void> {
    await this.ec2.send(new DeleteManagedPrefixListCommand({ PrefixListId: id }));
  }

  async scaleService(desiredCount: number): Promise<void> {
    await this.ecs.send(new UpdateServiceCommand({ cluster: CLUSTER, service: SERVICE, desiredCount }));
  }

  /** Puts the service into this group instead of its own. */
  async moveService(groupId: string): Promise<void> {
    const { services = [] } = await this.ecs.send(
      new DescribeServicesCommand({ cluster: CLUSTER, services: [SERVICE] }),
    );
    const { subnets, assignPublicIp } = services[0]?.networkConfiguration?.awsvpcConfiguration ?? {};
    await this.ecs.send(
      new UpdateServiceCommand({
        cluster: CLUSTER,
        service: SERVICE,
        networkConfiguration: {
          awsvpcConfiguration: { subnets, assignPublicIp, securityGroups: [groupId] },
        },
      }),
    );
  }
}
