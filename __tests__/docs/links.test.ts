// Every link of a page leads somewhere: to a file that is there, and to a heading that the page has.
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative } from "node:path";

const root = join(__dirname, "..", "..");

/** Folders that hold no pages of ours. */
const SKIPPED = /(^|\/)(node_modules|\.git|\.build|lib|coverage|cdktf\.out[^/]*)$/;

function files(folder: string, pattern: RegExp): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return SKIPPED.test(path) ? [] : files(path, pattern);
    }
    return pattern.test(path) ? [path] : [];
  });
}

/** A page without its blocks of code, where brackets are no links and `#` begins no heading. */
function prose(path: string): string {
  return readFileSync(join(root, path), "utf8").replace(/^( *)(```|~~~)[\s\S]*?^\1\2/gm, "");
}

/** The anchors of a page's headings as GitHub names them; the second of a name gets a number. */
function anchors(path: string): Set<string> {
  const seen = new Map<string, number>();
  const result = new Set<string>();
  for (const [, heading = ""] of prose(path).matchAll(/^#+ (.+)$/gm)) {
    const anchor = heading
      .replace(/\[([^\]]*)\]\([^)]*\)/g, "$1")
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\s_-]/gu, "")
      .replace(/ /g, "-");
    const count = seen.get(anchor) ?? 0;
    seen.set(anchor, count + 1);
    result.add(count === 0 ? anchor : `${anchor}-${count}`);
  }
  for (const [, id = ""] of prose(path).matchAll(/<a (?:id|name)="([^"]+)"/g)) {
    result.add(id);
  }
  return result;
}

/**
 * The environments, the pages about them and the extensions are the user's, who may remove those that this project ships;
 * whether they are there, `npm run test:samples` asks.
 */
const USERS = /^(src\/environments|src\/extensions|docs\/traffic)(\/|$)/;

/** What is wrong with a link; `undefined` where it leads somewhere. */
function broken(page: string, target: string): string | undefined {
  const [path = "", anchor] = target.split("#");
  const file = path === "" ? page : relative(root, join(root, dirname(page), decodeURI(path)));
  if (USERS.test(file)) {
    return undefined;
  }
  if (!existsSync(join(root, file))) {
    return `${page}: ${target} is not there`;
  }
  return anchor && file.endsWith(".md") && !anchors(file).has(anchor)
    ? `${page}: ${target} has no such heading`
    : undefined;
}

const pages = files(".", /\.md$/);

it("there are pages to look at", () => {
  expect(pages).toEqual(expect.arrayContaining(["README.md", "docs/README.md", "docs/operations.md"]));
});

it("links between pages lead to files and headings that are there", () => {
  const problems = pages.flatMap((page) =>
    [...prose(page).matchAll(/\]\(([^)\s]+)\)/g)]
      .map(([, target = ""]) => target)
      .filter((target) => !/^[a-z]+:/.test(target))
      .flatMap((target) => broken(page, target) ?? []),
  );
  expect(problems).toEqual([]);
});

it("pages that the code, the help and the workflows name are there", () => {
  const problems = ["src", "tools", ".github", "help", "main.ts"]
    .flatMap((path) =>
      /\./.test(path.slice(1)) || path === "help" ? [path] : files(path, /\.(ts|mjs|yml)$/),
    )
    .filter((file) => !USERS.test(file))
    .flatMap((file) =>
      [...readFileSync(join(root, file), "utf8").matchAll(/\bdocs\/[\w/-]+\.md(?:#[\w-]+)?/g)].flatMap(
        ([target]) => broken("README.md", target)?.replace("README.md", file) ?? [],
      ),
    );
  expect(problems).toEqual([]);
});

it("every page of docs is in the index", () => {
  const index = readFileSync(join(root, "docs", "README.md"), "utf8");
  const listed = pages
    .filter((page) => /^docs\/[^/]+\.md$/.test(page) && page !== "docs/README.md")
    .filter((page) => !index.includes(`](${page.replace("docs/", "")})`));
  expect(listed).toEqual([]);
  const decisions = readFileSync(join(root, "docs", "decisions", "README.md"), "utf8");
  const missing = pages
    .filter((page) => page.startsWith("docs/decisions/") && !page.endsWith("README.md"))
    .filter((page) => !decisions.includes(`](${page.replace("docs/decisions/", "")})`));
  expect(missing).toEqual([]);
});
