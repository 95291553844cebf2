// Seven set-ups that teams run, as environment files: each is accepted in all its stages and breaks no policy, and its containers
// get what its list names.
import { written } from "../../src/checklist/checklist";
import { modelOf } from "../../src/model/model";
import { checkPolicies, policyProblems } from "../../src/policies/check-policies";
import { trafficDisagreements } from "../../src/policies/traffic-agreement";
import { defineEnvironment } from "../../src/validation/define-environment";
import { parseJsonencode } from "../support/jsonencode";
import { platformConfigs } from "../support/platform-configs";
import { SETUPS } from "../support/setups";
import { resources } from "../support/synthesized";

interface Named {
  readonly name: string;
}

interface Container extends Named {
  readonly environment?: readonly Named[];
  readonly secrets?: readonly Named[];
}

const named = (list: readonly Named[] = []) => list.map(({ name }) => name).sort();

describe.each(Object.entries(SETUPS))("%s", (_key, { stages, containers }) => {
  it.each(stages)("is accepted, breaks no policy and adds no traffic: $name", (input) => {
    const environment = defineEnvironment(input);
    const [model, configs] = [modelOf(environment), platformConfigs(environment)];
    expect(policyProblems(checkPolicies(written(model, configs)))).toEqual([]);
    expect(trafficDisagreements(model, configs)).toEqual([]);
  });

  it.each(stages)("gives its containers the variables of its list, and no other: $name", (input) => {
    const { django = {} } = platformConfigs(defineEnvironment(input));
    const definitions = Object.fromEntries(
      resources(django, "aws_ecs_task_definition").map(([, { family, container_definitions }]) => [
        String(family),
        parseJsonencode(String(container_definitions)) as Container[],
      ]),
    );
    const found = Object.keys(input.services).map((key) => [
      key,
      Object.fromEntries(
        (definitions[`${input.name}-${key}`] ?? []).map(({ name, environment, secrets }) => [
          name,
          { plain: named(environment), secret: named(secrets) },
        ]),
      ),
    ]);
    expect(Object.fromEntries(found)).toEqual(containers);
  });
});
