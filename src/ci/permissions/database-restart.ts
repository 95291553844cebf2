// What restarts services after a change of the database's password: a state machine in Step Functions, and the rules that
// start it.
import { restartedServices } from "../../model/database-login";
import { databaseRestart, databaseRestartRules } from "../../model/names/data-stores";
import type { PermissionsOf } from "../grant";
import { eventRules } from "./event-rules";
import { stateMachines } from "./state-machines";

export const databaseRestartPermissions: PermissionsOf = ({ environment, arn }) => {
  if (restartedServices(environment).length === 0) {
    return undefined;
  }
  const { name } = environment;
  const machine = arn("states", `stateMachine:${databaseRestart(name)}`);
  const { schedule, rotation } = databaseRestartRules(name);
  const rules = [schedule, rotation].map((rule) => arn("events", `rule/${rule}`));
  return {
    grants: [
      ...stateMachines("Restart", [machine]),
      ...eventRules("RestartRules", rules),
      {
        // Of what happens in the account, no more than Secrets Manager's own events; a schedule has no source at all.
        sid: "PutRestartRules",
        access: "write",
        actions: ["events:PutRule"],
        resources: rules,
        conditions: { "ForAllValues:StringEquals": { "events:source": ["aws.secretsmanager"] } },
        boundaryConditions: {},
      },
      {
        sid: "PutRestartTargets",
        access: "write",
        actions: ["events:PutTargets"],
        resources: rules,
        conditions: {
          "ForAllValues:ArnLike": { "events:TargetArn": [machine] },
          Null: { "events:TargetArn": "false" },
        },
        boundaryConditions: {},
      },
    ],
    // As short as it goes: the boundary has to fit into one policy.
    own: [arn("states", `stateMachine:${name}-*`), arn("events", `rule/${name}-*`)],
  };
};
