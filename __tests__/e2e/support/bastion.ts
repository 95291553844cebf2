// A copy of examples/next-stack in a workspace, and what AWS says of the bastion that it makes.
import { DescribeInstancesCommand } from "@aws-sdk/client-ec2";
import {
  GetPolicyCommand,
  GetPolicyVersionCommand,
  IAMClient,
  ListAttachedRolePoliciesCommand,
} from "@aws-sdk/client-iam";
import { CREDENTIALS, REGION } from "./child-environment";
import { ec2Client, findVpc, securityGroupRules } from "./ec2";

/** The name of the small platform, and so of its bastion. */
export const PLATFORM = "lightwave-django-prod";

const NAME = `${PLATFORM}-bastion`;

/** The platform that the bastion is for: the small one, with a way out, a database in the place of the cache, a key of its own. */
export const WITH_DATABASE = {
  network: { cidr: "10.51.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"], natGateways: "single" },
  services: {
    django: { image: "lightwave/django:1.0.0", cpu: 256, memory: 512, port: 8000, connectsTo: ["postgres"] },
  },
  cache: undefined,
  database: {},
  encryption: { key: "own" },
};

/** What runs, which rules it has and is named by, and what its role may read. */
export async function readBastion(endpoint: string) {
  const ec2 = ec2Client(endpoint);
  const vpc = (await findVpc(ec2, `${PLATFORM}-vpc`)) ?? "";
  const { Reservations = [] } = await ec2.send(
    new DescribeInstancesCommand({
      Filters: [
        { Name: "tag:Name", Values: [NAME] },
        { Name: "instance-state-name", Values: ["running"] },
      ],
    }),
  );
  const rules = await securityGroupRules(ec2, vpc);
  ec2.destroy();
  return {
    instances: Reservations.flatMap(({ Instances = [] }) => Instances).map((instance) => ({
      subnet: instance.SubnetId,
      address: instance.PrivateIpAddress,
      publicAddress: instance.PublicIpAddress,
      keyPair: instance.KeyName,
      groups: instance.SecurityGroups?.map(({ GroupName }) => GroupName),
      tokens: instance.MetadataOptions?.HttpTokens,
    })),
    rules: rules
      .filter(({ group, peer }) => group === NAME || peer === NAME)
      .map(({ group, direction, protocol, fromPort, peer }) => [group, direction, protocol, fromPort, peer]),
    policies: await policiesOf(endpoint),
  };
}

/** The policies of its role by name: the document of one of ours, `undefined` for AWS's own. */
async function policiesOf(endpoint: string): Promise<Readonly<Record<string, unknown>>> {
  const iam = new IAMClient({ endpoint, region: REGION, credentials: CREDENTIALS });
  const attached = await iam.send(new ListAttachedRolePoliciesCommand({ RoleName: NAME })).then(
    (answer) => answer.AttachedPolicies ?? [],
    (error) => {
      if (error instanceof Error && error.name.startsWith("NoSuchEntity")) return [];
      throw error;
    },
  );
  const found: [string, unknown][] = [];
  for (const { PolicyName = "", PolicyArn = "" } of attached) {
    found.push([
      PolicyName,
      PolicyArn.startsWith("arn:aws:iam::aws:") ? undefined : await documentOf(iam, PolicyArn),
    ]);
  }
  iam.destroy();
  return Object.fromEntries(found);
}

async function documentOf(iam: IAMClient, PolicyArn: string): Promise<unknown> {
  const { Policy } = await iam.send(new GetPolicyCommand({ PolicyArn }));
  const { PolicyVersion } = await iam.send(
    new GetPolicyVersionCommand({ PolicyArn, VersionId: Policy?.DefaultVersionId }),
  );
  return JSON.parse(decodeURIComponent(PolicyVersion?.Document ?? "{}"));
}

/** What there has to be, by the platform's outputs. */
export function bastionOf(outputs: Readonly<Record<string, unknown>>): unknown {
  const { private_subnet_ids: subnets, database_secret_arn: secret, kms_key_arn: key } = outputs;
  return {
    instances: [
      {
        subnet: Object(subnets)[0],
        address: expect.stringMatching(/^10\.51\.64\./),
        publicAddress: undefined,
        keyPair: undefined,
        groups: [NAME],
        tokens: "required",
      },
    ],
    // It reaches PostgreSQL and AWS's APIs, and nothing reaches it.
    rules: [
      [NAME, "egress", "tcp", 443, "0.0.0.0/0"],
      [NAME, "egress", "tcp", 5432, `${PLATFORM}-postgres-sg`],
      [`${PLATFORM}-postgres-sg`, "ingress", "tcp", 5432, NAME],
    ],
    policies: {
      AmazonSSMManagedInstanceCore: undefined,
      [`${NAME}-database-secret`]: {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "ReadDatabaseSecret",
            Effect: "Allow",
            Action: "secretsmanager:GetSecretValue",
            Resource: secret,
          },
          {
            Sid: "DecryptDatabaseSecret",
            Effect: "Allow",
            Action: "kms:Decrypt",
            Resource: key,
            Condition: { StringLike: { "kms:ViaService": "secretsmanager.*.amazonaws.com" } },
          },
        ],
      },
    },
  };
}

/** What there is where no bastion is. */
export const NO_BASTION = { instances: [], rules: [], policies: {} };
