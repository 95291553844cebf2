// ECS: the cluster, its services and their task definitions, and the tasks that checks run.
import { oneOffCommandsOf } from "../../config/service";
import { actions, type PermissionsOf } from "../grant";

export const ecs: PermissionsOf = ({ environment, arn }) => {
  const { names, services } = environment;
  const families = Object.entries(services).flatMap(([key, service]) => {
    const family = names.services[key]?.taskDefinition ?? key;
    return [family, ...Object.keys(oneOffCommandsOf(service)).map((command) => `${family}-${command}`)];
  });
  const own = [
    arn("ecs", `cluster/${names.cluster}`),
    arn("ecs", `service/${names.cluster}/*`),
    arn("ecs", `task/${names.cluster}/*`),
    ...families.map((family) => arn("ecs", `task-definition/${family}:*`)),
  ];
  return {
    grants: [
      { sid: "ReadServiceTags", access: "read", actions: ["ecs:ListTagsForResource"], resources: own },
      {
        sid: "ReadServices",
        access: "read",
        actions: actions("ecs", [
          "DescribeClusters",
          "DescribeServices",
          "DescribeTaskDefinition",
          "DescribeTasks",
          "ListTasks",
        ]),
        resources: ["*"],
      },
      {
        sid: "OwnServices",
        access: "write",
        actions: actions("ecs", [
          "CreateCluster",
          "CreateService",
          "DeleteCluster",
          "DeleteService",
          "PutClusterCapacityProviders",
          "RegisterTaskDefinition",
          // `verify` connects from tasks of its own.
          "RunTask",
          "StopTask",
          "TagResource",
          "UntagResource",
          "UpdateCluster",
          "UpdateService",
        ]),
        resources: own,
      },
      {
        // IAM knows no resource for it. A revision that is deregistered can still be run by the services that use it.
        sid: "RetireTaskDefinitions",
        access: "write",
        actions: ["ecs:DeregisterTaskDefinition"],
        resources: ["*"],
      },
    ],
    own: [
      arn("ecs", `*/${names.cluster}/*`),
      arn("ecs", `cluster/${names.cluster}`),
      ...[...families.map((family) => `${family}:`), environment.name].map((family) =>
        arn("ecs", `task-definition/${family}*`),
      ),
    ],
  };
};
