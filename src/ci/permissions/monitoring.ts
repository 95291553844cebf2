// What watches an environment: alarms and the dashboard in CloudWatch, the topic in SNS, the rule in EventBridge.
import { actions, type PermissionsOf } from "../grant";

export const monitoring: PermissionsOf = ({ environment, account, arn }) => {
  const { name } = environment;
  if (!environment.monitoring) {
    return undefined;
  }
  const alarms = [arn("cloudwatch", `alarm:${name}/*`)];
  const dashboards = [`arn:aws:cloudwatch::${account}:dashboard/${name}`];
  // With its subscriptions, whose ARNs begin with the topic's.
  const topics = [arn("sns", `${name}-alarms`), arn("sns", `${name}-alarms:*`)];
  const rules = [arn("events", `rule/${name}-security-group-changes`)];
  return {
    grants: [
      {
        // It lists, whatever name it is asked about.
        sid: "FindAlarms",
        access: "read",
        actions: ["cloudwatch:DescribeAlarms"],
        resources: ["*"],
      },
      {
        sid: "ReadAlarms",
        access: "read",
        actions: actions("cloudwatch", ["GetDashboard", "ListTagsForResource"]),
        resources: [...alarms, ...dashboards],
      },
      {
        sid: "OwnAlarms",
        access: "write",
        actions: actions("cloudwatch", [
          "DeleteAlarms",
          "DeleteDashboards",
          "PutDashboard",
          "PutMetricAlarm",
          "TagResource",
          "UntagResource",
        ]),
        resources: [...alarms, ...dashboards],
      },
      {
        sid: "ReadTopic",
        access: "read",
        actions: actions("sns", ["GetSubscriptionAttributes", "GetTopicAttributes", "ListTagsForResource"]),
        resources: topics,
      },
      {
        sid: "OwnTopic",
        access: "write",
        actions: actions("sns", [
          "CreateTopic",
          "DeleteTopic",
          "SetTopicAttributes",
          "Subscribe",
          "TagResource",
          "Unsubscribe",
          "UntagResource",
        ]),
        resources: topics,
      },
      {
        sid: "ReadEventRules",
        access: "read",
        actions: actions("events", ["DescribeRule", "ListTagsForResource", "ListTargetsByRule"]),
        resources: rules,
      },
      {
        sid: "OwnEventRules",
        access: "write",
        actions: actions("events", [
          "DeleteRule",
          "PutRule",
          "PutTargets",
          "RemoveTargets",
          "TagResource",
          "UntagResource",
        ]),
        resources: rules,
      },
    ],
    own: [...alarms, ...dashboards, arn("sns", `${name}-alarms*`), ...rules],
  };
};
