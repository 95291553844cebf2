// The limits of a service's autoscaling as Terraform variables: whoever applies the output sets them without editing the code.
import { Fn, TerraformVariable, Token } from "cdktf";
import { Construct } from "constructs";
import { type JointLimit, type TaskLimits, taskVariables } from "../model/task-limits";
import { FEWEST_SCALED_TASKS } from "../schema/autoscaling";

const ALARM = " With less, an alarm on missing or unhealthy tasks could never fire.";
const DEPLOYMENT = " With less, a deployment could neither start a task nor stop one.";

export interface ScalingLimitsProps {
  /** The service's key; the variables are `<key>_min_tasks` and `<key>_max_tasks`, hyphens turned into underscores. */
  readonly serviceKey: string;
  /** Fewest and most tasks: the variables' defaults. */
  readonly autoscaling: { readonly minimum: number; readonly maximum: number };
  /** What the variables may say. */
  readonly admitted: TaskLimits;
}

/** Between how many tasks a service scales. */
export class ScalingLimits extends Construct {
  /** The fewest tasks, as Terraform knows them. */
  readonly minimum: number;
  /** The most tasks, as Terraform knows them. */
  readonly maximum: number;

  constructor(scope: Construct, id: string, { serviceKey, autoscaling, admitted }: ScalingLimitsProps) {
    super(scope, id);
    const names = taskVariables(serviceKey);
    const { fewest, fewestAtMaximum, most, room, joint } = admitted;
    const minimum = this.variable(names.minimum, {
      default: autoscaling.minimum,
      description: `Fewest tasks that the service ${serviceKey} scales to`,
    });
    const maximum = this.variable(names.maximum, {
      default: autoscaling.maximum,
      description: `Most tasks that the service ${serviceKey} scales to`,
    });
    minimum.addValidation({
      condition: wholeNumber(names.minimum, fewest, most),
      errorMessage: `${from(fewest, most, room)}${fewest > FEWEST_SCALED_TASKS ? DEPLOYMENT : ""}`,
    });
    maximum.addValidation({
      condition: wholeNumber(names.maximum, fewestAtMaximum, most),
      errorMessage: `${from(fewestAtMaximum, most, room)}${
        fewestAtMaximum > Math.max(fewest, FEWEST_SCALED_TASKS)
          ? ALARM
          : fewest > FEWEST_SCALED_TASKS
            ? DEPLOYMENT
            : ""
      }`,
    });
    // Two variables that ask for each other would be a circle: the maximum alone does.
    maximum.addValidation({
      condition: `\${var.${names.maximum} >= var.${names.minimum}}`,
      errorMessage: `Give at least as many tasks as ${names.minimum} says, or lower that.`,
    });
    if (joint) {
      maximum.addValidation(together(joint));
    }
    this.minimum = minimum.numberValue;
    this.maximum = maximum.numberValue;
  }

  /** A number of tasks, or the limit that it is beyond. */
  within(tasks: number): number {
    return Token.asNumber(Fn.max([this.minimum, Fn.min([this.maximum, tasks])]));
  }

  private variable(
    name: string,
    config: { readonly default: number; readonly description: string },
  ): TerraformVariable {
    return new TerraformVariable(this, `variable:${name}`, { type: "number", nullable: false, ...config });
  }
}

function wholeNumber(name: string, fewest: number, most: number): string {
  return `\${floor(var.${name}) == var.${name} && var.${name} >= ${fewest} && var.${name} <= ${most}}`;
}

/** What several services' variables may say together: no service's own number shows it. */
function together({ services, others, most, room }: JointLimit): { condition: string; errorMessage: string } {
  const names = services.map(({ key }) => taskVariables(key).maximum);
  const terms = services.map(
    ({ key, each, maximumPercent }) =>
      `${each} * floor(var.${taskVariables(key).maximum} * ${maximumPercent} / 100)`,
  );
  return {
    condition: `\${${[...terms, ...(others > 0 ? [others] : [])].join(" + ")} <= ${most}}`,
    errorMessage: `Lower one of ${names.join(", ")}: ${more("together, ", room)}.`,
  };
}

function from(fewest: number, most: number, room: number | undefined): string {
  return `Give a whole number of tasks from ${fewest} to ${most}${room === undefined ? "" : `: ${more("with more, ", room)}`}.`;
}

function more(when: string, room: number): string {
  return (
    `${when}services may open more connections to the database than the ${room} that it has for them, while a release runs ` +
    "beside the former one"
  );
}
