// docs/environment-file.md says what the schema says of every field, and says something of each.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describedFields, referencePage } from "../../tools/reference/page";

const root = join(__dirname, "..", "..");
const fields = describedFields(root);

it("every field has a comment that says what it means", () => {
  expect(fields.filter(({ meaning }) => !/^["`A-Z].{3,}/.test(meaning)).map(({ path }) => path)).toEqual([]);
});

it("every field that may be left out says what then holds: by a default of its schema, or at the end of its comment", () => {
  expect(fields.filter(({ defaultText }) => defaultText === undefined).map(({ path }) => path)).toEqual([]);
});

it("takes a field's meaning and default from the comment beside it", () => {
  expect(fields.find(({ path }) => path === "names.services.*.logGroup")).toMatchObject({
    meaning: "The log group.",
    defaultText: "`/ecs/<name>/<service>`",
  });
  expect(fields.find(({ path }) => path === "services.*.healthCheck.retries")).toMatchObject({
    meaning: "Failures in a row that make the container unhealthy.",
    defaultText: "`3`",
  });
});

it("the page is up to date; npm run docs writes it anew", () => {
  const page = readFileSync(join(root, "docs", "environment-file.md"), "utf8");
  const [written, wanted] = [page, referencePage(root)].map((text) => text.split("\n"));
  expect(written).toEqual(wanted);
});
