// Every source file of ours opens with a sentence that says what it is for.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const root = join(__dirname, "..", "..");

/** What is in there is the user's, to write as they like. */
const USERS = /^(environments|extensions)\//;

it.each(["src", "tools", "__tests__"])("in %s", (folder) => {
  const files = readdirSync(join(root, folder), { recursive: true, encoding: "utf8" }).filter(
    (file) => /(?<!\.d)\.(ts|mjs)$/.test(file) && !(folder === "src" && USERS.test(file)),
  );
  expect(files.length).toBeGreaterThan(3);
  const silent = files.filter(
    (file) => !/^(#!.*\n)?\/\/ \S.{15,}/.test(readFileSync(join(root, folder, file), "utf8")),
  );
  expect(silent).toEqual([]);
});
