// Whose tasks a state machine starts is read from the output: what is not certain counts as somebody else's.
import { TerraformStack, Testing } from "cdktf";
import { modelOf } from "../../src/model/model";
import { trafficDisagreements } from "../../src/policies/traffic-agreement";
import { instances } from "../../src/reachability/instances";
import { serviceOfStarted } from "../../src/reachability/started-tasks";
import type { TerraformConfigs } from "../../src/reachability/terraform-config";
import { addPlatform } from "../../src/stacks/platform";
import { allOptions } from "../support/all-options";

/** The service that a machine with this definition starts tasks of, beside two services. */
function startedBy(definition: string): string | undefined {
  const definitionOf = (role: string) => ({ family: "x", task_role_arn: `\${aws_iam_role.${role}.arn}` });
  const configs: TerraformConfigs = {
    django: {
      resource: {
        aws_ecs_task_definition: {
          web: definitionOf("web_task"),
          web_sweep: definitionOf("web_task"),
          worker: definitionOf("worker_task"),
          worker_report: definitionOf("worker_task"),
          stray: { family: "stray" },
        },
        aws_ecs_service: {
          web: { task_definition: "${aws_ecs_task_definition.web.arn}" },
          worker: { task_definition: "${aws_ecs_task_definition.worker.arn}" },
        },
        aws_sfn_state_machine: { run: { definition } },
      },
    },
  };
  const all = instances(configs);
  const machine = all.find(({ type }) => type === "aws_sfn_state_machine");
  return machine && serviceOfStarted(machine, all);
}

const starts = (...definitions: readonly string[]) =>
  `\${jsonencode({${definitions.map((each, index) => `"State ${index}" = {"TaskDefinition" = ${each}}`).join(", ")}})}`;

it.each([
  [starts("aws_ecs_task_definition.web_sweep.family"), "web"],
  [starts("aws_ecs_task_definition.worker_report.arn"), "worker"],
  [starts("aws_ecs_task_definition.web_sweep.family", "aws_ecs_task_definition.web.arn"), "web"],
  ['{"TaskDefinition": "${aws_ecs_task_definition.web_sweep.family}"}', "web"],
])("reads the service from %s", (definition, service) => {
  expect(startedBy(definition)).toBe(service);
});

it.each([
  ["starts none", "{}"],
  ["names one by a text", starts('"shop-web-sweep"')],
  ["names another one beside it by a text", starts("aws_ecs_task_definition.web_sweep.family", '"theirs"')],
  ["names one by what only a run knows", starts('"{% $states.input.family %}"')],
  [
    "starts those of two services",
    starts("aws_ecs_task_definition.web_sweep.family", "aws_ecs_task_definition.worker.arn"),
  ],
  ["starts one that is no service's", starts("aws_ecs_task_definition.stray.family")],
  ["starts one that is not there", starts("aws_ecs_task_definition.gone.family")],
  ["hides one in a function", starts('join("", [aws_ecs_task_definition.web_sweep.family])')],
])("knows no service where a machine %s", (_, definition) => {
  expect(startedBy(definition)).toBeUndefined();
});

describe("The proof", () => {
  const app = Testing.app();
  addPlatform(app, allOptions);
  const stacks = app.node.findAll().filter(TerraformStack.isStack);
  for (const stack of stacks) stack.prepareStack();
  const text = JSON.stringify(
    Object.fromEntries(stacks.map((stack) => [stack.node.id, stack.toTerraform()])),
  );
  const disagreements = (changed: string) => trafficDisagreements(modelOf(allOptions), JSON.parse(changed));
  /** The output with something else in the machine that runs the worker's report. */
  const machineWith = (is: string, becomes: string) => {
    const { django, ...others } = JSON.parse(text);
    const machine = django.resource.aws_sfn_state_machine.worker_report;
    expect(machine.definition).toContain(is);
    machine.definition = machine.definition.replaceAll(is, becomes);
    return JSON.stringify({ django, ...others });
  };

  it("takes scheduled tasks for their service's", () => {
    expect(disagreements(text)).toEqual([]);
  });

  it.each(["aws_security_group.web.id", "aws_security_group.postgres.id"])(
    "finds a machine that starts them in the group %s instead",
    (group) => {
      expect(disagreements(machineWith("aws_security_group.worker.id", group))).toContainEqual(
        expect.stringMatching(
          /worker_report is in .*; the environment puts "worker" in all-options-ecs-worker-sg/,
        ),
      );
    },
  );

  it("finds one that starts another's task in the service's group", () => {
    const changed = machineWith("aws_ecs_task_definition.worker_report.family", '"theirs"');
    expect(disagreements(changed).length).toBeGreaterThan(0);
  });
});
