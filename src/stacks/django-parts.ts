// What the stack django is made of: what its services are joined with, and what others may hold on to.
import type { DatabaseBackup } from "../backup/database-backup";
import type { Cache } from "../cache/cache";
import type { ApplicationUser } from "../database/application-user/application-user";
import type { Database } from "../database/database";
import type { DatabaseUrl } from "../database/database-url";
import type { LoadBalancer } from "../load-balancer/load-balancer";
import type { DatabaseUser } from "../model/database-login";
import type { Environment } from "../model/environment";
import type { Model } from "../model/model";
import type { Names } from "../model/names/resolved";
import type { Network } from "../network/network";
import type { VpcEndpoints } from "../network/vpc-endpoints";
import type { Queue } from "../queue/queue";
import type { DjangoSecretKey } from "../secrets/django-secret-key";
import type { ServiceSecrets } from "../secrets/service-secrets";
import type { SecurityGroups } from "../security-groups/security-groups";
import type { Cluster } from "../service/cluster";
import type { PrivateNames } from "../service-discovery/private-names";
import type { Bucket } from "../storage/bucket";
import type { SharedFiles } from "../storage/shared-files";
import type { Waf } from "../waf/waf";

/** Everything of the stack `django` but its services and what watches it. */
export interface DjangoParts {
  /** The environment that the stack follows from. */
  readonly environment: Environment;
  /** The members and the traffic that follow from it. */
  readonly model: Model;
  /** The physical names of everything. */
  readonly names: Names;
  /** The VPC and its subnets. */
  readonly network: Network;
  /** The endpoints of AWS's APIs in the VPC; `undefined` where the environment has none. */
  readonly vpcEndpoints: VpcEndpoints | undefined;
  /** The security groups, by the members of the platform. */
  readonly groups: SecurityGroups;
  /** The ECS cluster that the services share. */
  readonly cluster: Cluster;
  /** The private names of services; `undefined` where none has one. */
  readonly privateNames: PrivateNames | undefined;
  /** The load balancer; `undefined` where no service is public. */
  readonly loadBalancer: LoadBalancer | undefined;
  /** The web application firewall; `undefined` where the environment has none. */
  readonly waf: Waf | undefined;
  /** PostgreSQL; `undefined` where the environment has none. */
  readonly database: Database | undefined;
  /** PostgreSQL's user for the application; `undefined` where services log in as the master. */
  readonly applicationUser: ApplicationUser | undefined;
  /** The secrets with the database's URL, by whose log-in they have. */
  readonly databaseUrls: ReadonlyMap<DatabaseUser, DatabaseUrl>;
  /** The database's backups in AWS Backup; `undefined` where the environment has none. */
  readonly databaseBackup: DatabaseBackup | undefined;
  /** Redis; `undefined` where the environment has none. */
  readonly cache: Cache | undefined;
  /** The file systems, by their keys in the environment. */
  readonly fileSystems: ReadonlyMap<string, SharedFiles>;
  /** The queues, by their keys in the environment. */
  readonly queues: ReadonlyMap<string, Queue>;
  /** The buckets, by their keys in the environment. */
  readonly buckets: ReadonlyMap<string, Bucket>;
  /** The secrets that the environment lists under its services. */
  readonly secrets: ServiceSecrets;
  /** Django's SECRET_KEY; `undefined` where no service is Django. */
  readonly djangoSecretKey: DjangoSecretKey | undefined;
  /** The ARN of the KMS key of all data; `undefined` for AWS's own keys. */
  readonly kmsKeyArn: string | undefined;
}
