// The build tool on a project of a few lines: what a mistake stops, what damage is mended, what is done again.
import { type SpawnSyncReturns, spawnSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  renameSync,
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
export function fail(): never {
  throw new Error("Something is wrong.");
}
`;
const GOOD = 'import { define } from "../define";\nexport default define({ name: "good" });\n';

function write(path: string, text: string): void {
  mkdirSync(dirname(join(project, path)), { recursive: true });
  writeFileSync(join(project, path), text);
}

function run(environment = "good"): SpawnSyncReturns<string> {
  return spawnSync(process.execPath, [join(project, "tools", "run.js"), "app"], {
    cwd: project,
    encoding: "utf8",
    env: { ...process.env, ENVIRONMENT: environment },
  });
}

/**
 * Asks the tool itself, in one process, which of its answers of last time it still trusts.
 * @param script the body of a module that prints JSON; it finds `trusted`, `kept` and files' functions
 */
function ask(script: string, cwd = project): unknown {
  const preamble = `
    import { readFileSync, writeFileSync } from "node:fs";
    import { lastBundle } from "./tools/programs/bundle.js";
    import { lastEnvironments } from "./tools/programs/environments.js";
    import { readAnew } from "./tools/programs/fingerprint.js";
    import { readDocument, readSealed } from "./tools/programs/kept.js";
    import { partsOf } from "./tools/programs/programs.js";
    import { lastCheck } from "./tools/programs/types.js";
    const sealed = (folder, file, document) =>
      readSealed(\`.build/\${folder}/\${file}\`, readDocument(\`.build/\${folder}/\${document}\`)?.seal) !== undefined;
    function trusted() {
      readAnew();
      const [program, environments] = partsOf("app").map((part) => lastCheck(part) !== undefined);
      return {
        bundle: lastBundle("app", []) !== undefined,
        environmentsBundle: lastEnvironments() !== undefined,
        program,
        environments,
        compilersOwn: sealed("app", "types.tsbuildinfo", "types.json"),
        compiled: sealed("app", "compiled.bin", "compiled.json"),
      };
    }
    /** What is trusted while a file is another. */
    function trustedWith(path, change) {
      const whole = readFileSync(path);
      writeFileSync(path, change(whole));
      try {
        return trusted();
      } finally {
        writeFileSync(path, whole);
      }
    }
  `;
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ["--input-type=module", "--eval", preamble + script],
    {
      cwd,
      encoding: "utf8",
    },
  );
  expect(stderr).toBe("");
  return JSON.parse(stdout);
}

const built = (file: string) => join(project, ".build", "app", file);
const ALL = {
  bundle: true,
  environmentsBundle: true,
  program: true,
  environments: true,
  compilersOwn: true,
  compiled: true,
};

