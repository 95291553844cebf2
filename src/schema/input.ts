// The parts of an environment file by name, for what several services or environments share.
import type { EnvironmentInput } from "./environment";

/** A section that may be left out. */
type Section<Key extends keyof EnvironmentInput> = NonNullable<EnvironmentInput[Key]>;

/** A service: what runs, how large it is, what it reaches and what reaches it. */
export type ServiceInput = EnvironmentInput["services"][string];
/** How many tasks a service may have, and when it gets more. */
export type AutoscalingInput = NonNullable<ServiceInput["autoscaling"]>;
/** Which hosts and paths reach a service. */
export type RouteInput = NonNullable<ServiceInput["routes"]>[number];
/** What a service may do in AWS beyond what the platform gives it. */
export type PermissionInput = NonNullable<ServiceInput["permissions"]>[number];
/** Where a container's secret comes from. */
export type SecretInput = NonNullable<ServiceInput["secrets"]>[string];
/** Where a service may connect to outside the platform. */
export type EgressRuleInput = Exclude<NonNullable<ServiceInput["egress"]>, string>[number];

/** The VPC, its zones, and how what runs in it reaches the Internet. */
export type NetworkInput = EnvironmentInput["network"];
/** The PostgreSQL database. */
export type DatabaseInput = Section<"database">;
/** The Redis cache. */
export type CacheInput = Section<"cache">;
/** Shared files on EFS. */
export type FileSystemInput = Section<"fileSystems">[string];
/** Where a service finds shared files. */
export type MountInput = NonNullable<ServiceInput["mounts"]>[number];
/** A queue, and when its messages count as dead. */
export type QueueInput = Section<"queues">[string];
/** A bucket for files: how long what is in it stays, and who uploads to it. */
export type BucketInput = Section<"buckets">[string];
/** Who reaches the load balancer, and what it adds and blocks. */
export type LoadBalancerInput = Section<"loadBalancer">;
/** The domain, its certificate and its hosted zone. */
export type DnsInput = Section<"dns">;
/** Who is told when something is wrong, and from what point on it is; `false` for nobody and nothing. */
export type MonitoringInput = Section<"monitoring">;
/** Backups of the database besides those that RDS makes by itself. */
export type BackupInput = Section<"backup">;
/** Which key encrypts what is stored. */
export type EncryptionInput = Section<"encryption">;
/** Repositories for images. */
export type RegistryInput = Section<"registry">;
/** Where Terraform keeps its state. */
export type StateInput = Section<"state">;
/** Roles for a pipeline. */
export type CiInput = Section<"ci">;
/** What resources of your own need of these roles. */
export type OwnInput = NonNullable<CiInput["own"]>;
/** Audit and detection for the whole account. */
export type AccountSecurityInput = Section<"accountSecurity">;
/** Names that differ from the convention. */
export type NamesInput = Section<"names">;
/** Tags of every resource. */
export type TagsInput = Section<"tags">;
/** A member of your own. */
export type ExtraMemberInput = Section<"extraMembers">[string];
/** A connection beyond those that follow from the services. */
export type ExtraFlowInput = Section<"extraFlows">[number];
/** What is said of a connection that follows by itself. */
export type DescribedFlowInput = Section<"describedFlows">[number];
/** A finding of a policy that is accepted, and why. */
export type SuppressionInput = NonNullable<Section<"policies">["suppress"]>[number];
