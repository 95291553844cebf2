// A Redis in ElastiCache's place: TLS only, IAM tokens or passwords, and the access strings of the synthesized users as its ACL.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Certificate } from "./certificates";
import { type Server, startServer } from "./process";

export interface CacheUser {
  readonly name: string;
  /** As synthesized: `on ~* +@all -@dangerous`. */
  readonly accessString: string;
  /** The name of the cache that its tokens are for, or its password. */
  readonly proof: { readonly cache: string } | { readonly password: string };
}

export interface CacheOptions {
  readonly folder: string;
  readonly certificate: Certificate;
  readonly address: string;
  readonly region: string;
  readonly users: readonly CacheUser[];
  /** Secret keys by their access keys. */
  readonly accessKeys: Readonly<Record<string, string>>;
}

export interface Cache {
  /** A line for each log-in: `accepted USER DATE`, or `refused USER: REASON`. */
  log(): string;
  /** Runs a command of Redis as an administrator. */
  admin(...command: readonly string[]): string;
  stop(): Promise<void>;
}

const PORT = 6379;

/** Redis's own password of a user, which nobody but the proxy knows. */
const PASSWORD = "the proxy's own";

export async function startCache(options: CacheOptions): Promise<Cache> {
  const { folder } = options;
  mkdirSync(folder);
  const socket = join(folder, "redis.sock");
  const acl = join(folder, "users.acl");
  const lines = options.users.map(
    ({ name, accessString, proof }) =>
      `user ${name} #${sha256("password" in proof ? proof.password : PASSWORD)} ${accessString}`,
  );
  writeFileSync(
    acl,
    ["user default off ~* -@all", "user administrator on nopass ~* &* +@all", ...lines, ""].join("\n"),
  );
  const redis: Server = await startServer(
    "redis-server",
    [
      ...["--port", "0", "--unixsocket", socket, "--aclfile", acl, "--save", "", "--appendonly", "no"],
      ...["--daemonize", "no", "--dir", folder],
    ],
    { ready: /Ready to accept connections|ready to accept connections/ },
  );
  const settings = join(folder, "settings.json");
  writeFileSync(
    settings,
    JSON.stringify({
      listen: options.address,
      port: PORT,
      ...options.certificate,
      redis: socket,
      region: options.region,
      access_keys: options.accessKeys,
      // Redis itself looks at a password.
      passwords: options.users.flatMap(({ name, proof }) => ("password" in proof ? [name] : [])),
      users: Object.fromEntries(
        options.users.flatMap(({ name, proof }) =>
          "cache" in proof ? [[name, { cache: proof.cache, password: PASSWORD }]] : [],
        ),
      ),
    }),
  );
  const proxy = await startServer("python3", ["-B", join(__dirname, "token_proxy.py"), settings], {
    ready: /^ready$/m,
  });
  return {
    log: proxy.log,
    admin: (...command) =>
      execFileSync("redis-cli", ["-s", socket, "--user", "administrator", "--pass", "none", ...command], {
        stdio: ["ignore", "pipe", "ignore"],
      })
        .toString()
        .trim(),
    stop: async () => {
      await proxy.stop();
      await redis.stop();
    },
  };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}
