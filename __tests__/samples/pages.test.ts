// README's links to the shipped environments lead to files that are there, and name all of them.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

it("README lists each sample", () => {
  const files = readdirSync(join(root, "src", "environments"), { recursive: true, encoding: "utf8" }).filter(
    (file) => file.endsWith(".ts"),
  );
  const readme = readFileSync(join(root, "README.md"), "utf8");
  const linked = [...readme.matchAll(/\]\(src\/environments\/([^)]+)\)/g)].map(([, file]) => file);
  expect(linked.sort()).toEqual(files.sort());
});
