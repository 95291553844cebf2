// The part of an environment that describes its VPC.
import { z } from "zod";
import { cidrBlock, domainName, section, unique, units } from "./fields";
import { LOG_RETENTION_DAYS } from "./limits";
import { vpcEndpoints } from "./vpc-endpoints";

/** CloudWatch Logs keeps a log group only for certain numbers of days. */
export const logRetentionDays = z
  .literal(
    [...LOG_RETENTION_DAYS],
    `Choose one of CloudWatch's retention periods, in days: ${LOG_RETENTION_DAYS.join(", ")}.`,
  )
  .register(units, { unit: "days" });

/** An availability zone of a region, whose letter is what tells it from the region's others. */
const ZONE = /^[a-z]{2}(-[a-z]+)+-\d[a-z]$/;

const SUBNETS_BY_ZONE =
  'Write the blocks by zone: { "us-east-1a": { public: "10.0.0.0/21", private: "10.0.64.0/21", data: "10.0.128.0/21" } }.';

/** Above those of entries that deny, and below those that follow from port and block. */
const OWN_NUMBER = "Give a number from 500 to 999.";

export const networkSchema = section({
  /** The VPC's IPv4 block, /16 to /28. */
  cidr: cidrBlock,
  /** Two zones or more, such as `us-east-1a`; their order means nothing. */
  availabilityZones: z
    .array(
      z.string().regex(ZONE, "Name a zone such as us-east-1a."),
      'List the zones, such as ["us-east-1a", "us-east-1b"].',
    )
    .min(2, "Name at least two zones: the load balancer and Multi-AZ need them.")
    .max(6, "Name at most six zones.")
    .refine(unique, "Name each zone once."),
  /**
   * How private subnets reach the Internet: one NAT gateway a zone, one for all zones (cheaper, and gone with its
   * zone), or none; with none, tasks run in the public subnets with a public address, unless there are VPC endpoints.
   */
  natGateways: z.enum(["none", "single", "per-zone"]).default("per-zone"),
  /** The zone that a single NAT gateway stands in. Default: the first of the zones by the alphabet. */
  natGatewayZone: z.string().optional(),
  /**
   * Interface endpoints for AWS's APIs, so that calls to them leave the VPC by no other way: true for what the platform
   * uses, or a list. With `natGateways: "none"` tasks stay in the private subnets and reach these APIs and S3 only,
   * nothing else outside; each image must then be in ECR, in this region, and a service's own `egress` must allow 443 to
   * 0.0.0.0/0, where S3 keeps the image's layers.
   */
  vpcEndpoints: vpcEndpoints.default(false),
  /**
   * Whether a network ACL lets nothing but the declared traffic into the data subnets, a second line behind the security
   * groups. Default: as `production` says.
   */
  dataSubnetAcl: z.boolean().optional(),
  /**
   * Numbers of single entries of that network ACL, by port and block, such as `"5432/tcp 10.0.64.0/21": 500`, for when two
   * would have the same one, which the synth says. Default: a number from 1000 that follows from port and block.
   */
  dataSubnetAclNumbers: z
    .record(
      z
        .string()
        .regex(
          /^(all|\d+(-\d+)?\/(tcp|udp)) [\d.]+\/\d+$/,
          'Write port and block as in "5432/tcp 10.0.64.0/21".',
        ),
      z.int(OWN_NUMBER).min(500, OWN_NUMBER).max(999, OWN_NUMBER),
    )
    .default({}),
  /**
   * Explicit subnets, by zone. Default, for each zone that is not named here: carved out of `cidr`, a quarter of it for each
   * tier, and in each quarter the eighth that the zone's letter stands for.
   */
  subnets: z
    .record(
      z.string().regex(ZONE, SUBNETS_BY_ZONE),
      section({
        /** Of the load balancer and the NAT gateways: a /27 or larger. */
        public: cidrBlock,
        /** Of the tasks: a /28 or larger. */
        private: cidrBlock,
        /** Of database and cache, without a route to the Internet: a /28 or larger. */
        data: cidrBlock,
      }),
      SUBNETS_BY_ZONE,
    )
    .default({}),
  /**
   * The domain of services' private names, which the network alone knows: `collector.shop.internal`. Default: the environment's
   * name and `.internal`.
   */
  privateDomain: domainName
    // Cloud Map writes a record for each task below it.
    .refine(
      (name) => !name.startsWith("*."),
      "Write the domain itself, such as shop.internal: it is no wildcard.",
    )
    .refine(
      (name) => !/(^|\.)amazonaws\.com$/.test(name),
      "Choose another domain: the network would no longer find AWS's own names, the database's among them.",
    )
    .optional(),
  /** Days that VPC flow logs are kept. */
  flowLogRetentionDays: logRetentionDays.default(90),
});

export type Network = z.output<typeof networkSchema>;
