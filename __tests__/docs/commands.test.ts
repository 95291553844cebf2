// What README, the help and docs/operations.md say of commands is what there is.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { runOps } from "../support/run-ops";

const read = (path: string) => readFileSync(join(__dirname, "..", "..", path), "utf8");

/** npm itself runs these: nobody types them. */
const HOOKS = ["prepack"];

it("README and the help name every script, and none that there is not", () => {
  const { scripts }: { scripts: Readonly<Record<string, string>> } = JSON.parse(read("package.json"));
  const known = Object.keys(scripts).filter((script) => !HOOKS.includes(script));
  const table = read("README.md").split("## Commands")[1]?.split("\n## ")[0] ?? "";
  expect(known.filter((script) => !new RegExp(`npm (run )?${script}\\b`).test(table))).toEqual([]);
  const pages = ["README.md", "CONTRIBUTING.md", "help", "docs/make-it-yours.md", "docs/operations.md"];
  const named = pages.flatMap((page) =>
    [...read(page).matchAll(/npm run (?:-s )?([a-z][a-z0-9:]*[a-z0-9])/g)].map(([, script = ""]) => script),
  );
  expect([...new Set(named)].filter((script) => !(script in scripts))).toEqual([]);
});

it("docs/operations.md has a section for every operation, and the help a line", async () => {
  const { stdout } = await runOps(["--help"]);
  const [, list = ""] = stdout.split("Commands:");
  const commands = [...list.matchAll(/^ {2}([a-z][a-z-]+)/gm)]
    .map(([, command = ""]) => command)
    .filter((command) => command !== "help");
  expect(commands).toEqual(expect.arrayContaining(["traffic", "preflight", "contain"]));
  const operations = read(join("docs", "operations.md"));
  expect(commands.filter((command) => !new RegExp(`^## ${command}\\b`, "m").test(operations))).toEqual([]);
  const help = read("help");
  expect(commands.filter((command) => !new RegExp(`(^ +|ops -- )${command}\\b`, "m").test(help))).toEqual([]);
});
