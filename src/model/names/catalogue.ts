// Every name that a deployment gives, with its kind and what decides it: validation checks them, and `wanted.ts` has what
// `preflight` wants free and CI may touch.
import { needsProbe } from "../connectivity";
import { containersOf } from "../containers";
import { restartedServices, usersWithUrl } from "../database-login";
import { schedulesOf } from "../schedules";
import { isPublic, oneOffCommandsOf } from "../services";
import { accessLogsBucket, bucketName, stateLogsBucket } from "./buckets";
import {
  CACHE_LOGS,
  cacheLogGroup,
  cacheOffUser,
  cacheParameterGroup,
  DATABASE_LOGS,
  databaseLogGroup,
  databaseParameterGroup,
  databaseRestart,
  databaseRestartStarter,
} from "./data-stores";
import type { Kind } from "./kinds";
import { type Named, type NamingSections, named } from "./named";
import { flowLogsRole } from "./network";
import type { Names } from "./resolved";
import {
  cacheSecret,
  connectivityTask,
  databaseUrlSecret,
  databaseUserSecret,
  databaseUserTask,
  deadLetterQueue,
  djangoPreviousSecretKey,
  djangoSecretKey,
  execSessionsLogGroup,
  generatedSecret,
  repositoryName,
  scheduledRun,
  scheduleRole,
  scheduleStarter,
  sharedSecret,
  taskFamilies,
  undeliveredSchedules,
} from "./services";

/**
 * The resources of an environment's platform, with its repositories and the bucket of its state, whose names must be right.
 * Those that the environment's name alone decides come first.
 * @param account the twelve digits of the account that it is deployed to
 */
export function namedResources(sections: NamingSections, account: string): Named[] {
  return [
    ...ofPlatform(sections, account),
    ...ofDataStores(sections),
    ...Object.keys(sections.names.services).flatMap((key) => ofService(sections, key)),
    ...Object.entries(sections.names.queues).flatMap(([key, queue]) =>
      named(
        `names.queues.${key}`,
        queue,
        ["queue", queue, `the queue "${key}"`],
        ["queue", deadLetterQueue(queue), `the dead-letter queue of "${key}"`],
      ),
    ),
    ...Object.entries(sections.names.buckets).flatMap(([key, naming]) => {
      const [path, value] = naming.withAccount
        ? [`buckets.${key}`, key]
        : [`names.buckets.${key}`, naming.name];
      return named(path, value, ["bucket", bucketName(naming, account), `the bucket "${key}"`]);
    }),
    ...Object.entries(sections.sharedSecrets ?? {}).flatMap(([key, source]) =>
      "generate" in source
        ? named(`sharedSecrets.${key}`, key, [
            "secret",
            sharedSecret(sections.names.secrets, key),
            `the shared secret "${key}"`,
          ])
        : [],
    ),
    ...Object.entries(sections.names.fileSystems).flatMap(([key, fileSystem]) =>
      named(`fileSystems.${key}`, key, ["file system", fileSystem, `the file system "${key}"`]),
    ),
    ...Object.entries(sections.names.alarms).flatMap(([key, alarm]) =>
      named(`names.alarms.${key}`, alarm, ["alarm", alarm, `the alarm "${key}"`]),
    ),
    ...Object.entries(sections.names.securityGroups).flatMap(([key, group]) =>
      named(`names.securityGroups.${key}`, group, ["security group", group, `the group "${key}"`]),
    ),
    ...(sections.registry?.repositories ?? []).flatMap((key, index) =>
      named(`registry.repositories[${index}]`, key, [
        "repository",
        repositoryName(sections, key),
        `the repository of "${key}"`,
      ]),
    ),
  ];
}

function ofPlatform(sections: NamingSections, account: string) {
  const { name, names, services, loadBalancer, backup, state } = sections;
  const probe = connectivityTask(name);
  return [
    ...named("name", name, ["IAM role", flowLogsRole(name), "the flow logs' role"]),
    ...named("names.flowLogs", names.flowLogs, ["log group", names.flowLogs, "the flow logs"]),
    ...(backup ? named("name", name, ["IAM role", names.backup, "the backups' role"]) : []),
    ...(restartedServices(sections).length > 0
      ? named(
          "name",
          name,
          ["IAM role", databaseRestart(name), "the role that restarts services"],
          ["IAM role", databaseRestartStarter(name), "the role that starts the restart"],
        )
      : []),
    ...(schedulesOf(services).length > 0
      ? named(
          "name",
          name,
          ["schedule group", name, "the group of the schedules"],
          ["IAM role", scheduleStarter(name), "the role that starts what is scheduled"],
          ["queue", undeliveredSchedules(name), "the queue for runs that could not be started"],
        )
      : []),
    ...(needsProbe(services)
      ? named(
          "name",
          name,
          ["task definition", probe.family, "the task that tries connections from inside"],
          ["IAM role", probe.executionRole, "the role that starts the task for connections from inside"],
          ["log group", probe.logGroup, "the log of the task for connections from inside"],
        )
      : []),
    ...(loadBalancer?.waf
      ? [
          ...named("name", name, ["log group", names.wafLogs, "the web application firewall's log"]),
          ...named("names.webAcl", names.webAcl, ["web ACL", names.webAcl, "the web application firewall"]),
        ]
      : []),
    ...(loadBalancer
      ? named("name", name, ["bucket", accessLogsBucket(names.accessLogsPrefix, account), "the access logs"])
      : []),
    ...(loadBalancer
      ? named("names.loadBalancer", names.loadBalancer, [
          "load balancer",
          names.loadBalancer,
          "the load balancer",
        ])
      : []),
    ...(state?.backend === "s3" && state.createBucket
      ? named(
          "state.bucket",
          state.bucket,
          ["bucket", state.bucket, "the state"],
          ["bucket", stateLogsBucket(state.bucket), "the state's access logs"],
        )
      : []),
    ...named("names.vpc", names.vpc, ["VPC", names.vpc, "the VPC"]),
    ...named(
      "names.cluster",
      names.cluster,
      ["ECS cluster", names.cluster, "the cluster"],
      ["log group", execSessionsLogGroup(names.cluster), "what is typed into containers"],
    ),
    ...(Object.values(services).some(({ django }) => django)
      ? named(
          "names.secrets",
          names.secrets,
          ["secret", djangoSecretKey(names.secrets), "Django's SECRET_KEY"],
          ["secret", djangoPreviousSecretKey(names.secrets), "Django's former SECRET_KEY"],
        )
      : []),
  ];
}

