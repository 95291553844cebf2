// Items on who may do what, and on who notices: groups, roles, state, logs, alarms, audit.
import { type Finding, finding } from "../../policies/policy";
import type { Resource } from "../../policies/reading/resources";
import { isFalse, nested } from "../../policies/reading/values";
import adminPortsClosed from "../../policies/rules/admin-ports-closed";
import dataPortsClosed from "../../policies/rules/data-ports-closed";
import loadBalancerLogged from "../../policies/rules/load-balancer-logged";
import logRetention from "../../policies/rules/log-retention";
import networkLogged from "../../policies/rules/network-logged";
import noAdminPolicies from "../../policies/rules/no-admin-policies";
import passRoleNarrow from "../../policies/rules/pass-role-narrow";
import roleTrustNarrow from "../../policies/rules/role-trust-narrow";
import rolesSeparate from "../../policies/rules/roles-separate";
import stateProtected from "../../policies/rules/state-protected";
import { trafficDisagreements } from "../../policies/traffic-agreement";
import { asList, asText } from "../../reachability/terraform-config";
import { findingsOf, judged, notMet, place } from "../answers";
import { containerVariables } from "../containers";
import type { Item } from "../item";

const logs: Item = {
  id: "logs",
  title: "Containers, load balancer and network are logged, and every log says how long it is kept",
  group: "required",
  why: "After an incident, the logs are all that says what happened.",
  answer: (platform) => {
    const { resources } = platform;
    return judged({
      subjects: resources.of("aws_cloudwatch_log_group", "aws_flow_log"),
      findings: [
        ...findingsOf(platform, logRetention, loadBalancerLogged, networkLogged),
        ...containerVariables(platform)
          .containers.filter(({ logged }) => !logged)
          .map(({ definition }) => finding(definition, "A container's output is not logged")),
      ],
      met: "Logs are kept, each for a time of its own.",
      without: "The environment runs nothing that could log.",
      remedy: "Turn the log on, and set how long it is kept (logRetentionDays).",
    });
  },
};

const securityGroups: Item = {
  id: "security-groups",
  title: "Security groups let through what the environment declares and nothing else; no data port is open",
  group: "required",
  why: "Each connection that nobody needs is one that an intruder can use.",
  answer: (platform) => {
    const { resources, environment, configs } = platform;
    const disagreements = trafficDisagreements(environment, configs);
    const open = findingsOf(platform, dataPortsClosed, adminPortsClosed);
    if (disagreements.length > 0) {
      const named = resources.all
        .map(place)
        .filter((where) => disagreements.some((text) => text.includes(where)));
      return {
        state: "not met",
        where: [...new Set([...named, ...open.map(place)])],
        detail: `${disagreements.join(". ")}. Declare the flow in the environment, or remove the rule.`,
      };
    }
    return judged({
      subjects: resources.of("aws_security_group"),
      findings: open,
      met: "Their rules equal the traffic matrix; no port of a database, a cache or an administrator is open.",
      without: "The environment has no security groups.",
      remedy: dataPortsClosed.remedy,
    });
  },
};

const roles: Item = {
  id: "roles",
  title: "Roles may do what they need and nothing else, and each service has its own",
  group: "required",
  why: noAdminPolicies.reason,
  answer: (platform) =>
    judged({
      subjects: platform.resources.of("aws_iam_role"),
      findings: findingsOf(platform, noAdminPolicies, rolesSeparate, roleTrustNarrow, passRoleNarrow),
      met: "No role may do everything, and no two services share one.",
      without: "The environment has no roles.",
      remedy: noAdminPolicies.remedy,
    }),
};

/** The stack that makes the bucket for all other states: its own cannot be in there before there is one. */
const STATE_STACK = "state-backend";

