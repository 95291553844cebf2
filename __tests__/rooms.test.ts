// The rooms of the house: what each may import, and that nothing goes round in a circle, not even types.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const SOURCES = resolve(__dirname, "../src");

/** What each file imports, types included, by its path in `src` without `.ts`; packages by their name. */
const IMPORTS = new Map(
  readdirSync(SOURCES, { recursive: true, encoding: "utf8" })
    .filter((path) => path.endsWith(".ts"))
    .map((path): [string, string[]] => {
      const text = readFileSync(join(SOURCES, path), "utf8");
      const found = text.matchAll(/(?:^|\s)(?:from |import |import\(|require\()\s*"([^"]+)"/g);
      const folder = dirname(join(SOURCES, path));
      return [
        path.slice(0, -".ts".length),
        [...found].map(([, module = ""]) =>
          module.startsWith(".") ? fileOf(resolve(folder, module)) : module,
        ),
      ];
    }),
);

function fileOf(path: string): string {
  const file = relative(SOURCES, path);
  return readdirSync(dirname(path)).includes(`${path.split("/").at(-1)}.ts`) ? file : join(file, "index");
}

/** What the pure rooms may import of the others; the arrows of docs/architecture.md. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  schema: ["zod", "ipaddr.js", "fastest-levenshtein"],
  model: ["schema", "cli-table3", "iam/document"],
  validation: ["model", "schema", "zod", "iam/document"],
  reachability: [
    "model",
    "schema",
    "ipaddr.js",
    "terraform/hcl/json",
    "terraform/hcl/evaluate",
    "terraform/hcl/evaluator",
  ],
  scanners: ["terraform/hcl/json"],
};

/** What the other rooms may not import. */
const NO_ARROWS: Readonly<Record<string, RegExp>> = {
  operations: /^(stacks|cli)\/|^(cdktf|constructs)$|^@cdktf\//,
  policies: /^(stacks|cli|operations)\/|^@cdktf\//,
  terraform: /^(stacks|cli|operations)\//,
  stacks: /^(cli|operations)\//,
};

const roomOf = (file: string) => (file.includes("/") ? (file.split("/")[0] ?? "") : "");

it.each(Object.entries(ARROWS))("%s imports nothing but %j", (room, allowed) => {
  const wrong = [...IMPORTS]
    .filter(([file]) => roomOf(file) === room)
    .flatMap(([file, modules]) =>
      modules
        .filter((module) => ![room, ...allowed].some((one) => module === one || module.startsWith(`${one}/`)))
        .map((module) => `${file} imports ${module}`),
    );
  expect(wrong).toEqual([]);
});

it.each(Object.entries(NO_ARROWS))("%s imports nothing of %s", (room, forbidden) => {
  const wrong = [...IMPORTS]
    .filter(([file]) => roomOf(file) === room)
    .flatMap(([file, modules]) =>
      modules.filter((module) => forbidden.test(module)).map((module) => `${file} imports ${module}`),
    );
  expect(wrong).toEqual([]);
});

it("no construct imports a stack, an operation or the command line", () => {
  const above = ["stacks", "operations", "cli"];
  const rooms = [...above, "extensions", "environments", ""];
  const wrong = [...IMPORTS]
    .filter(([file]) => !rooms.includes(roomOf(file)))
    .flatMap(([file, modules]) =>
      modules.filter((module) => above.includes(roomOf(module))).map((module) => `${file} imports ${module}`),
    );
  expect(wrong).toEqual([]);
});

it("nothing is imported in a circle, types included", () => {
  expect(circles(IMPORTS)).toEqual([]);
  // The search itself can find one.
  const round = new Map([
    ["a", ["b"]],
    ["b", ["c"]],
    ["c", ["a"]],
    ["d", ["a"]],
  ]);
  expect(circles(round)).toEqual(["a -> b -> c -> a"]);
});

/** Every circle that a walk from file to file comes upon. */
function circles(imports: ReadonlyMap<string, readonly string[]>): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (file: string, way: readonly string[]) => {
    const start = way.indexOf(file);
    if (start >= 0) {
      found.push([...way.slice(start), file].join(" -> "));
    } else if (!done.has(file)) {
      for (const module of imports.get(file) ?? []) {
        walk(module, [...way, file]);
      }
      done.add(file);
    }
  };
  for (const file of imports.keys()) {
    walk(file, []);
  }
  return found;
}
