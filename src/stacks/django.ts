// The stack django: everything of a platform but the rules between its security groups.

import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import type { DatabaseBackup } from "../backup/database-backup";
import type { Cache } from "../cache/cache";
import type { ApplicationUser } from "../database/application-user/application-user";
import type { Database } from "../database/database";
import type { DatabaseUrl } from "../database/database-url";
import { ServiceRestart } from "../database/restart/service-restart";
import { encryptionKeyArn, logsStatement } from "../encryption/encryption-key";
import { LoadBalancer } from "../load-balancer/load-balancer";
import { connectionWarnings } from "../model/connection-budget";
import { needsProbe } from "../model/connectivity";
import {
  type DatabaseUser,
  lookSchedule,
  passwordRotationOf,
  restartedServices,
} from "../model/database-login";
import { hostWarnings } from "../model/declared-hosts";
import { listenerRules } from "../model/listener-rules";
import type { Model } from "../model/model";
import { dataSubnetAclName } from "../model/names/network";
import type { Names } from "../model/names/resolved";
import { privateDomain, privatelyNamed } from "../model/private-names";
import { vpcEndpointsOf } from "../model/vpc-endpoints";
import { DataSubnetAcl } from "../network/data-subnet-acl";
import { Network } from "../network/network";
import { VpcEndpoints } from "../network/vpc-endpoints";
import type { Queue } from "../queue/queue";
import { MEMBER_KEYS } from "../schema/member-keys";
import { DjangoSecretKey } from "../secrets/django-secret-key";
import { ServiceSecrets } from "../secrets/service-secrets";
import { SecurityGroups } from "../security-groups/security-groups";
import { Cluster } from "../service/cluster";
import { ConnectivityProbe } from "../service/connectivity-probe";
import type { Service } from "../service/service";
import { PrivateNames } from "../service-discovery/private-names";
import type { Bucket } from "../storage/bucket";
import type { SharedFiles } from "../storage/shared-files";
import { accountIdOf } from "../terraform/account";
import { DeletionProtection } from "../terraform/deletion-protection";
import { Waf } from "../waf/waf";
import { addDataStores } from "./django-data";
import { addOutputs } from "./django-outputs";
import type { DjangoParts } from "./django-parts";
import { addServices, loadBalancerTargets } from "./django-services";
import { EnvironmentStack, type ModelStackProps } from "./environment-stack";
import { addMonitoring, type Monitoring } from "./monitoring";
import { addSchedules, type Schedules } from "./schedules";

/** The stack `django`, with its parts for others to hold on to. */
export class DjangoStack extends EnvironmentStack implements DjangoParts {
  readonly model: Model;
  readonly names: Names;
  readonly network: Network;
  readonly vpcEndpoints: VpcEndpoints | undefined;
  readonly groups: SecurityGroups;
  readonly cluster: Cluster;
  readonly privateNames: PrivateNames | undefined;
  readonly loadBalancer: LoadBalancer | undefined;
  readonly waf: Waf | undefined;
  readonly database: Database | undefined;
  readonly applicationUser: ApplicationUser | undefined;
  readonly databaseUrls: ReadonlyMap<DatabaseUser, DatabaseUrl>;
  readonly databaseBackup: DatabaseBackup | undefined;
  readonly cache: Cache | undefined;
  readonly fileSystems: ReadonlyMap<string, SharedFiles>;
  readonly queues: ReadonlyMap<string, Queue>;
  readonly buckets: ReadonlyMap<string, Bucket>;
  readonly secrets: ServiceSecrets;
  readonly djangoSecretKey: DjangoSecretKey | undefined;
  readonly kmsKeyArn: string | undefined;
  /** The services, by their keys in the environment. */
  readonly services: ReadonlyMap<string, Service>;
  /** What gives services new tasks after a change of the database's password; `undefined` where none has to be. */
  readonly serviceRestart: ServiceRestart | undefined;
  /** What services run by the clock; `undefined` where none does. */
  readonly schedules: Schedules | undefined;
  /** What watches the platform; `undefined` where the environment is not watched. */
  readonly monitoring: Monitoring | undefined;

