// Which resource of these stacks a value stands for, also where another stack looks it up.
import { asText, isObject, type Json } from "../../reachability/terraform-config";
import type { Resource, Resources } from "./resources";
import { nested, texts } from "./values";

/**
 * The resource of a type that a value stands for: by reference, by an argument that names it, or by a data source that looks
 * for its Name tag or its block of addresses. `undefined` where that cannot be told.
 */
export function subjectOf(
  resources: Resources,
  from: Pick<Resource, "stack">,
  value: Json | undefined,
  type: string,
): Resource | undefined {
  const found = resources.find(from, value, type, "id");
  const lookup = found ? undefined : resources.find(from, value, `data.${type}`, "id");
  if (lookup === undefined) {
    return found;
  }
  const sought = soughtBy(lookup);
  const matching = resources.of(type).filter(({ body }) => {
    const name = isObject(body.tags) ? body.tags.Name : undefined;
    return (
      sought.length > 0 && sought.every(([what, text]) => (what === "name" ? name : body.cidr_block) === text)
    );
  });
  const [only, ...others] = matching;
  return others.length === 0 ? only : undefined;
}

/** What a data source looks for, as far as it is one name and one block. */
function soughtBy({ body }: Resource): ["name" | "block", string][] {
  const filters = nested(body, "filter").flatMap((filter): ["name" | "block", string][] => {
    const what = FILTERS[asText(filter.name) ?? ""];
    const [only, ...others] = texts(filter.values);
    return what && only !== undefined && others.length === 0 ? [[what, only]] : [];
  });
  const name = isObject(body.tags) ? asText(body.tags.Name) : undefined;
  const block = asText(body.cidr_block);
  return [
    ...filters,
    ...(name === undefined ? [] : [["name", name] satisfies ["name", string]]),
    ...(block === undefined ? [] : [["block", block] satisfies ["block", string]]),
  ];
}

const FILTERS: Readonly<Record<string, "name" | "block">> = {
  "tag:Name": "name",
  "cidr-block": "block",
  cidrBlock: "block",
};
