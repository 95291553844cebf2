// What hints tell people to type names the environment: the next command must not be about another one.

import { deployCommand, opsCommand, synthCommand } from "../../src/operations/commands";
import { serviceChecks } from "../../src/operations/preflight/services";
import { systems } from "../support/systems";

it("names the environment in every command", () => {
  expect(synthCommand("helloapi")).toBe("ENVIRONMENT=helloapi npm run synth");
  expect(deployCommand("helloapi", "django")).toBe("ENVIRONMENT=helloapi npx cdktf deploy django");
  expect(deployCommand("helloapi", "security-group-rules")).toBe(
    "ENVIRONMENT=helloapi npx cdktf deploy security-group-rules --ignore-missing-stack-dependencies",
  );
  expect(opsCommand("helloapi", "verify")).toBe("npm run -s ops -- verify --environment helloapi");
});

it("repeats the options that are given, and no others", () => {
  expect(opsCommand("helloapi", "contain undo", { journal: "drill.json" })).toBe(
    "npm run -s ops -- contain undo --environment helloapi --journal drill.json",
  );
  expect(opsCommand("helloapi", "contain undo", { journal: undefined })).toBe(
    "npm run -s ops -- contain undo --environment helloapi",
  );
});

it("is what preflight says of a database that is not deployed yet", async () => {
  const check = serviceChecks("helloapi", systems.load("helloapi")).find(({ id }) => id === "database:api");
  expect(check && "find" in check && (await check.find())).toEqual({
    status: "skipped",
    detail: "Possible after the deployment: npm run -s ops -- verify --environment helloapi",
  });
});
