// Items on what happens while nobody looks, and on who notices: logs, autoscaling, alarms, audit.
import { finding } from "../../policies/policy";
import type { Resource } from "../../policies/reading/resources";
import { isFalse, isTrue, nested } from "../../policies/reading/values";
import loadBalancerLogged from "../../policies/rules/load-balancer-logged";
import logRetention from "../../policies/rules/log-retention";
import networkLogged from "../../policies/rules/network-logged";
import { asList, asNumber, asText, type Json } from "../../reachability/terraform-config";
import { findingsOf, judged, place } from "../answers";
import { containerVariables } from "../containers";
import type { Item } from "../item";

const logs: Item = {
  id: "logs",
  title: "Containers, load balancer and network are logged, and each log group has a retention",
  group: "required",
  why: "After an incident, the logs are all that says what happened.",
  answer: (platform) => {
    const { resources } = platform;
    return judged({
      subjects: resources.of("aws_lb", "aws_cloudwatch_log_group", "aws_flow_log"),
      findings: [
        ...findingsOf(platform, logRetention, loadBalancerLogged, networkLogged),
        ...containerVariables(platform)
          .containers.filter(({ logged }) => !logged)
          .map(({ definition }) => finding(definition, "A container's output is not logged")),
      ],
      met: "Each of them writes a log, and no log group keeps its events for ever.",
      without: "The environment runs nothing that could log.",
      remedy: "Turn the log on, and set how long it is kept (logRetentionDays).",
    });
  },
};

const autoscaling: Item = {
  id: "autoscaling",
  title: "Every service that may run more than once gets more tasks when there is more to do",
  group: "nice to have",
  why: "Load comes when nobody looks. Only a singleton stays one: two of it would do everything twice.",
  answer: ({ resources }) => {
    const targets = resources.of("aws_appautoscaling_target");
    const scales = ({ name, body }: Resource) =>
      targets
        .filter(canGrow)
        .some(({ body: { resource_id: id } }) =>
          [`\${aws_ecs_service.${name}.name}`, asText(body.name)].some(
            (service) => service !== undefined && asText(id)?.endsWith(`/${service}`),
          ),
        );
    return judged({
      subjects: targets,
      findings: resources
        .of("aws_ecs_service")
        .filter((service) => !scales(service) && !mustBeAlone(service))
        .map((service) => finding(service, "Its number of tasks is fixed")),
      met: "Application Auto Scaling sets how many tasks each has, between a minimum and a larger maximum.",
      without: "The environment has no services that may run more than once.",
      remedy: "Give the service autoscaling: { minimum, maximum }, the maximum larger than the minimum.",
    });
  },
};

/** Whether a service has one task at most, during a deployment, too: the old one stops before the new one starts. */
function mustBeAlone({ body }: Resource): boolean {
  const { deployment_maximum_percent: percent, desired_count: tasks } = body;
  return asNumber(percent) === 100 && (asNumber(tasks) ?? 0) <= 1;
}

/** Whether a scalable target leaves room for more tasks, and nobody has suspended it. */
function canGrow({ body }: Resource): boolean {
  const { min_capacity: least, max_capacity: most } = body;
  const isSuspended = nested(body, "suspended_state").some(({ dynamic_scaling_out_suspended: suspended }) =>
    isTrue(suspended),
  );
  return (asNumber(most) ?? 0) > (asNumber(least) ?? 0) && !isSuspended;
}

const monitoring: Item = {
  id: "monitoring",
  title: "Somebody is told when something is wrong",
  group: "nice to have",
  why: "Otherwise the users are the alarm.",
  answer: ({ resources }) => {
    const alarms = resources
      .of("aws_cloudwatch_metric_alarm")
      .filter(({ body }) => asList(body.alarm_actions).length > 0 && isOn(body.actions_enabled));
    if (alarms.length === 0) {
      const detail = "There are no alarms. Remove monitoring: false, and fill in monitoring.emails.";
      return { state: "not met", where: ["monitoring"], detail };
    }
    const told = resources.of("aws_sns_topic_subscription").filter(isAny);
    const where = [...resources.of("aws_sns_topic"), ...told].map(place);
    return told.length > 0
      ? {
          state: "met",
          where,
          detail: `${alarms.length} alarms tell the topic's subscribers, once each has confirmed the e-mail that AWS sends.`,
        }
      : {
          state: "confirm",
          where,
          detail:
            `There are ${alarms.length} alarms, and nobody in monitoring.emails: confirm that somebody has subscribed to ` +
            "the topic by other means.",
        };
  },
};

/** Whether a resource comes to anything: not where its `for_each` has nothing in it. */
function isAny({ body: { for_each: each } }: Resource): boolean {
  return each === undefined || asList(each).length > 0;
}

/** What makes an audit: the record of who did what, and somebody who reads it for threats; each may be turned off. */
const AUDIT = [
  { type: "aws_cloudtrail", argument: "enable_logging", words: "CloudTrail trail that records" },
  { type: "aws_guardduty_detector", argument: "enable", words: "GuardDuty detector that looks" },
] as const;

const audit: Item = {
  id: "audit",
  title: "The account records who did what, and looks for threats",
  group: "nice to have",
  why: "Without a trail that nobody can delete, an intruder leaves no trace.",
  answer: ({ resources }) => {
    const found = AUDIT.map(({ type, argument }) =>
      resources.of(type).filter(({ body }) => isOn(body[argument])),
    );
    const missing = AUDIT.filter((_, index) => found[index]?.length === 0);
    return missing.length === 0
      ? { state: "met", where: found.flat().map(place), detail: "CloudTrail records, and GuardDuty looks." }
      : {
          state: "not met",
          where: ["accountSecurity"],
          detail:
            `This environment has no ${missing.map(({ words }) => words).join(" and no ")}. Declare accountSecurity in ` +
            "one environment of the account; tick this if another one does already.",
        };
  },
};

/** Whether what is on by default has not been turned off. */
function isOn(value: Json | undefined): boolean {
  return value === undefined || value === null || !isFalse(value);
}

export const requiredOperationItems: readonly Item[] = [logs];
export const furtherOperationItems: readonly Item[] = [autoscaling, monitoring, audit];
