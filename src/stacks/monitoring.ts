// Joins an environment's alarms with what they watch, and with who is told.

import { Annotations } from "cdktf";
import type { Construct } from "constructs";
import type { ServiceRestart } from "../database/restart/service-restart";
import { cacheCpus } from "../model/cache-cpus";
import { alarmTopic, dashboardName, securityGroupChangesRule } from "../model/names/monitoring";
import { Alarm, type NameInAws } from "../observability/alarm";
import { AlarmTopic } from "../observability/alarm-topic";
import { alarmDefinitions } from "../observability/alarms/alarms";
import type { Role } from "../observability/alarms/definition";
import { REQUESTS } from "../observability/alarms/load-balancer";
import { logMetrics } from "../observability/alarms/log-metrics";
import { Dashboard } from "../observability/dashboard";
import { LogMetricFilter } from "../observability/log-metric";
import { SecurityGroupChanges } from "../observability/security-group-changes";
import { MEMBER_KEYS } from "../schema/member-keys";
import type { Service } from "../service/service";
import type { DjangoParts } from "./django-parts";
import type { Schedules } from "./schedules";

/** What watches an environment. */
export interface Monitoring {
  /** The ARN of the topic that alarms go to; whoever refers to it waits until publishing is allowed. */
  readonly topicArn: string;
  /** The ARN of the key that the topic is encrypted with. */
  readonly topicKeyArn: string;
  /** Every alarm of the platform. */
  readonly alarms: readonly Alarm[];
}

function unknownNode(nodeType: string): string {
  return (
    `How many vCPUs ${nodeType} has is not known here, so the alarm redis/cpu watches EngineCPUUtilization. With two or ` +
    "fewer, AWS advises CPUUtilization: make an alarm of your own on that."
  );
}

/** What is watched besides the parts of the platform. */
export interface Watched {
  readonly services: ReadonlyMap<string, Service>;
  readonly serviceRestart: ServiceRestart | undefined;
  readonly schedules: Schedules | undefined;
}

/** Adds alarms, their topic and the dashboard; nothing where the environment is not watched. */
export function addMonitoring(
  scope: Construct,
  platform: DjangoParts,
  watched: Watched,
): Monitoring | undefined {
  const { environment, waf } = platform;
  const { name, region, monitoring } = environment;
  if (!monitoring) {
    return undefined;
  }
  const { emails, runbookUrl } = monitoring;
  if (environment.cache && cacheCpus(environment.cache.nodeType) === undefined) {
    Annotations.of(scope).addWarning(unknownNode(environment.cache.nodeType));
  }
  const topic = new AlarmTopic(scope, "alarm-topic", { name: alarmTopic(name), emails });
  const topicArn = topic.arn;
  for (const [key, { logGroup }] of watched.services) {
    const service = environment.services[key];
    for (const { name: metric, filters } of service ? logMetrics(key, service) : []) {
      for (const filter of filters) {
        const props = { logGroupName: logGroup.name, namespace: name, metric, filter };
        new LogMetricFilter(scope, `log-metric-${filter.name}`, props);
      }
    }
  }
  const nameInAws = namesInAws(platform, watched);
  const definitions = alarmDefinitions({ environment, waf: waf !== undefined });
  const alarms = definitions.map(
    (definition) =>
      new Alarm(scope, `alarm-${definition.subject}_${definition.kind}`, {
        environment,
        definition,
        runbookUrl,
        topicArn,
        nameInAws,
      }),
  );
  new SecurityGroupChanges(scope, "security-group-changes", {
    name: securityGroupChangesRule(name),
    topicArn,
    runbookUrl,
  });
  if (monitoring.dashboard) {
    new Dashboard(scope, "dashboard", {
      name: dashboardName(name),
      region,
      definitions,
      extraGraphs: [
        { subject: MEMBER_KEYS.loadBalancer, title: "requests", metric: REQUESTS, periodSeconds: 60 },
      ],
      alarmArns: alarms.map(({ arn }) => arn),
      nameInAws,
    });
  }
  return { topicArn, topicKeyArn: topic.keyArn, alarms };
}

/** What each thing that is watched is called. Throws for a role that the platform does not have. */
function namesInAws(platform: DjangoParts, { services, serviceRestart, schedules }: Watched): NameInAws {
  const { cluster, loadBalancer, database, cache, fileSystems, waf } = platform;
  const names = new Map<Role, string | undefined>([
    ["cluster", cluster.name],
    ["load-balancer", loadBalancer?.arnSuffix],
    ["database", database?.identifier],
    ["database-restart", serviceRestart?.arn],
    ["web-acl", waf?.metricName],
    ["undelivered-schedules", schedules?.start.undeliveredName],
    ...[...(schedules?.ofServices ?? [])].flatMap(([service, { machineArns }]) =>
      Object.entries(machineArns).map(([key, arn]): [Role, string] => [`schedule ${service}/${key}`, arn]),
    ),
    ...[...services].map(([key, { ecsService }]): [Role, string] => [`service ${key}`, ecsService.name]),
    ...Object.entries(loadBalancer?.targetGroups ?? {}).map(([key, { arnSuffix }]): [Role, string] => [
      `target-group ${key}`,
      arnSuffix,
    ]),
    ...[...fileSystems].map(([key, { id }]): [Role, string] => [`file-system ${key}`, id]),
    ...(cache?.nodeIds ?? []).map((id, index): [Role, string] => [`cache-node ${index}`, id]),
  ]);
  return (role) => {
    const name = names.get(role);
    if (name === undefined) {
      throw new Error(`An alarm watches a "${role}", which the platform does not have.`);
    }
    return name;
  };
}