  constructor(scope: Construct, id: string, { model }: ModelStackProps) {
    const { environment } = model;
    super(scope, id, { environment });
    this.model = model;
    const { name, names, region, dns, services, encryption } = environment;
    const deletionProtection = new DeletionProtection(this, "deletion-protection", {
      enabled: environment.deletionProtection,
      of: "the load balancer, the database and the access logs",
    }).value;
    const kmsKeyArn = encryptionKeyArn(this, encryption, {
      alias: names.keyAlias,
      description: `Data of ${name}`,
      statements: [logsStatement(region, accountIdOf(this))],
    });

    const network = new Network(this, "network", {
      base: name,
      vpcName: names.vpc,
      network: environment.network,
      flowLogsName: names.flowLogs,
      kmsKeyArn,
    });
    const groups = new SecurityGroups(this, "security-groups", {
      model,
      vpcId: network.vpcId,
    });
    if (model.dataSubnetAcl.length > 0) {
      new DataSubnetAcl(this, "data-subnet-acl", {
        name: dataSubnetAclName(name),
        vpcId: network.vpcId,
        subnetIds: network.dataSubnetIdsByZone,
        entries: model.dataSubnetAcl,
      });
    }
    const endpointServices = vpcEndpointsOf(environment);
    const vpcEndpoints =
      endpointServices.length > 0
        ? new VpcEndpoints(this, "vpc-endpoints", {
            base: name,
            vpcId: network.vpcId,
            region: network.region,
            services: endpointServices,
            subnetIds: network.privateSubnetIds,
            securityGroupId: groups.idOf(MEMBER_KEYS.endpoints),
          })
        : undefined;
    const namedServices = privatelyNamed(services);
    this.privateNames =
      namedServices.length > 0
        ? new PrivateNames(this, "private-names", {
            domain: privateDomain(name, environment.network),
            vpcId: network.vpcId,
            services: namedServices,
          })
        : undefined;
    const loadBalancer =
      environment.loadBalancer &&
      new LoadBalancer(this, "load-balancer", {
        name: names.loadBalancer,
        accessLogsPrefix: names.accessLogsPrefix,
        vpcId: network.vpcId,
        ...(environment.loadBalancer.internal
          ? { subnetIds: network.privateSubnetIds }
          : { subnetIds: network.publicSubnetIds, internetAccess: network.publicInternetAccess }),
        securityGroupId: groups.idOf(MEMBER_KEYS.loadBalancer),
        settings: environment.loadBalancer,
        dns,
        deletionProtection,
        targets: loadBalancerTargets(environment),
        rules: listenerRules(environment),
      });
    const firewall = environment.loadBalancer?.waf;
    const waf =
      loadBalancer && firewall
        ? new Waf(this, "waf", { names, settings: firewall, loadBalancerArn: loadBalancer.arn, kmsKeyArn })
        : undefined;
    const stores = addDataStores(this, { environment, network, groups, deletionProtection, kmsKeyArn });
    const { database, cache } = stores;
    if (needsProbe(services)) {
      new ConnectivityProbe(this, "connectivity-probe", {
        base: name,
        region,
        stores: {
          postgres: database && { host: database.address, port: database.port },
          redis: cache && { host: cache.primaryEndpoint, port: cache.port },
        },
        kmsKeyArn,
      });
    }
    const secretsProps = { secretsPrefix: names.secrets, deletionProtection, kmsKeyArn };
    this.names = names;
    this.network = network;
    this.vpcEndpoints = vpcEndpoints;
    this.groups = groups;
    this.kmsKeyArn = kmsKeyArn;
    this.loadBalancer = loadBalancer;
    this.waf = waf;
    this.database = database;
    this.applicationUser = stores.applicationUser;
    this.databaseUrls = stores.databaseUrls;
    this.databaseBackup = stores.databaseBackup;
    this.cache = cache;
    this.fileSystems = stores.fileSystems;
    this.queues = stores.queues;
    this.buckets = stores.buckets;
    this.cluster = new Cluster(this, "cluster", { name: names.cluster, kmsKeyArn });
    this.secrets = new ServiceSecrets(this, "secrets", {
      ...secretsProps,
      region,
      services,
      sharedSecrets: environment.sharedSecrets,
    });
    this.djangoSecretKey = Object.values(services).some(({ django }) => django)
      ? new DjangoSecretKey(this, "django-secret-key", secretsProps)
      : undefined;
    this.services = addServices(this, this);
    for (const warning of [...connectionWarnings(environment), ...hostWarnings(environment)]) {
      Annotations.of(this).addWarning(warning);
    }
    this.serviceRestart = this.addServiceRestart();
    this.schedules = addSchedules(this, this, this.services);
    this.monitoring = addMonitoring(this, this, this);
    addOutputs(this, this, this.services, this.monitoring);
  }

  private addServiceRestart(): ServiceRestart | undefined {
    const { database, environment } = this;
    const rotation = passwordRotationOf(environment.database);
    const restarted = restartedServices(environment);
    return database && rotation && restarted.length > 0
      ? new ServiceRestart(this, "service-restart", {
          base: environment.name,
          region: environment.region,
          secretArn: database.secretArn,
          clusterName: this.cluster.name,
          serviceNames: restarted.map((key) => this.service(key).ecsService.name),
          schedule: lookSchedule(rotation),
        })
      : undefined;
  }

  /** One service. Throws where the environment has no service of this key. */
  service(key: string): Service {
    const service = this.services.get(key);
    if (!service) {
      throw new Error(`There is no service "${key}"; there are ${[...this.services.keys()].join(", ")}.`);
    }
    return service;
  }
}
