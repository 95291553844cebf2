// The checks on what services need at run time: values of secrets, their port, Sentry, and the database.

import { containersOf } from "../../model/containers";
import { keepersOfPassword, passwordRotationOf, servicesOfApplicationUser } from "../../model/database-login";
import type { Environment } from "../../model/environment";
import { readSharedSecrets, type SharedSecrets, sourceOf } from "../../model/secrets";
import type { Service } from "../../schema/service";
import type { AwsSession } from "../aws/session";
import { opsCommand } from "../commands";
import { judgeBeforeDeployment } from "../database-user/judgement";
import { databaseUserState } from "../database-user/state";
import { liveServices } from "../live/resources";
import { type InsideCheck, insideChecks } from "../verify/connectivity";
import { cacheUserCheck } from "./cache";
import { databaseVersionCheck } from "./database";
import { type Finding, failed, type PlannedCheck, passed, skipped } from "./planned-check";
import { portChecks } from "./ports";
import { SecretValues } from "./secret-values";
import { askSentry } from "./sentry";
import { isDsnVariable, parseDsn } from "./sentry-judgement";
import { judgeValues, type OutsideSource, type ValueFacts, valueIn } from "./values-judgement";

/** What `repositoryCredentials` of ECS reads: "Using non-AWS container images in Amazon ECS", ECS developer guide. */
const REGISTRY_KEYS = ["username", "password"];

type NamedSource = readonly [variable: string, source: OutsideSource];

/** @param name the environment's name: that of its file */
export function serviceChecks(name: string, environment: Environment): PlannedCheck[] {
  const values = new SecretValues();
  const { sharedSecrets } = environment;
  const entries = Object.entries(environment.services);
  return [
    ...entries.map(([key, service]) =>
      valuesCheck(
        key,
        containersOf(key, service).flatMap(({ said }) => [
          ...registrySources(said),
          ...outsideSecrets(said, sharedSecrets),
        ]),
        values,
      ),
    ),
    ...portChecks(environment),
    ...entries.map(([key, service]) => sentryCheck(key, service, sharedSecrets, values)),
    databaseVersionCheck(environment),
    ...insideChecks(environment).map((check) => fromInsideCheck(name, check)),
    ...(environment.database ? [rotationCheck(environment)] : []),
    ...databaseUserCheck(name, environment),
    ...cacheUserCheck(name, environment),
  ];
}

/** One that the service is only told the ARN of is named by its key. */
function outsideSecrets(
  container: Pick<Service, "secrets" | "bindings">,
  shared: SharedSecrets,
): NamedSource[] {
  return [
    ...Object.entries(container.secrets),
    ...readSharedSecrets(container).map((key) => [key, { shared: key }] as const),
  ].flatMap(([variable, given]): NamedSource[] => {
    const source = sourceOf(given, shared);
    return source === undefined || "generate" in source ? [] : [[variable, source]];
  });
}

/** The credentials of the image's registry, as if they were variables of that name. */
function registrySources({ imageCredentials }: Pick<Service, "imageCredentials">): NamedSource[] {
  return imageCredentials
    ? REGISTRY_KEYS.map((jsonKey) => ["imageCredentials", { ...imageCredentials, jsonKey }])
    : [];
}

function valuesCheck(key: string, sources: readonly NamedSource[], values: SecretValues): PlannedCheck {
  const named = { id: `values:${key}`, title: `Secrets that ${key} takes from outside are there` };
  return sources.length === 0
    ? { ...named, find: () => skipped("It takes no secret that has to be there before the deployment.") }
    : { ...named, ask: async (aws) => judgeValues(await factsOf(aws, sources, values), aws.region) };
}

async function factsOf(
  aws: AwsSession,
  sources: readonly NamedSource[],
  values: SecretValues,
): Promise<ValueFacts[]> {
  const facts: ValueFacts[] = [];
  for (const [variable, source] of sources) {
    facts.push({ variable, source, secret: await values.read(aws, source) });
  }
  return facts;
}

