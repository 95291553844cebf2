// Application Auto Scaling: the number of tasks of a service. A scalable target's ARN holds no name, but its tag.
import { actions, alarmsThatOnlyDo, type PermissionsOf } from "../grant";

export const applicationAutoscaling: PermissionsOf = (scope) => {
  const { services, names } = scope.environment;
  if (!Object.values(services).some(({ autoscaling }) => autoscaling)) {
    return undefined;
  }
  const scheduled = Object.values(services).some(({ autoscaling }) => autoscaling?.schedule);
  const targets = [scope.arn("application-autoscaling", "scalable-target/*")];
  // What follows a target value does so by two alarms, which it makes and deletes in the caller's name: "How Application
  // Auto Scaling works with IAM", Application Auto Scaling user guide.
  const alarms = [scope.arn("cloudwatch", `alarm:TargetTracking-service/${names.cluster}/*`)];
  const policies = scope.arn("autoscaling", `scalingPolicy:*:resource/ecs/service/${names.cluster}/*`);
  return {
    grants: [
      {
        sid: "ReadAutoscaling",
        access: "read",
        actions: [
          ...actions("application-autoscaling", [
            "DescribeScalableTargets",
            "DescribeScalingPolicies",
            ...(scheduled ? ["DescribeScheduledActions"] : []),
            "ListTagsForResource",
          ]),
          "cloudwatch:DescribeAlarms",
        ],
        resources: ["*"],
      },
      {
        sid: "NewAutoscaling",
        access: "write",
        actions: actions("application-autoscaling", ["RegisterScalableTarget", "TagResource"]),
        resources: targets,
        tag: "untagged",
      },
      {
        sid: "OwnAutoscaling",
        access: "write",
        actions: actions("application-autoscaling", [
          "DeleteScalingPolicy",
          "DeregisterScalableTarget",
          "PutScalingPolicy",
          "RegisterScalableTarget",
          "TagResource",
          "UntagResource",
          ...(scheduled ? ["DeleteScheduledAction", "PutScheduledAction"] : []),
        ]),
        resources: targets,
        tag: "own",
      },
      {
        sid: "NewAutoscalingAlarms",
        access: "write",
        actions: ["cloudwatch:PutMetricAlarm"],
        resources: alarms,
        ...alarmsThatOnlyDo([policies]),
      },
      {
        sid: "OldAutoscalingAlarms",
        access: "write",
        actions: ["cloudwatch:DeleteAlarms"],
        resources: alarms,
      },
    ],
    own: alarms,
  };
};
