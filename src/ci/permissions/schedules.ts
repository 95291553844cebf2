// What runs by the clock: a state machine for each schedule, and the schedules in their group.
import { scheduledRun } from "../../model/names/services";
import { schedulesOf } from "../../model/schedules";
import { actions, type PermissionsOf } from "../grant";
import { stateMachines } from "./state-machines";

export const schedulePermissions: PermissionsOf = ({ environment, arn }) => {
  const { name } = environment;
  const runs = schedulesOf(environment.services).map(({ service, key }) => scheduledRun(name, service, key));
  if (runs.length === 0) {
    return undefined;
  }
  const group = arn("scheduler", `schedule-group/${name}`);
  const schedules = runs.map((run) => arn("scheduler", `schedule/${name}/${run}`));
  return {
    grants: [
      ...stateMachines(
        "Runs",
        runs.map((run) => arn("states", `stateMachine:${run}`)),
      ),
      {
        // What `verify` asks.
        sid: "SeeRuns",
        access: "read",
        actions: ["states:ListExecutions"],
        resources: runs.map((run) => arn("states", `stateMachine:${run}`)),
      },
      {
        sid: "ReadSchedules",
        access: "read",
        actions: actions("scheduler", ["GetSchedule", "GetScheduleGroup", "ListTagsForResource"]),
        resources: [group, ...schedules],
      },
      {
        sid: "OwnSchedules",
        access: "write",
        actions: actions("scheduler", [
          "CreateSchedule",
          "CreateScheduleGroup",
          "DeleteSchedule",
          "DeleteScheduleGroup",
          "TagResource",
          "UntagResource",
          "UpdateSchedule",
        ]),
        resources: [group, ...schedules],
      },
    ],
    // As short as it goes: the boundary has to fit into one policy.
    own: [
      arn("states", `stateMachine:${name}-*`),
      arn("scheduler", `*/${name}`),
      arn("scheduler", `*/${name}/*`),
    ],
  };
};
