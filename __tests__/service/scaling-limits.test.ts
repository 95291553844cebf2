// The limits of autoscaling as Terraform variables: defaults, and what each of them admits.
import { AWS_TASK_LIMITS, type TaskLimits } from "../../src/model/task-limits";
import { ScalingLimits } from "../../src/service/scaling-limits";
import { synthScope } from "../support/synth-scope";

function variables(admitted: TaskLimits) {
  const synth = synthScope((scope) => {
    const props = { serviceKey: "web-app", autoscaling: { minimum: 2, maximum: 10 }, admitted };
    new ScalingLimits(scope, "limits", props);
  });
  return JSON.parse(synth).variable;
}

const wholeNumber = (name: string, fewest: number, most: number) =>
  `\${floor(var.${name}) == var.${name} && var.${name} >= ${fewest} && var.${name} <= ${most}}`;

it("has the environment's limits as defaults, and admits what AWS takes; the maximum alone asks for the other", () => {
  expect(variables(AWS_TASK_LIMITS)).toEqual({
    web_app_min_tasks: {
      type: "number",
      default: 2,
      nullable: false,
      description: "Fewest tasks that the service web-app scales to",
      validation: [
        {
          condition: wholeNumber("web_app_min_tasks", 1, 5000),
          error_message: "Give a whole number of tasks from 1 to 5000.",
        },
      ],
    },
    web_app_max_tasks: {
      type: "number",
      default: 10,
      nullable: false,
      description: "Most tasks that the service web-app scales to",
      validation: [
        {
          condition: wholeNumber("web_app_max_tasks", 1, 5000),
          error_message: "Give a whole number of tasks from 1 to 5000.",
        },
        {
          condition: "${var.web_app_max_tasks >= var.web_app_min_tasks}",
          error_message: "Give at least as many tasks as web_app_min_tasks says, or lower that.",
        },
      ],
    },
  });
});

it("says why more, or less, is refused, and holds several services together", () => {
  const joint = {
    services: [
      { key: "jobs", each: 4, maximumPercent: 150 },
      { key: "web-app", each: 8, maximumPercent: 200 },
    ],
    others: 2,
    most: 250,
    room: 247,
  };
  const { web_app_min_tasks: minimum, web_app_max_tasks: maximum } = variables({
    fewest: 1,
    fewestAtMaximum: 3,
    most: 12,
    room: 247,
    joint,
  });
  const because =
    "services may open more connections to the database than the 247 that it has for them, while a release runs beside the " +
    "former one.";
  expect(minimum.validation).toEqual([
    {
      condition: wholeNumber("web_app_min_tasks", 1, 12),
      error_message: `Give a whole number of tasks from 1 to 12: with more, ${because}`,
    },
  ]);
  const [own, order, together, ...others] = maximum.validation;
  expect(own).toEqual({
    condition: wholeNumber("web_app_max_tasks", 3, 12),
    error_message:
      `Give a whole number of tasks from 3 to 12: with more, ${because} With less, an alarm on missing or unhealthy tasks ` +
      "could never fire.",
  });
  expect(order.condition).toBe("${var.web_app_max_tasks >= var.web_app_min_tasks}");
  expect(together).toEqual({
    condition:
      "${4 * floor(var.jobs_max_tasks * 150 / 100) + 8 * floor(var.web_app_max_tasks * 200 / 100) + 2 <= 250}",
    error_message: `Lower one of jobs_max_tasks, web_app_max_tasks: together, ${because}`,
  });
  expect(others).toEqual([]);
});

it("says what a deployment needs", () => {
  const { web_app_min_tasks: minimum, web_app_max_tasks: maximum } = variables({
    ...AWS_TASK_LIMITS,
    fewest: 2,
    fewestAtMaximum: 2,
  });
  const message =
    "Give a whole number of tasks from 2 to 5000. With less, a deployment could neither start a task nor stop one.";
  expect(minimum.validation[0]).toEqual({
    condition: wholeNumber("web_app_min_tasks", 2, 5000),
    error_message: message,
  });
  expect(maximum.validation[0].error_message).toBe(message);
});