function ofDataStores(sections: NamingSections) {
  const { name, names, database, cache } = sections;
  const { engineVersion, credentials, applicationUser } = database ?? {};
  const userTask = databaseUserTask(name);
  return [
    ...(database
      ? named(
          "names.database",
          names.database,
          ["database", names.database, "the database"],
          ["DB subnet group", names.database, "the database's subnet group"],
          ...DATABASE_LOGS.map((log): [Kind, string, string] => [
            "log group",
            databaseLogGroup(names.database, log),
            `the database's log "${log}"`,
          ]),
        )
      : []),
    ...(engineVersion !== undefined
      ? named("names.database", names.database, [
          "DB parameter group",
          databaseParameterGroup(names.database, engineVersion),
          "the database's parameter group",
        ])
      : []),
    ...(credentials === "secrets-manager"
      ? named("names.databaseSecret", names.databaseSecret, [
          "secret",
          names.databaseSecret,
          "the database's password",
        ])
      : []),
    ...(applicationUser !== undefined
      ? [
          ...named("names.secrets", names.secrets, [
            "secret",
            databaseUserSecret(names.secrets),
            "the database's user for the application",
          ]),
          ...named(
            "name",
            name,
            ["task definition", userTask.family, "the task that makes the database's user"],
            ["IAM role", userTask.executionRole, "the role that starts the task for the database's user"],
            ["log group", userTask.logGroup, "the log of the task for the database's user"],
          ),
        ]
      : []),
    ...(cache?.authentication === "password"
      ? named("names.secrets", names.secrets, [
          "secret",
          cacheSecret(names.secrets),
          "the cache's user with its password",
        ])
      : []),
    ...usersWithUrl(sections).flatMap((user) =>
      named("names.secrets", names.secrets, [
        "secret",
        databaseUrlSecret(names.secrets, user),
        "the database's URL",
      ]),
    ),
    ...(cache
      ? named(
          "names.cache",
          names.cache,
          ["replication group", names.cache, "the cache"],
          ...cacheUsers(names),
          ["cache subnet group", names.cache, "the cache's subnet group"],
          ["cache parameter group", cacheParameterGroup(names.cache, cache), "the cache's parameter group"],
          ...CACHE_LOGS.map((log): [Kind, string, string] => [
            "log group",
            cacheLogGroup(names.cache, log),
            `the cache's log "${log}"`,
          ]),
        )
      : []),
  ];
}

function cacheUsers({ cache, cacheUser }: Names): [Kind, string, string][] {
  return [
    ["cache user", cacheUser, "the services' user"],
    ["cache user", cacheOffUser(cache), "the default user"],
    ["cache user group", cache, "the group of users"],
  ];
}

function ofService({ name, names, services }: NamingSections, key: string): Named[] {
  const own = names.services[key];
  const service = services[key] ?? {};
  if (own === undefined) {
    return [];
  }
  const what = `the service "${key}"`;
  const scheduled = schedulesOf({ [key]: service });
  const field = (name: Exclude<keyof typeof own, "executionRole" | "taskRole">) =>
    [`names.services.${key}.${name}`, own[name]] as const;
  const commands = Object.keys(oneOffCommandsOf(service));
  return [
    ...named(...field("service"), ["ECS service", own.service, what]),
    ...named(
      ...field("taskDefinition"),
      ...taskFamilies(own.taskDefinition, commands).map((family): [Kind, string, string] => [
        "task definition",
        family,
        what,
      ]),
    ),
    ...(isPublic(service) ? named(...field("targetGroup"), ["target group", own.targetGroup, what]) : []),
    ...named(...field("logGroup"), ["log group", own.logGroup, what]),
    ...named(
      `services.${key}`,
      key,
      ["IAM role", own.executionRole, "the role that starts its tasks"],
      ["IAM role", own.taskRole, "its role"],
      ...(scheduled.length > 0
        ? [
            ["IAM role", scheduleRole(name, key), "the role that runs its schedules"] as [
              Kind,
              string,
              string,
            ],
          ]
        : []),
    ),
    ...scheduled.flatMap((one) =>
      named(`services.${key}.schedules.${one.key}`, one.key, [
        "state machine",
        scheduledRun(name, key, one.key),
        `the schedule "${one.key}" of "${key}"`,
      ]),
    ),
    ...containersOf(key, service).flatMap(({ path, name, secrets, said }) =>
      Object.entries(said.secrets ?? {}).flatMap(([variable, source]) =>
        "generate" in source
          ? named(`${path}.secrets.${variable}`, variable, [
              "secret",
              generatedSecret(names.secrets, secrets, variable),
              `${variable} of "${name}"`,
            ])
          : [],
      ),
    ),
  ];
}
