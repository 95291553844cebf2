// What CI does with state machines of Step Functions, whatever they are for.
import { actions, type Grant } from "../grant";

/**
 * @param what what the machines are, as their grants have it: `Restart`
 * @param machines their ARNs
 */
export function stateMachines(what: string, machines: readonly string[]): Grant[] {
  return [
    {
      sid: `Read${what}`,
      access: "read",
      actions: actions("states", ["DescribeStateMachine", "ListStateMachineVersions", "ListTagsForResource"]),
      resources: machines,
    },
    {
      // AWS's provider has a definition checked with each plan. IAM knows no resource for it.
      sid: `Check${what}`,
      access: "read",
      actions: ["states:ValidateStateMachineDefinition"],
      resources: ["*"],
    },
    {
      sid: `Own${what}`,
      access: "write",
      actions: actions("states", [
        "CreateStateMachine",
        "DeleteStateMachine",
        "TagResource",
        "UntagResource",
        "UpdateStateMachine",
      ]),
      resources: machines,
    },
  ];
}
