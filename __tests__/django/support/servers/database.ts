// A PostgreSQL in RDS's place: TLS only, a database and a master user for each environment.
import { execFileSync } from "node:child_process";
import { chownSync, copyFileSync, mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Certificate } from "./certificates";
import { type Server, startServer } from "./process";

/** PostgreSQL starts as anybody but root: as nobody, whose number is the same on every Linux. */
const NOBODY = 65_534;

/** RDS's own superuser is called so. */
const SUPERUSER = "rdsadmin";

export interface Database extends Server {
  /** Runs statements as the superuser. @returns what they select */
  admin(statements: string, database?: string): string;
}

/**
 * @param installation the folder that holds `bin`
 * @param connections how many it takes at once
 */
export async function startDatabase(
  installation: string,
  folder: string,
  certificate: Certificate,
  connections: number,
): Promise<Database> {
  const program = (name: string) => join(installation, "bin", name);
  const data = join(folder, "data");
  mkdirSync(folder);
  chownSync(folder, NOBODY, NOBODY);
  const options = { uid: NOBODY, gid: NOBODY, env: { PATH: process.env.PATH, LC_ALL: "C" } };
  const made = ["-D", data, "-U", SUPERUSER, "--auth=trust", "-E", "UTF8", "--no-sync"];
  execFileSync(program("initdb"), made, { ...options, stdio: ["ignore", "ignore", "pipe"] });
  // From the network by TLS and with a password alone, as RDS with rds.force_ssl.
  writeFileSync(
    join(data, "pg_hba.conf"),
    `local all ${SUPERUSER} trust\nhostssl all all 0.0.0.0/0 scram-sha-256\n`,
  );
  copyFileSync(certificate.certificate, join(data, "server.crt"));
  copyFileSync(certificate.key, join(data, "server.key"));
  chownSync(join(data, "server.key"), NOBODY, NOBODY);
  chownSync(join(data, "server.crt"), NOBODY, NOBODY);
  const settings = [
    "listen_addresses=*",
    `unix_socket_directories=${folder}`,
    "ssl=on",
    "fsync=off",
    "log_connections=on",
    `max_connections=${connections}`,
  ];
  const server = await startServer(
    program("postgres"),
    ["-D", data, ...settings.flatMap((setting) => ["-c", setting])],
    { ready: /ready to accept connections/, user: NOBODY, stop: "SIGINT", variables: { LC_ALL: "C" } },
  );
  return {
    ...server,
    admin: (statements, database = "postgres") =>
      execFileSync(
        program("psql"),
        ["-h", folder, "-U", SUPERUSER, "-d", database, "-XqAt", "-v", "ON_ERROR_STOP=1", "-c", statements],
        { ...options, stdio: ["ignore", "pipe", "pipe"] },
      )
        .toString()
        .trim(),
  };
}
