// What README, the help and the pages say of commands is what there is.
import { readdirSync, readFileSync } from "node:fs";
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

/** An operation as a page shows it: the command's words, and its options without their values. */
interface Shown {
  readonly page: string;
  readonly command: string;
  readonly options: readonly string[];
}

/** Every operation that pages show with its options; comments, pipes and what comes after them are the shell's. */
function shownOperations(): Shown[] {
  const pages = readdirSync(join(__dirname, "..", "..", "docs"))
    .filter((page) => page.endsWith(".md"))
    .map((page) => join("docs", page));
  return ["README.md", "CONTRIBUTING.md", ...pages].flatMap((page) =>
    [...read(page).matchAll(/npm run (?:-s )?ops -- ([a-z][^`#|>&;\n]*)/g)].map(([, line = ""]) => {
      const [first = "", second = ""] = line.trim().split(/\s+/);
      return {
        page,
        command: first === "contain" ? `${first} ${second}` : first,
        options: [...line.matchAll(/(?<=\s)--[a-z-]+/g)].map(([option]) => option),
      };
    }),
  );
}

it("operations that pages show are there, with their options", async () => {
  const shown = shownOperations();
  expect(shown.filter(({ page }) => page === "docs/from-shell-scripts.md").length).toBeGreaterThan(15);
  const helps = new Map<string, string>();
  for (const { command } of shown) {
    if (!helps.has(command)) {
      const { status, stdout } = await runOps([...command.split(" "), "--help"]);
      helps.set(command, status === 0 ? stdout : "");
    }
  }
  const wrong = shown.flatMap(({ page, command, options }) => {
    const help = helps.get(command) ?? "";
    const [, ...words] = command.split(" ");
    const isThere = [command.split(" ")[0], ...words].every((word) => help.includes(word ?? ""));
    return isThere
      ? options
          .filter((option) => !new RegExp(`${option}\\b(?!-)`).test(help))
          .map((option) => `${page}: ${command} has no ${option}`)
      : [`${page}: there is no ${command}`];
  });
  expect(wrong).toEqual([]);
});

it("stacks that pages deploy, compare or destroy are there", () => {
  const stacks = readdirSync(join(__dirname, "..", "..", "src", "stacks")).map((file) =>
    file.replace(/\.ts$/, ""),
  );
  const page = read(join("docs", "from-shell-scripts.md"));
  const named = [...page.matchAll(/npx cdktf (?:diff|deploy|destroy) ([a-z -]+?)(?= --|`|\n| {2})/g)].flatMap(
    ([, names = ""]) => names.trim().split(" "),
  );
  expect(named.length).toBeGreaterThan(5);
  expect(named.filter((stack) => !stacks.includes(stack))).toEqual([]);
});

it("the page for those who come from scripts names each command of the documents", () => {
  const page = read(join("docs", "from-shell-scripts.md"));
  const documented = [
    "discover-security-groups.sh",
    "add-security-group-rules.sh",
    "test-connectivity.sh",
    "make plan-prod",
    "aws ec2 authorize-security-group-ingress",
  ];
  // In the first column of a table whose second column is not empty.
  const before = [...page.matchAll(/^\| (.+?) \| (.+?) \|/gm)].map(([, first = ""]) => first).join("\n");
  expect(documented.filter((command) => !before.includes(command))).toEqual([]);
});
