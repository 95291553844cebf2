// The application load balancer: everything that users send comes in here and goes to a service.
import { Lb } from "@cdktf/provider-aws/lib/lb";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import type { IResolvable, ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { aliasNames, hasHostedZone } from "../model/dns";
import type { ListenerRules } from "../model/listener-rules";
import type { Dns } from "../schema/dns";
import type { LoadBalancer as LoadBalancerConfig } from "../schema/load-balancer";
import type { Service } from "../schema/service";
import { distinctNames } from "../terraform/addresses";
import { AccessLogsBucket } from "./access-logs-bucket";
import { Certificate } from "./certificate";
import { HostedZone } from "./hosted-zone";
import { Listeners } from "./listeners";
import { TargetGroup, type TargetGroupProps } from "./target-group";

/** A service that the load balancer reaches. */
export interface LoadBalancerTarget
  extends Omit<TargetGroupProps, "resourceName" | "vpcId">,
    Pick<Service, "routes"> {
  /** The service's key. */
  readonly key: string;
}

export interface LoadBalancerProps {
  /** The load balancer's name, 32 characters at most. */
  readonly name: string;
  /** The access logs' bucket is called `<accessLogsPrefix>-<account id>`. */
  readonly accessLogsPrefix: string;
  readonly vpcId: string;
  /** Public subnets, or private ones for a load balancer with private addresses, in two zones or more. */
  readonly subnetIds: readonly string[];
  readonly securityGroupId: string;
  /** The environment's settings of the load balancer. */
  readonly settings: LoadBalancerConfig;
  /**
   * The environment's domain.
   *
   * @default - none: plain HTTP, with a warning at synth
   */
  readonly dns?: Dns | undefined;
  /** Whether AWS refuses to delete the load balancer, and Terraform to delete its logs. */
  readonly deletionProtection: boolean | IResolvable;
  /** The services that it reaches; at most one has no routes. */
  readonly targets: readonly LoadBalancerTarget[];
  /** Which requests go to which of them. */
  readonly rules: ListenerRules;
  /**
   * What must stand before the subnets reach the Internet; AWS refuses a load balancer before that.
   *
   * @default - nothing
   */
  readonly internetAccess?: readonly ITerraformDependable[] | undefined;
}

/** An Application Load Balancer, with its target groups, listeners and access logs. */
export class LoadBalancer extends Construct {
  readonly arn: string;
  /** What CloudWatch's `LoadBalancer` dimension calls it. */
  readonly arnSuffix: string;
  /** The name that AWS gives it; a CNAME of the domain has to point there unless Route 53 does. */
  readonly dnsName: string;
  /** The hosted zone of `dnsName`, for alias records. */
  readonly zoneId: string;
  /** The Route 53 zone that the domain is in, looked up; `undefined` where the environment names none. */
  readonly hostedZoneId: string | undefined;
  /** The bucket that takes the access logs. */
  readonly accessLogs: AccessLogsBucket;
  /** By the services' keys. */
  readonly targetGroups: Readonly<Record<string, TargetGroup>>;
  /** By protocol: `http`, `https`. */
  readonly listenerArns: Readonly<Record<string, string>>;
  /** What must stand before ECS lets a service use one of the target groups. */
  readonly listeners: readonly ITerraformDependable[];
  /** See `Certificate.validationRecords`; `undefined` without a domain, too. */
  readonly validationRecords: IResolvable | undefined;
  readonly scheme: "http" | "https";
  /** Where users find the platform: at its domain, or else at `dnsName`. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: LoadBalancerProps) {
    super(scope, id);
    const { name, vpcId, settings, dns, deletionProtection } = props;
    const logs = new AccessLogsBucket(this, "access-logs", {
      prefix: props.accessLogsPrefix,
      retentionDays: settings.accessLogRetentionDays,
      deletionProtection,
    });
    const loadBalancer = new Lb(this, "load-balancer", {
      name,
      loadBalancerType: "application",
      internal: settings.internal,
      subnets: [...props.subnetIds],
      securityGroups: [props.securityGroupId],
      idleTimeout: settings.idleTimeoutSeconds,
      enableDeletionProtection: deletionProtection,
      dropInvalidHeaderFields: true,
      // AWS's own default, pinned: "strictest" also turns away clients that are merely sloppy.
      desyncMitigationMode: "defensive",
      accessLogs: { enabled: true, bucket: logs.bucketName },
      tags: { Name: name },
      ...(props.internetAccess && { dependsOn: [...props.internetAccess] }),
    });
    const targets = props.targets.map(({ key, routes, ...target }) => ({
      key,
      routes,
      group: new TargetGroup(this, `target-${key}`, { ...target, resourceName: key, vpcId }),
    }));
    const zone = dns && hasHostedZone(dns) ? new HostedZone(this, "hosted-zone", { dns }) : undefined;
    const certificate = dns && new Certificate(this, "certificate", { dns, zoneId: zone?.id });
    const { attachments, arns } = new Listeners(this, "listeners", {
      loadBalancerArn: loadBalancer.arn,
      ports: settings.ports,
      responseHeaders: settings.responseHeaders,
      certificateArn: certificate?.arn,
      targets: targets.map(({ key, routes, group }) => ({ key, routes, targetGroupArn: group.arn })),
      rules: props.rules,
    });
    if (dns && zone) {
      this.addAliases(dns, zone.id, loadBalancer);
    }

    this.arn = loadBalancer.arn;
    this.arnSuffix = loadBalancer.arnSuffix;
    this.dnsName = loadBalancer.dnsName;
    this.zoneId = loadBalancer.zoneId;
    this.hostedZoneId = zone?.id;
    this.accessLogs = logs;
    this.targetGroups = Object.fromEntries(targets.map(({ key, group }) => [key, group]));
    this.listenerArns = arns;
    this.listeners = attachments;
    this.validationRecords = certificate?.validationRecords;
    this.scheme = dns ? "https" : "http";
    this.url = `${this.scheme}://${dns?.domain ?? loadBalancer.dnsName}`;
  }

  private addAliases(dns: Dns, zoneId: string, loadBalancer: Lb): void {
    for (const [name, resourceName] of distinctNames(aliasNames(dns))) {
      new Route53Record(this, `alias-${name}:alias-${resourceName}`, {
        zoneId,
        name,
        type: "A",
        alias: {
          name: loadBalancer.dnsName,
          zoneId: loadBalancer.zoneId,
          evaluateTargetHealth: true,
        },
      });
    }
  }
}
