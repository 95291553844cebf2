// ECS: the cluster, its services and their task definitions, and the tasks that checks run.
import { needsProbe } from "../../model/connectivity";
import { namesOfService } from "../../model/names/resolved";
import { connectivityTask, databaseUserTask, taskFamilies } from "../../model/names/services";
import { oneOffCommandsOf } from "../../model/services";
import { actions, type PermissionsOf } from "../grant";

export const ecs: PermissionsOf = ({ environment, arn }) => {
  const { name, names, services, database } = environment;
  const families = [
    ...Object.entries(services).flatMap(([key, service]) =>
      taskFamilies(namesOfService(names, key).taskDefinition, Object.keys(oneOffCommandsOf(service))),
    ),
    ...(database?.applicationUser ? [databaseUserTask(name).family] : []),
    ...(needsProbe(services) ? [connectivityTask(name).family] : []),
  ];
  const cluster = arn("ecs", `cluster/${names.cluster}`);
  const own = [
    cluster,
    arn("ecs", `service/${names.cluster}/*`),
    arn("ecs", `task/${names.cluster}/*`),
    ...families.map((family) => arn("ecs", `task-definition/${family}:*`)),
  ];
  return {
    grants: [
      {
        sid: "ReadServices",
        access: "read",
        actions: actions("ecs", [
          "DescribeClusters",
          "DescribeServices",
          "DescribeTasks",
          "ListTagsForResource",
        ]),
        resources: own,
      },
      {
        // Of the first, IAM knows no resource; of the second, none but the machines of a cluster.
        sid: "ReadTaskDefinitions",
        access: "read",
        actions: actions("ecs", ["DescribeTaskDefinition", "ListTasks"]),
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
          "StopTask",
          "TagResource",
          "UntagResource",
          "UpdateCluster",
          "UpdateService",
        ]),
        resources: own,
      },
      {
        // `verify` connects from tasks of its own. The resource is what is run; where, only the condition says: on the
        // machines of another cluster, a task could be let see what else runs there.
        sid: "RunOwnTasks",
        access: "write",
        actions: ["ecs:RunTask"],
        resources: own,
        conditions: { ArnLike: { "ecs:cluster": cluster } },
        boundaryConditions: {},
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
      arn("ecs", `*/${names.cluster}*`),
      ...[...families.map((family) => `${family}:`), environment.name].map((family) =>
        arn("ecs", `task-definition/${family}*`),
      ),
    ],
  };
};
