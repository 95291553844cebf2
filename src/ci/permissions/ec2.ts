// EC2: the network. What is there has an ID and no name, so that its tag says whose it is.
import { vpcEndpointsOf } from "../../model/vpc-endpoints";
import { actions, type Grant, type PermissionsOf } from "../grant";

const READ = [
  // RDS and ElastiCache ask for these two in the caller's name: the managed policy AmazonRDSFullAccess has them.
  "DescribeAccountAttributes",
  "DescribeAvailabilityZones",
  "DescribeAddresses",
  "DescribeAddressesAttribute",
  "DescribeFlowLogs",
  "DescribeInternetGateways",
  "DescribeNatGateways",
  "DescribeNetworkAcls",
  // What is still in a subnet or a group that is to be deleted.
  "DescribeNetworkInterfaces",
  "DescribePrefixLists",
  "DescribeRouteTables",
  "DescribeSecurityGroupRules",
  "DescribeSecurityGroups",
  "DescribeSubnets",
  "DescribeVpcAttribute",
  "DescribeVpcEndpoints",
  "DescribeVpcs",
  "GetManagedPrefixListEntries",
];

/** What makes something that is tagged at once, beside the VPC. */
const CREATE = [
  "AllocateAddress",
  "CreateFlowLogs",
  "CreateInternetGateway",
  "CreateNatGateway",
  "CreateNetworkAcl",
  "CreateRouteTable",
  "CreateSecurityGroup",
  "CreateSubnet",
  "CreateVpcEndpoint",
];

/** What `CREATE` makes, as ARNs call it. */
const CREATED = [
  "elastic-ip",
  "internet-gateway",
  "natgateway",
  "network-acl",
  "route-table",
  "security-group",
  "subnet",
  "vpc-endpoint",
  "vpc-flow-log",
];

/** A security group rule is made with its tag, in a group that has one. */
const AUTHORIZE = ["AuthorizeSecurityGroupEgress", "AuthorizeSecurityGroupIngress"];

/** What is done to, or within, what is there. */
const OWN = [
  ...AUTHORIZE,
  ...CREATE.filter((action) => action !== "AllocateAddress" && action !== "CreateInternetGateway"),
  "AssociateRouteTable",
  "AttachInternetGateway",
  "CreateNetworkAclEntry",
  "CreateRoute",
  "CreateTags",
  "DeleteFlowLogs",
  "DeleteInternetGateway",
  "DeleteNatGateway",
  "DeleteNetworkAcl",
  "DeleteNetworkAclEntry",
  "DeleteRoute",
  "DeleteRouteTable",
  "DeleteSecurityGroup",
  "DeleteSubnet",
  "DeleteTags",
  "DeleteVpc",
  "DeleteVpcEndpoints",
  "DetachInternetGateway",
  "DisassociateAddress",
  "DisassociateRouteTable",
  "ModifySecurityGroupRules",
  "ModifySubnetAttribute",
  "ModifyVpcAttribute",
  "ModifyVpcEndpoint",
  "ReleaseAddress",
  "ReplaceNetworkAclAssociation",
  "ReplaceNetworkAclEntry",
  "ReplaceRoute",
  "ReplaceRouteTableAssociation",
  "RevokeSecurityGroupEgress",
  "RevokeSecurityGroupIngress",
];

/** The private DNS of an interface endpoint is a hosted zone, of AWS's own, that EC2 joins to the VPC in the caller's name. */
const PRIVATE_DNS: Grant = {
  sid: "PrivateDns",
  access: "write",
  actions: ["route53:AssociateVPCWithHostedZone"],
  resources: ["arn:aws:route53:::hostedzone/*"],
  boundaryResources: ["*"],
};

/**
 * The network interface of a mount target, which EFS makes in the caller's name and without a tag: CreateMountTarget,
 * DeleteMountTarget and ModifyMountTargetSecurityGroups API reference, "Required permissions".
 */
const MOUNT_TARGETS = ["CreateNetworkInterface", "DeleteNetworkInterface", "ModifyNetworkInterfaceAttribute"];

export const ec2: PermissionsOf = ({ environment, arn }) => {
  /** Whatever carries the tag from its first moment. */
  const made = (sid: string, names: readonly string[], resources: readonly string[]): Grant => ({
    sid,
    access: "write",
    actions: actions("ec2", names),
    resources: resources.map((resource) => arn("ec2", `${resource}/*`)),
    tag: "new",
  });
  const tag = { access: "write", actions: ["ec2:CreateTags"], tag: "untagged" } as const;
  return {
    grants: [
      { sid: "ReadNetwork", access: "read", actions: actions("ec2", READ), resources: ["*"] },
      made("NewVpc", ["CreateVpc"], ["vpc"]),
      made("NewNetwork", CREATE, CREATED),
      made("NewRules", AUTHORIZE, ["security-group-rule"]),
      {
        ...tag,
        sid: "TagNewNetwork",
        resources: [arn("ec2", "*")],
        // There only while something is made: "Grant permission to tag Amazon EC2 resources during creation".
        conditions: { Null: { "ec2:CreateAction": "false" } },
      },
      // A VPC's own default group comes without tags. It is taken over, to be emptied: so can any group without a tag.
      { ...tag, sid: "TagDefaultGroup", resources: [arn("ec2", "security-group/*")] },
      {
        sid: "OwnNetwork",
        access: "write",
        actions: actions("ec2", OWN),
        resources: [arn("ec2", "*")],
        tag: "own",
      },
      {
        // A subnet that leaves its network ACL gets the VPC's default one, which has no tag. The subnet has to have one.
        sid: "LeaveNetworkAcl",
        access: "write",
        actions: ["ec2:ReplaceNetworkAclAssociation"],
        resources: [arn("ec2", "network-acl/*")],
        tag: "own-or-none",
      },
      ...(Object.keys(environment.fileSystems).length > 0
        ? [
            {
              sid: "MountTargets",
              access: "write",
              actions: actions("ec2", MOUNT_TARGETS),
              resources: ["network-interface", "security-group", "subnet"].map((kind) =>
                arn("ec2", `${kind}/*`),
              ),
              tag: "own-or-none",
              boundaryResources: ["*"],
            } satisfies Grant,
          ]
        : []),
      ...(vpcEndpointsOf(environment).length > 0 ? [PRIVATE_DNS] : []),
    ],
  };
};
