// Every source file opens with a sentence that says what it is for.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

it.each(["src", "tools", "__tests__"])("in %s", (folder) => {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).filter((file) =>
    /(?<!\.d)\.(ts|mjs)$/.test(file),
  );
  expect(files.length).toBeGreaterThan(3);
  const silent = files.filter(
    (file) => !/^(#!.*\n)?\/\/ \S.{15,}/.test(readFileSync(join(root, folder, file), "utf8")),
  );
  expect(silent).toEqual([]);
});