const stateEncrypted: Item = {
  id: "state-encrypted",
  title: "Terraform's state is encrypted and locked",
  group: "required",
  why: stateProtected.reason,
  answer: (platform) => {
    const backends = Object.entries(platform.configs)
      .filter(([stack]) => stack !== STATE_STACK)
      .map(([stack, { terraform }]) => ({ stack, kinds: nested(terraform, "backend").flatMap(Object.keys) }));
    const local = backends
      .filter(({ kinds }) => kinds.includes("local"))
      .map(
        ({ stack }): Finding => ({
          stack,
          address: "terraform.backend.local",
          problem: "The state is a file beside the project, neither encrypted nor shared",
        }),
      );
    const findings = [...findingsOf(platform, stateProtected), ...local];
    if (findings.length > 0) {
      const remedy = 'Keep the state in S3: state: { backend: "s3", ... }.';
      return notMet(findings, remedy);
    }
    return backends.every(({ kinds }) => kinds.includes("s3"))
      ? {
          state: "met",
          where: backends.map(({ stack }) => `${stack}/terraform.backend.s3`),
          detail: "S3 keeps it encrypted, and a lock file keeps two applies apart.",
        }
      : {
          state: "confirm",
          where: ["state.backend"],
          detail: "Whoever runs the stacks brings the backend: confirm that it encrypts and locks.",
        };
  },
};

const autoscaling: Item = {
  id: "autoscaling",
  title: "Every service gets more tasks when there is more to do",
  group: "nice to have",
  why: "Load comes when nobody looks.",
  answer: ({ resources }) => {
    const targets = resources.of("aws_appautoscaling_target");
    const scales = ({ name, body }: Resource) =>
      targets.some(({ body: { resource_id: id } }) =>
        [`\${aws_ecs_service.${name}.name}`, asText(body.name)].some(
          (service) => service !== undefined && asText(id)?.endsWith(`/${service}`),
        ),
      );
    return judged({
      subjects: targets,
      findings: resources
        .of("aws_ecs_service")
        .filter((service) => !scales(service))
        .map((service) => finding(service, "Its number of tasks is fixed")),
      met: "Application Auto Scaling follows CPU, memory and requests.",
      without: "The environment has no services.",
      remedy: "Give the service autoscaling: { minimum, maximum }.",
    });
  },
};

const monitoring: Item = {
  id: "monitoring",
  title: "Somebody is told when something is wrong",
  group: "nice to have",
  why: "Otherwise the users are the alarm.",
  answer: ({ resources }) => {
    const alarms = resources
      .of("aws_cloudwatch_metric_alarm")
      .filter(
        ({ body }) =>
          asList(body.alarm_actions).length > 0 &&
          (body.actions_enabled === undefined || !isFalse(body.actions_enabled)),
      );
    if (alarms.length === 0) {
      const detail = "There are no alarms. Remove monitoring: false, and fill in monitoring.emails.";
      return { state: "not met", where: ["monitoring"], detail };
    }
    const told = resources.of("aws_sns_topic_subscription");
    const where = [...resources.of("aws_sns_topic"), ...told].map(place);
    return told.length > 0
      ? { state: "met", where, detail: `${alarms.length} alarms tell the topic's subscribers.` }
      : {
          state: "confirm",
          where,
          detail:
            `There are ${alarms.length} alarms, and nobody in monitoring.emails: confirm that somebody has subscribed to ` +
            "the topic by other means.",
        };
  },
};

/** What makes an audit: the record of who did what, and somebody who reads it for threats. */
const AUDIT = ["aws_cloudtrail", "aws_guardduty_detector"];

const audit: Item = {
  id: "audit",
  title: "The account records who did what, and looks for threats",
  group: "nice to have",
  why: "Without a trail that nobody can delete, an intruder leaves no trace.",
  answer: ({ resources }) => {
    const found = AUDIT.map((type) => resources.of(type));
    return found.every((each) => each.length > 0)
      ? { state: "met", where: found.flat().map(place), detail: "CloudTrail records, and GuardDuty looks." }
      : {
          state: "not met",
          where: ["accountSecurity"],
          detail:
            "This environment has no trail, or no threat detection. Declare accountSecurity in one environment of the " +
            "account; tick this if another one does already.",
        };
  },
};

export const requiredOperationItems: readonly Item[] = [logs, securityGroups, roles, stateEncrypted];
export const furtherOperationItems: readonly Item[] = [autoscaling, monitoring, audit];
