// All the servers that the containers of one run reach: PostgreSQL, Redis, the emulator and a Sentry, one of each for every environment.
import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { CREDENTIALS, REGION } from "../../e2e/support/child-environment";
import { etcFolder } from "./image";
import { addAddress, createNetwork, removeNetwork } from "./network";
import { systemPostgres } from "./prerequisites";
import { type Aws, startAws } from "./servers/aws";
import { type Cache, type CacheUser, startCache } from "./servers/cache";
import { createAuthority, createCertificate } from "./servers/certificates";
import { type Database, startDatabase } from "./servers/database";
import { type Sentry, startSentry } from "./servers/sentry";

/** The names by which containers know the servers. */
export const NAMES = {
  database: "database.rds.test",
  cache: "cache.elasticache.test",
  aws: "aws.test",
  /** The bucket `shop-uploads`, as a client of S3 calls it. */
  uploads: "shop-uploads.aws.test",
  sentry: "sentry.test",
};

/** Connections that the database takes at once. */
export const CONNECTIONS = 60;

export interface Servers {
  readonly folder: string;
  /** The /etc of every container. */
  readonly etc: string;
  readonly database: Database;
  readonly cache: Cache;
  readonly aws: Aws;
  readonly sentry: Sentry;
  stop(): Promise<void>;
}

/** @param addresses where the servers are, one in each environment's network, with their prefixes */
export async function startServers(
  folder: string,
  addresses: readonly string[],
  users: readonly CacheUser[],
): Promise<Servers> {
  createNetwork();
  for (const address of addresses) {
    addAddress(address);
  }
  const files = join(folder, "certificates");
  mkdirSync(files);
  // As with Amazon, whom systems trust, and RDS, whom no system trusts by default.
  const everybodys = createAuthority(files, "authority");
  const ofDatabases = createAuthority(files, "rds-authority");
  const started: { stop(): Promise<void> }[] = [];
  const keep = <Kind extends { stop(): Promise<void> }>(server: Kind): Kind => {
    started.push(server);
    return server;
  };
  const [database, cache, aws, sentry] = await Promise.all([
    startDatabase(
      systemPostgres() ?? "",
      join(folder, "database"),
      createCertificate(files, "database", ofDatabases, [NAMES.database]),
      CONNECTIONS,
    ).then(keep),
    startCache({
      folder: join(folder, "cache"),
      certificate: createCertificate(files, "cache", everybodys, [NAMES.cache]),
      address: "0.0.0.0",
      region: REGION,
      users,
      accessKeys: { [CREDENTIALS.accessKeyId]: CREDENTIALS.secretAccessKey },
    }).then(keep),
    startAws(NAMES.aws, "0.0.0.0", REGION).then(keep),
    startSentry().then(keep),
  ]);
  return {
    folder,
    etc: etcFolder(join(folder, "etc"), [everybodys.certificate], { "ssl/rds.pem": ofDatabases.certificate }),
    database,
    cache,
    aws,
    sentry,
    stop: async () => {
      await Promise.all(started.map((server) => server.stop()));
      removeNetwork();
    },
  };
}
