// The build tool on a project of a few lines: what a mistake stops, what damage is mended, what is done again.
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const root = join(__dirname, "..", "..");
const project = mkdtempSync(join(tmpdir(), "build-tool-"));

const MAIN = `import { join } from "node:path";
import { greeting } from "./src/greeting";
const chosen = process.env.ENVIRONMENT ?? "good";
const { default: environment }: { default: { name: string } } = require(join(__dirname, "src", "environments", chosen));
console.log(greeting(environment.name));
`;
const GREETING = 'export const greeting = (name: string): string => "Hello " + name;\n';
const DEFINE = `class EnvironmentError extends Error {
  override readonly name = "EnvironmentError";
}
export function define(environment: { name: string }): { name: string } {
  for (const key of Object.keys(environment)) {
    if (key !== "name") throw new EnvironmentError(\`Unknown key "\${key}".\`);
  }
  return environment;
}
`;
const GOOD = 'import { define } from "../define";\nexport default define({ name: "good" });\n';

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

function run(environment = "good"): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [join(project, "tools", "run.mjs"), "app"], {
    cwd: project,
    encoding: "utf8",
    env: { ...process.env, ENVIRONMENT: environment },
  });
}

const built = (file: string) => join(project, ".build", "app", file);

beforeAll(() => {
  cpSync(join(root, "tools", "run.mjs"), join(project, "tools", "run.mjs"));
  cpSync(join(root, "tools", "programs"), join(project, "tools", "programs"), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
  for (const file of ["tsconfig.json", "tsconfig.app.json"]) {
    cpSync(join(root, file), join(project, file));
  }
  write("main.ts", MAIN);
  write("src/greeting.ts", GREETING);
  write("src/define.ts", DEFINE);
  write("src/environments/good.ts", GOOD);
  write(
    "src/environments/mistyped.ts",
    'import { define } from "../define";\nexport default define({ name: 42 });\n',
  );
  write(
    "src/environments/misspelt.ts",
    'import { define } from "../define";\nexport default define({ name: "x", nmae: "y" });\n',
  );
  write("src/environments/unfinished.ts", "export default {\n");
  write("src/environments/lost.ts", 'import { nothing } from "./nowhere";\nexport default nothing;\n');
});

afterAll(() => rmSync(project, { recursive: true, force: true }));

beforeEach(() => {
  write("src/greeting.ts", GREETING);
  write("src/environments/good.ts", GOOD);
});

function expectGreeting(ended: SpawnSyncReturns<string>): void {
  expect({ status: ended.status, stdout: ended.stdout, stderr: ended.stderr }).toEqual({
    status: 0,
    stdout: "Hello good\n",
    stderr: "",
  });
}

describe("a mistake in one environment", () => {
  it("stops no other", () => {
    expectGreeting(run());
  });

  it("of type is said in the compiler's words", () => {
    const { status, stdout, stderr } = run("mistyped");
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr).toBe(
      "src/environments/mistyped.ts(2,25): error TS2322: Type 'number' is not assignable to type 'string'.\n",
    );
  });

  it("that the schema refuses is said in the schema's words, not the compiler's", () => {
    const { status, stderr } = run("misspelt");
    expect(status).toBe(1);
    expect(stderr).toContain('Unknown key "nmae".');
    expect(stderr).not.toContain("error TS");
  });

  it.each(["unfinished", "lost"])(
    "that leaves nothing to run is said in the compiler's words: %s",
    (name) => {
      const { status, stdout, stderr } = run(name);
      expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
      expect(stderr).toMatch(new RegExp(`^src/environments/${name}\\.ts\\(\\d+,\\d+\\): error TS`));
    },
  );
});

it("refuses a type error anywhere else, until it is gone", () => {
  write("src/greeting.ts", `${GREETING}export const wrong: number = "text";\n`);
  const { status, stdout, stderr } = run();
  expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
  expect(stderr).toMatch(/^src\/greeting\.ts\(2,14\): error TS2322/);
  expect(run().stderr).toBe(stderr);
  write("src/greeting.ts", GREETING);
  expectGreeting(run());
});

it("names our sources in the stack of an error", () => {
  write(
    "src/greeting.ts",
    "export const greeting = (name: string): string => {\n  throw new Error(name);\n};\n",
  );
  const { status, stderr } = run();
  expect(status).toBe(1);
  expect(stderr).toContain(`${join("src", "greeting.ts")}:2:`);
});

describe("the build folder", () => {
  it("is left alone where nothing has changed", () => {
    expectGreeting(run());
    const made = () =>
      ["bundle.json", "types.json", "compiled.json"].map((file) => statSync(built(file)).mtimeMs);
    const before = made();
    expectGreeting(run());
    expect(made()).toEqual(before);
  });

  it.each(["bundle.cjs", "bundle.json", "types.json", "types.tsbuildinfo", "compiled.bin", "compiled.json"])(
    "is mended where %s is emptied, cut or another",
    (file) => {
      expectGreeting(run());
      const whole = readFileSync(built(file));
      for (const damaged of [Buffer.alloc(0), whole.subarray(0, whole.length / 2), Buffer.from("stub")]) {
        writeFileSync(built(file), damaged);
        expectGreeting(run());
      }
    },
  );

  it("that holds a program without its checks does not run that", () => {
    expectGreeting(run());
    const code = readFileSync(built("bundle.cjs"), "utf8");
    writeFileSync(built("bundle.cjs"), code.replace("Hello ", "Howdy "));
    expectGreeting(run());
  });

  it("is made anew when a source, a compiler's setting or the lock file changes", () => {
    expectGreeting(run());
    const print = () =>
      JSON.parse(readFileSync(built("types.json"), "utf8").split("\n").slice(1).join("\n")).fingerprint;
    const first = print();
    write("src/greeting.ts", `${GREETING}// changed\n`);
    run();
    const second = print();
    write("package-lock.json", "{}");
    run();
    const third = print();
    write("tsconfig.app.json", `${readFileSync(join(root, "tsconfig.app.json"), "utf8")}\n`);
    run();
    expect(new Set([first, second, third, print()]).size).toBe(4);
  });
});
