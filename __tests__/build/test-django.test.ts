// Where the tests of the Django example cannot run, their command says all reasons at once, and starts nothing.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readArguments, refusals } from "../../tools/django/machine";
import { requirePrerequisites } from "../django/support/prerequisites";
import { rowsAskedFor } from "../django/support/rows";

const root = join(__dirname, "..", "..");
const ROOT_NEEDED =
  "npm run test:django needs root, for each container's own network and file system: sudo npm run test:django";

const ready = { platform: "linux", uid: 0, rows: undefined, has: () => true };

it.each([
  [ready, []],
  [{ ...ready, rows: "all" }, []],
  [{ ...ready, uid: 1000 }, [ROOT_NEEDED]],
  [
    { ...ready, platform: "darwin", uid: 501, has: () => false },
    ["npm run test:django needs Linux: each container gets namespaces of its own"],
  ],
  [
    { ...ready, uid: 1000, has: (program: string) => program === "mount" },
    [
      ROOT_NEEDED,
      "npm run test:django needs unshare, setpriv, ip, tini: apt-get install util-linux iproute2 tini",
    ],
  ],
  [{ ...ready, rows: "" }, ["--rows needs a value: all, or names of rows with commas between them"]],
  [{ ...ready, rows: "-t" }, ["--rows needs a value: all, or names of rows with commas between them"]],
])("a machine is refused: %#", (machine, reasons) => {
  expect(refusals(machine)).toEqual(reasons);
});

it.each([
  [[], { rest: [] }],
  [["-t", "health checks"], { rest: ["-t", "health checks"] }],
  [["--rows", "all", "-t", "admin"], { rows: "all", rest: ["-t", "admin"] }],
  [["-t", "admin", "--rows=django-6"], { rows: "django-6", rest: ["-t", "admin"] }],
  [["--rows"], { rows: "", rest: [] }],
  [["--rows="], { rows: "", rest: [] }],
])("%j is %j", (args, read) => {
  expect(readArguments(args)).toEqual(read);
});

it("all rows, one, or some are asked for, and others are named", () => {
  const names = (asked?: string) => rowsAskedFor(asked).map(([name]) => name);
  expect(names("all")).toEqual(["django-4.2", "django-5.2", "django-6"]);
  expect(names("django-6,django-4.2")).toEqual(["django-6", "django-4.2"]);
  expect(() => names("django-3")).toThrow(
    'There is no row "django-3" of versions: --rows all, or django-4.2, django-5.2, django-6.',
  );
});

describe("on a machine that lacks something", () => {
  const folder = mkdtempSync(join(tmpdir(), "test-django-"));
  const { PATH, DJANGO_TEST_OUTSIDE } = process.env;
  afterEach(() => {
    process.env.PATH = PATH;
    if (DJANGO_TEST_OUTSIDE === undefined) {
      delete process.env.DJANGO_TEST_OUTSIDE;
    }
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("the command ends with 1, before anything is started", () => {
    symlinkSync("/bin/sh", join(folder, "sh"));
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      ["tools/test-django.js", "--rows", "-t", "admin"],
      { cwd: root, env: { PATH: folder }, encoding: "utf8" },
    );
    expect({ status, stdout }).toEqual({ status: 1, stdout: "" });
    expect(stderr.split("\n").filter((line) => line !== ROOT_NEEDED)).toEqual([
      "--rows needs a value: all, or names of rows with commas between them",
      "npm run test:django needs unshare, setpriv, mount, ip, tini: apt-get install util-linux mount iproute2 tini",
      "",
    ]);
  });

  it("an interpreter that is not there is named, and so are servers: no row is skipped", () => {
    process.env.DJANGO_TEST_OUTSIDE = "3";
    process.env.PATH = folder;
    const row = { django: "7", python: "3.99", lock: "requirements.txt" };
    expect(() => requirePrerequisites([["django-7", row]])).toThrow(
      /\n {2}- nginx was not found on the PATH: apt-get install nginx-light\n[\s\S]*\n {2}- Python 3\.99 was not found: install it so that python3\.99 is on the PATH/,
    );
  });
});