function sentryCheck(
  key: string,
  service: Service,
  shared: SharedSecrets,
  values: SecretValues,
): PlannedCheck {
  const named = { id: `sentry:${key}`, title: `${key} reaches its Sentry` };
  const dsns = outsideSecrets(service, shared).filter(([variable]) => isDsnVariable(variable));
  // A plain one has a reason in the file.
  const plain = Object.entries(service.environment).filter(([variable]) => isDsnVariable(variable));
  if (dsns.length + plain.length === 0) {
    return { ...named, find: () => skipped("It is given no SENTRY_DSN.") };
  }
  return {
    ...named,
    ask: async (aws) => {
      const findings: Finding[] = [];
      for (const [variable, value] of plain) {
        findings.push(await sentryFinding(variable, value, aws.signal));
      }
      for (const { variable, source, secret } of await factsOf(aws, dsns, values)) {
        findings.push(await sentryFinding(variable, valueIn(source, secret), aws.signal));
      }
      return worstOf(findings);
    },
  };
}

async function sentryFinding(
  variable: string,
  value: string | undefined,
  signal: AbortSignal,
): Promise<Finding> {
  if (value === undefined) {
    return skipped(`${variable} has no value yet.`);
  }
  const dsn = parseDsn(value);
  return dsn === undefined
    ? failed(
        `${variable} is no DSN: write it as Sentry shows it, https://<public key>@<host>/<project id>. Its value is not shown here.`,
      )
    : askSentry(dsn, signal);
}

/** One finding for several: as bad as the worst. */
function worstOf(findings: readonly Finding[]): Finding {
  const status =
    (["fail", "skipped"] as const).find((bad) => findings.some((finding) => finding.status === bad)) ??
    "pass";
  return { status, detail: findings.map(({ detail }) => detail).join(" ") };
}

/** Without an answer, the platform works until the first rotation, and then no service opens a connection any more. */
function rotationCheck(environment: Environment): PlannedCheck {
  const named = {
    id: "password-rotation",
    title: "What rotates the database's password restarts who keeps it",
  };
  return { ...named, find: () => rotationFinding(environment) };
}

export function rotationFinding({
  database,
  services,
  policies,
}: Pick<Environment, "database" | "services" | "policies">): Finding {
  const rotation = passwordRotationOf(database);
  const keepers = keepersOfPassword({ database, services });
  if (!rotation) {
    return skipped("Nobody rotates it.");
  }
  if (rotation.restartServices || keepers.length === 0) {
    return passed(
      keepers.length > 0
        ? `After each change of it, new tasks of ${keepers.join(", ")} are started.`
        : "No service keeps it: each reads it when it connects, or logs in as the application's own user.",
    );
  }
  const accepted = policies.suppress.find(({ policy }) => policy === "rotation-followed");
  return accepted
    ? passed(`The environment accepts that the platform restarts nothing: ${accepted.reason}`)
    : failed(
        `RDS rotates it (${rotation.schedule}), and nothing restarts ${keepers.join(", ")}: leave ` +
          'database.passwordRotation.restartServices on, or set databaseLogin: "at-connection" for services that read the ' +
          "secret themselves.",
      );
}

function databaseUserCheck(name: string, environment: Environment): PlannedCheck[] {
  const user = environment.database?.applicationUser;
  return user
    ? [
        {
          id: "database-user",
          title: "The database has the user that services log in as",
          ask: async (aws) => {
            const [state, running] = await Promise.all([
              databaseUserState(aws, environment, user),
              liveServices(aws, environment, servicesOfApplicationUser(environment)),
            ]);
            return judgeBeforeDeployment({ name, environment, user, state }, running.size > 0);
          },
        },
      ]
    : [];
}

function fromInsideCheck(name: string, { id, title }: InsideCheck): PlannedCheck {
  return {
    id,
    title,
    find: () => skipped(`Possible after the deployment: ${opsCommand(name, "verify")}`),
  };
}
