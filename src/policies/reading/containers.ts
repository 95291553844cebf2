// The containers of task definitions, read from the JSON that ECS is given.
import { asText, isObject, type Json, type JsonObject } from "../../reachability/terraform-config";
import { type Finding, finding } from "../policy";
import { parseJson } from "./json";
import type { Resource, Resources } from "./resources";

/** A container definition, in the words of the ECS API's `ContainerDefinition`. */
export interface Container {
  readonly definition: Resource;
  /** `The container "web"`, to begin a sentence with. */
  readonly who: string;
  readonly body: JsonObject;
}

/** A finding for each problem of a container, and for each task definition whose containers cannot be read. */
export function* containerFindings(
  resources: Resources,
  problems: (container: Container) => Iterable<string>,
): Iterable<Finding> {
  for (const definition of resources.of("aws_ecs_task_definition")) {
    const bodies = parsed(definition.body.container_definitions);
    if (bodies === undefined) {
      yield finding(definition, "Its container definitions cannot be read before a deployment");
      continue;
    }
    for (const body of bodies) {
      const who = `The container "${asText(body.name) ?? "(no name)"}"`;
      for (const problem of problems({ definition, who, body })) {
        yield finding(definition, problem);
      }
    }
  }
}

/** What is written as JSON text; `undefined` if that is no list of objects. */
function parsed(value: Json | undefined): readonly JsonObject[] | undefined {
  const list = parseJson(value);
  return Array.isArray(list) && list.every(isObject) ? list : undefined;
}
