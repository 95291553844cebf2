// What watches an environment: alarms and the dashboard in CloudWatch, the topic in SNS, the rule in EventBridge.
import { alarmTopic, anyAlarm, dashboardName, securityGroupChangesRule } from "../../model/names/monitoring";
import { actions, alarmsThatOnlyDo, type PermissionsOf } from "../grant";
import { eventRules } from "./event-rules";

export const monitoring: PermissionsOf = ({ environment, account, arn }) => {
  const { name, names } = environment;
  if (!environment.monitoring) {
    return undefined;
  }
  const alarms = anyAlarm(name, names.alarms).map((pattern) => arn("cloudwatch", `alarm:${pattern}`));
  const dashboards = [`arn:aws:cloudwatch::${account}:dashboard/${dashboardName(name)}`];
  // With its subscriptions, whose ARNs begin with the topic's.
  const topic = arn("sns", alarmTopic(name));
  const topics = [topic, `${topic}:*`];
  const rules = [arn("events", `rule/${securityGroupChangesRule(name)}`)];
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
          "TagResource",
          "UntagResource",
        ]),
        resources: [...alarms, ...dashboards],
      },
      {
        sid: "NewAlarms",
        access: "write",
        actions: ["cloudwatch:PutMetricAlarm"],
        resources: alarms,
        ...alarmsThatOnlyDo([topic]),
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
      ...eventRules("EventRules", rules),
      {
        // A rule sees what happens in the whole account. This one may tell of calls of EC2's API, and the topic alone.
        sid: "PutEventRules",
        access: "write",
        actions: ["events:PutRule"],
        resources: rules,
        conditions: {
          "ForAllValues:StringEquals": {
            "events:source": ["aws.ec2"],
            "events:detail-type": ["AWS API Call via CloudTrail"],
          },
          Null: { "events:source": "false", "events:detail-type": "false" },
        },
        boundaryConditions: {},
      },
      {
        sid: "PutEventTargets",
        access: "write",
        actions: ["events:PutTargets"],
        resources: rules,
        conditions: {
          "ForAllValues:ArnLike": { "events:TargetArn": [topic] },
          Null: { "events:TargetArn": "false" },
        },
        boundaryConditions: {},
      },
    ],
    own: [...alarms, ...dashboards, arn("sns", `${alarmTopic(name)}*`), ...rules],
  };
};
