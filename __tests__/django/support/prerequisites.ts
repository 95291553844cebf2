// Says all at once what this machine lacks for the tests of the Django example.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { postgresInstallations } from "../../e2e/support/postgres";
import type { Row } from "./rows";

/** Programs, and the package of Debian that has each. */
const PROGRAMS = {
  nginx: "nginx-light",
  "redis-server": "redis-server",
  tini: "tini",
  openssl: "openssl",
  nsenter: "util-linux",
  python3: "python3",
};

/** Throws one error that names everything missing, and how to install it. */
export function requirePrerequisites(rows: readonly (readonly [string, Pick<Row, "python">])[]): void {
  if (process.env.DJANGO_TEST_OUTSIDE === undefined) {
    throw new Error("These tests run in namespaces of their own: start them with npm run test:django.");
  }
  const missing = [
    ...Object.entries(PROGRAMS)
      .filter(([program]) => onPath(program) === undefined)
      .map(([program, name]) => `${program} was not found on the PATH: apt-get install ${name}`),
    ...[...new Set(rows.map(([, { python }]) => python))]
      .filter((version) => interpreter(version) === undefined)
      .map(
        (version) => `Python ${version} was not found: install it so that python${version} is on the PATH`,
      ),
    ...(rows.length > 0 && systemPostgres() === undefined
      ? ["PostgreSQL with TLS was not found: apt-get install postgresql"]
      : []),
  ];
  if (missing.length > 0) {
    throw new Error(["The tests of the Django example cannot run:", ...missing].join("\n  - "));
  }
}

/** The system's newest PostgreSQL: those of Python packages are built without TLS. */
export function systemPostgres(): string | undefined {
  return existsSync("/usr/lib/postgresql")
    ? postgresInstallations().findLast(({ libraries }) => libraries === undefined)?.folder
    : undefined;
}

/** The folder that holds an interpreter's `bin` and `lib`, where there is one of this version. */
export function interpreter(version: string): string | undefined {
  // pyenv's shims are there whether or not a version is chosen: it says itself where each is.
  const candidates = [`python${version}`, ...pyenv(version)];
  for (const candidate of candidates) {
    try {
      const code = "import sys; print(sys.base_prefix, '%d.%d' % sys.version_info[:2])";
      const [folder, found] = run(candidate, ["-c", code]).split(" ");
      if (found === version && folder !== undefined) {
        return folder;
      }
    } catch {
      // The next one, if any.
    }
  }
  return undefined;
}

function pyenv(version: string): string[] {
  try {
    const names = run("pyenv", ["versions", "--bare"]).split("\n");
    return names
      .filter((name) => name.startsWith(`${version}.`))
      .map((name) => join(run("pyenv", ["prefix", name]), "bin", "python"));
  } catch {
    return [];
  }
}

function run(command: string, args: readonly string[]): string {
  return execFileSync(command, [...args], { stdio: ["ignore", "pipe", "ignore"] })
    .toString()
    .trim();
}

function onPath(program: string): string | undefined {
  return (process.env.PATH ?? "")
    .split(delimiter)
    .map((folder) => join(folder, program))
    .find((path) => existsSync(path));
}