beforeAll(() => {
  cpSync(join(root, "tools", "run.js"), join(project, "tools", "run.js"));
  cpSync(join(root, "tools", "programs"), join(project, "tools", "programs"), { recursive: true });
  symlinkSync(join(root, "node_modules"), join(project, "node_modules"));
  for (const file of ["tsconfig.json", "tsconfig.app.json", "tsconfig.environments.json"]) {
    cpSync(join(root, file), join(project, file));
  }
  write("package-lock.json", "{}");
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
  write("src/environments/failing.ts", 'import { fail } from "../define";\nexport default fail();\n');
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
  const { status, stderr } = run("failing");
  expect(status).toBe(1);
  expect(stderr).toContain(`${join("src", "define.ts")}:11:`);
  expect(stderr).toContain(`${join("src", "environments", "failing.ts")}:2:`);
  // Ours are the first; what holds a bundle together is in none.
  expect(/^ +at .*/m.exec(stderr)?.[0]).toContain(join("src", "define.ts"));
  expect(stderr).not.toMatch(/entry\.js|bundle\.cjs/);
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

  it("is not trusted where the project has moved to another folder: a bundle knows the folder", () => {
    const elsewhere = `${project}-moved`;
    renameSync(project, elsewhere);
    try {
      const found = ask("console.log(JSON.stringify(trusted()))", elsewhere);
      expect(found).toMatchObject({ bundle: false, environmentsBundle: false });
    } finally {
      renameSync(elsewhere, project);
    }
  });

  it("is not trusted where a file is emptied, cut or another", () => {
    expectGreeting(run());
    const damaged = ask(`
      const damages = {
        emptied: () => Buffer.alloc(0),
        cut: (whole) => whole.subarray(0, whole.length / 2),
        another: () => Buffer.from("stub"),
      };
      const files = ["bundle.cjs", "bundle.cjs.map", "bundle.json", "types.json", "types.tsbuildinfo", "compiled.bin", "compiled.json"];
      console.log(JSON.stringify({
        whole: trusted(),
        ...Object.fromEntries(files.map((file) => [
          file,
          Object.values(damages).map((damage) => trustedWith(".build/app/" + file, damage)),
        ])),
      }));
    `);
    const thrice = (lost: object) => Array.from({ length: 3 }, () => ({ ...ALL, ...lost }));
    expect(damaged).toEqual({
      whole: ALL,
      "bundle.cjs": thrice({ bundle: false }),
      "bundle.cjs.map": thrice({ bundle: false }),
      "bundle.json": thrice({ bundle: false }),
      "types.json": thrice({ program: false, compilersOwn: false }),
      "types.tsbuildinfo": thrice({ compilersOwn: false }),
      "compiled.bin": thrice({ compiled: false }),
      "compiled.json": thrice({ compiled: false }),
    });
  });

  it("is mended where it is damaged", () => {
    for (const file of ["bundle.cjs", "types.json", "types.tsbuildinfo", "compiled.bin"]) {
      writeFileSync(built(file), readFileSync(built(file)).subarray(0, 100));
    }
    expectGreeting(run());
    expect(ask("console.log(JSON.stringify(trusted()))")).toEqual(ALL);
  });

  it("that cannot be one is said in a sentence", () => {
    rmSync(join(project, ".build"), { recursive: true, force: true });
    writeFileSync(join(project, ".build"), "");
    const { status, stderr } = run();
    rmSync(join(project, ".build"));
    expect({ status, lines: stderr.trim().split("\n").length }).toEqual({ status: 1, lines: 1 });
    expect(stderr).toMatch(
      /^The build folder cannot be used \(ENOTDIR: .*\): remove .*\.build, or make it writable\.$/m,
    );
  });

  it("that holds a program without its checks does not run that", () => {
    expectGreeting(run());
    const code = readFileSync(built("bundle.cjs"), "utf8");
    writeFileSync(built("bundle.cjs"), code.replace("Hello ", "Good morning "));
    expectGreeting(run());
  });

  it("is not trusted once a source, a compiler's setting or the lock file changes", () => {
    expectGreeting(run());
    const changed = ask(`
      const more = (whole) => whole + "\\n";
      console.log(JSON.stringify(Object.fromEntries([
        "src/greeting.ts", "src/define.ts", "src/environments/good.ts",
        "tsconfig.json", "tsconfig.app.json", "package-lock.json", "tools/programs/types.js",
      ].map((path) => [path, trustedWith(path, more)]))));
    `);
    const nothing = { ...ALL, bundle: false, environmentsBundle: false, program: false, environments: false };
    expect(changed).toEqual({
      "src/greeting.ts": { ...ALL, bundle: false, program: false },
      "src/define.ts": { ...ALL, bundle: false, environments: false },
      // The rest of the program is not checked again for an environment.
      "src/environments/good.ts": { ...ALL, environmentsBundle: false, environments: false },
      "tsconfig.json": nothing,
      "tsconfig.app.json": { ...ALL, program: false },
      "package-lock.json": nothing,
      "tools/programs/types.js": nothing,
    });
  });
});
