// Each field of the environment file has a row, whose change is one of that field, and whose plan is what the field's page says.
import { effectsOfField } from "../../src/model/changes/changes";
import { fieldList } from "../../src/schema/field-list";
import { defineEnvironment } from "../../src/validation/define-environment";
import { altered } from "./altered";
import { broadEnvironment } from "./broad-environment";
import { PLANS, type PlannedRow } from "./row";
import { ROWS } from "./rows";

const planned = Object.entries(ROWS).filter(
  (entry): entry is [string, PlannedRow] => typeof entry[1] === "object" && "plan" in entry[1],
);

it("a field has a row, and a row a field", () => {
  expect(Object.keys(ROWS).sort()).toEqual(
    fieldList()
      .map(({ path }) => path)
      .sort(),
  );
});

it("says nothing of its own exactly where what is within has rows of its own", () => {
  for (const [path, row] of Object.entries(ROWS)) {
    expect([path, row === "its fields"]).toEqual([path, effectsOfField(path).includes("its fields")]);
  }
});

/** `services.web.routes.0.hosts` is one of `services.*.routes[].hosts`, and so is whatever holds it or is held by it. */
function isOf(concrete: string, path: string): boolean {
  const parts = path.replaceAll("[]", ".*").split(".");
  return concrete
    .split(".")
    .every((key, index) => parts[index] === undefined || [key, "*"].includes(parts[index]));
}

it.each(planned)("%s is changed, and the environment is a valid one", (path, { set }) => {
  expect(Object.keys(set).some((concrete) => isOf(concrete, path))).toBe(true);
  const after = altered(broadEnvironment, set);
  expect(after).not.toEqual(broadEnvironment);
  expect(() => defineEnvironment(after)).not.toThrow();
});

it.each(planned)("%s shows what its page says", (path, { plan, shows }) => {
  const effects = effectsOfField(path);
  const actions = shows.map((line) => line.slice(0, line.search(/ aws_| terraform_data/)));
  if (PLANS[plan].refused) {
    expect(["refused", "added"]).toContain(effects.at(-1));
    expect(actions.some((action) => action.includes("delete"))).toBe(true);
  } else {
    expect(effects[0]).not.toBe("refused");
    expect(shows.length === 0).toBe(effects[0] === "nothing");
  }
  if (effects[0] === "in place") {
    expect(PLANS[plan].refused || !actions.includes("create")).toBe(true);
  }
  if (effects[0] === "new tasks") {
    expect(shows.join("\n")).toMatch(/aws_ecs_(task_definition|service)\./);
  }
  if (effects[0] === "made first") {
    expect(actions).toContain("create, delete");
  }
});
