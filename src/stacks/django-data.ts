// What of the stack django keeps data: database, cache, shared files, queues and buckets.
import type { IResolvable } from "cdktf";
import { DatabaseBackup } from "../backup/database-backup";
import { Cache } from "../cache/cache";
import { ApplicationUser } from "../database/application-user/application-user";
import { Database } from "../database/database";
import { DatabaseUrl } from "../database/database-url";
import { type DatabaseUser, usersWithUrl } from "../model/database-login";
import { bucketName } from "../model/names/buckets";
import { copyKeyAlias } from "../model/names/keys";
import { nameOfFileSystem, nameOfQueue, namingOfBucket } from "../model/names/resolved";
import { cacheSecret, databaseUrlSecret } from "../model/names/services";
import { databaseUrlResource } from "../model/names/terraform";
import { Queue } from "../queue/queue";
import { MEMBER_KEYS } from "../schema/member-keys";
import { Bucket } from "../storage/bucket";
import { SharedFiles } from "../storage/shared-files";
import { accountIdOf } from "../terraform/account";
import type { DjangoParts } from "./django-parts";
import type { EnvironmentStack } from "./environment-stack";

/** What keeps data, of the parts of the stack. */
export type DataStores = Pick<
  DjangoParts,
  | "database"
  | "applicationUser"
  | "databaseUrls"
  | "databaseBackup"
  | "cache"
  | "fileSystems"
  | "queues"
  | "buckets"
>;

export interface DataStoresProps
  extends Pick<DjangoParts, "environment" | "network" | "groups" | "kmsKeyArn"> {
  /** Whether they cannot be deleted. */
  readonly deletionProtection: IResolvable;
}

/** Adds them to the stack. */
export function addDataStores(
  stack: EnvironmentStack,
  { environment, network, groups, deletionProtection, kmsKeyArn }: DataStoresProps,
): DataStores {
  const { name, names, region, backup } = environment;
  const database =
    environment.database &&
    new Database(stack, "database", {
      base: name,
      name: names.database,
      database: environment.database,
      subnetIds: network.dataSubnetIds,
      securityGroupId: groups.idOf(MEMBER_KEYS.database),
      deletionProtection,
      secretName: names.databaseSecret,
      kmsKeyArn,
    });
  const user = environment.database?.applicationUser;
  const applicationUser =
    database &&
    user &&
    new ApplicationUser(stack, "application-user", {
      base: name,
      region,
      user,
      database,
      secretsPrefix: names.secrets,
      deletionProtection,
      kmsKeyArn,
    });
  const databaseUrls = new Map(
    usersWithUrl(environment).flatMap((of): [DatabaseUser, DatabaseUrl][] => {
      const login = of === "application" ? applicationUser?.secret : database?.ownSecret;
      return database && login
        ? [
            [
              of,
              new DatabaseUrl(stack, `database-url-${of}`, {
                resourceName: databaseUrlResource(of),
                name: databaseUrlSecret(names.secrets, of),
                login,
                database,
                deletionProtection,
                kmsKeyArn,
              }),
            ],
          ]
        : [];
    }),
  );
  const fileSystems = new Map(
    Object.entries(environment.fileSystems).map(([key, fileSystem]) => [
      key,
      new SharedFiles(stack, `file-system-${key}`, {
        resourceName: key,
        name: nameOfFileSystem(names, key),
        fileSystem,
        subnetIds: network.dataSubnetIdsByZone,
        securityGroupId: groups.idOf(key),
        kmsKeyArn,
        dailyBackups: backup === undefined,
      }),
    ]),
  );
  const databaseBackup =
    database &&
    backup &&
    new DatabaseBackup(stack, "backup", {
      name: names.backup,
      backup,
      databaseArn: database.arn,
      fileSystemArns: [...fileSystems.values()].flatMap(({ arn, isBackedUp }) => (isBackedUp ? [arn] : [])),
      kmsKeyArn,
      copyProvider: backup.copyTo && stack.providerIn(backup.copyTo.region),
      copyKeyAlias: copyKeyAlias(names.keyAlias),
    });
  const cache =
    environment.cache &&
    new Cache(stack, "cache", {
      name: names.cache,
      userName: names.cacheUser,
      secretName: cacheSecret(names.secrets),
      deletionProtection,
      cache: environment.cache,
      subnetIds: network.dataSubnetIds,
      securityGroupId: groups.idOf(MEMBER_KEYS.cache),
      kmsKeyArn,
    });
  const queues = new Map(
    Object.entries(environment.queues).map(([key, queue]) => [
      key,
      new Queue(stack, `queue-${key}`, {
        resourceName: key,
        name: nameOfQueue(names, key),
        queue,
        region,
        kmsKeyArn,
      }),
    ]),
  );
  const buckets = new Map(
    Object.entries(environment.buckets).map(([key, bucket]) => [
      key,
      new Bucket(stack, `bucket-${key}`, {
        resourceName: key,
        name: bucketName(namingOfBucket(names, key), accountIdOf(stack)),
        bucket,
        region,
        // In production, only a person empties a bucket.
        deletionProtection: environment.production || deletionProtection,
        kmsKeyArn,
      }),
    ]),
  );
  return { database, applicationUser, databaseUrls, databaseBackup, cache, fileSystems, queues, buckets };
}
