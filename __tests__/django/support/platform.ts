// One environment as it would run: its synthesized containers, its load balancer, its database's users and its secrets and queues.
import { join } from "node:path";
import type { Environment } from "../../../src/model/environment";
import { CREDENTIALS, REGION } from "../../e2e/support/child-environment";
import { platformConfigs } from "../../support/platform-configs";
import { type Container, eventually, type Finished, startContainer } from "./container";
import type { Image } from "./image";
import { addAddress, nextHost } from "./network";
import { asTarget, type Site } from "./requests";
import { createSecrets } from "./secrets";
import { NAMES, type Servers } from "./servers";
import { createQueue, secretValue } from "./servers/aws";
import type { CacheUser } from "./servers/cache";
import { type LoadBalancer, startLoadBalancer } from "./servers/load-balancer";
import { type Block, blockOf, blocksOf } from "./synthesized-blocks";
import { type ContainerDefinition, containerDefinition } from "./task-definition";

/** A password as RDS makes them: everything printable but /, @, " and spaces. */
const PASSWORD = "p:a%s?s#w$o'r\\d&<{}>";

export interface StartOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly user?: number;
  /** Leaves variables of the task definition out. */
  readonly without?: readonly string[];
}

export interface ServiceSite extends Site {
  /** Whom new requests go to. */
  setTargets(...tasks: readonly Container[]): Promise<void>;
}

export interface Platform {
  /** Where users reach a service, through the load balancer, as it forwards to that service. A use of its own has its own. */
  site(service: string, use?: string): Promise<ServiceSite>;
  definition(service: string): Promise<ContainerDefinition>;
  /** Starts a container of a task definition with a command of the example's image. */
  start(service: string, command: readonly string[], options?: StartOptions): Promise<Container>;
  /** The same, until its end. */
  run(service: string, command: readonly string[], options?: StartOptions): Promise<Finished>;
  /** The same as `start`, once the load balancer's health check has been answered. */
  serve(service: string, command: readonly string[], options?: StartOptions): Promise<Container>;
  /** The load balancer's health check of a task. */
  answersHealthCheck(container: Container): Promise<boolean>;
  /** Seconds that the load balancer gives a task that leaves. */
  deregistrationDelay(service: string): number;
  /** Gives the database's user a new password, and its secret after so many milliseconds. */
  changePassword(password: string, secretAfter: number): Promise<void>;
  /** What docs/secret-key.md says of changing SECRET_KEY; the tasks that start afterwards have both. */
  replaceSecretKey(): Promise<void>;
  queueUrl(key: string): string;
  /** Kills what still runs of it. */
  stop(): Promise<void>;
}

const text = (value: unknown): string => String(value);

/** What the cache's secret has for a password: as the command gives it to the user. */
const CACHE_PASSWORD = "CachePasswordCachePasswordCachePassword1";

/** The users of an environment's cache, with the access strings that the platform gives them. */
export function cacheUsers(environment: Environment): CacheUser[] {
  const config = platformConfigs(environment).django;
  const hasPassword = environment.cache?.authentication === "password";
  return blocksOf(config, "aws_elasticache_user")
    .filter(([, user]) => user.authentication_mode !== undefined)
    .map(([, user]) => ({
      name: text(user.user_name),
      accessString: text(user.access_string),
      proof: hasPassword
        ? { password: CACHE_PASSWORD }
        : { cache: text(blockOf(config, "aws_elasticache_replication_group", "cache").replication_group_id) },
    }));
}

/** Where the servers are in an environment's network, with its prefix. */
export function serverAddress(environment: Environment): string {
  return within(text(blockOf(platformConfigs(environment).django, "aws_vpc", "main").cidr_block), 255, 10);
}

/** An address of a network of 16 bits, with its prefix. */
function within(network: string, third: number, fourth: number): string {
  return `${network.split(".").slice(0, 2).join(".")}.${third}.${fourth}/16`;
}

/** The third number of a subnet's addresses. */
function thirdOf(subnet: Block): number {
  return Number(text(subnet.cidr_block).split(".")[2]);
}

export async function createPlatform(
  environment: Environment,
  servers: Servers,
  image: Image,
): Promise<Platform> {
  const config = platformConfigs(environment).django;
  const block = (type: string, name: string) => blockOf(config, type, name);
  const cidr = text(block("aws_vpc", "main").cidr_block);
  const newAddress = (subnet: string) => within(cidr, thirdOf(block("aws_subnet", subnet)), nextHost(cidr));
  const newBalancerAddress = (): string => {
    const added = newAddress("public_us_east_1a");
    addAddress(added);
    return added.split("/")[0] ?? "";
  };
  const address = newBalancerAddress();
  const folder = join(servers.folder, environment.name);
  const balancer = `${environment.name}-1234567890.elb.test`;

  const db = block("aws_db_instance", "database");
  const user = text(db.username);
  const databaseName = text(db.db_name);
  const grant = (role: string) =>
    servers.database.admin(
      `CREATE ROLE "${role}" LOGIN PASSWORD ${literal(PASSWORD)}; GRANT ALL ON DATABASE "${databaseName}" TO "${role}"`,
    );
  servers.database.admin(`CREATE DATABASE "${databaseName}"`);
  grant(user);
  servers.database.admin(`ALTER DATABASE "${databaseName}" OWNER TO "${user}"`);

  const cacheUser = environment.names.cacheUser;
  const secrets = createSecrets(
    servers.aws,
    environment.name,
    { username: user, password: PASSWORD },
    {
      username: cacheUser,
      password: CACHE_PASSWORD,
      url: `rediss://${cacheUser}:${CACHE_PASSWORD}@${NAMES.cache}:6379/0`,
    },
  );
  const queues = new Map<string, string>();
  // The dead letters come first: the other queue names them.
  const isLast = ([, queue]: [string, Block]) => Number(queue.redrive_policy !== undefined);
  for (const [name, queue] of blocksOf(config, "aws_sqs_queue").sort((a, b) => isLast(a) - isLast(b))) {
    const receives = /"maxReceiveCount" = (\d+)/.exec(text(queue.redrive_policy))?.[1];
    queues.set(
      name,
      await createQueue(servers.aws, text(queue.name), {
        VisibilityTimeout: text(queue.visibility_timeout_seconds ?? 30),
        ...(receives !== undefined && {
          RedrivePolicy: JSON.stringify({
            deadLetterTargetArn: `arn:aws:sqs:${REGION}:123456789012:${queue.name}-dlq`,
            maxReceiveCount: Number(receives),
          }),
        }),
      }),
    );
  }
  const queueUrl = (key: string) => {
    const url = queues.get(key);
    if (url === undefined) {
      throw new Error(`There is no queue ${key}: ${[...queues.keys()].join(", ")}.`);
    }
    return url;
  };

  const value =
    (arns: ReadonlyMap<string, string>) =>
    (reference: string): string => {
      const [type = "", name = "", argument = ""] = reference.split(".");
      const known: Record<string, () => string> = {
        "aws_lb.dns_name": () => balancer,
        "aws_db_instance.address": () => NAMES.database,
        "aws_elasticache_replication_group.primary_endpoint_address": () => NAMES.cache,
        "aws_elasticache_replication_group.replication_group_id": () =>
          text(block(type, name).replication_group_id),
        "aws_sqs_queue.url": () => queueUrl(name),
        "aws_s3_bucket.id": () => text(block(type, name).bucket),
        "aws_subnet.cidr_block": () => text(block(type, name).cidr_block),
      };
      const found = arns.get(reference) ?? known[`${type}.${argument}`]?.();
      if (found === undefined) {
        throw new Error(`${environment.name}: no value is known of ${reference}.`);
      }
      return found;
    };
  const definition = async (service: string) => {
    const definitions = text(block("aws_ecs_task_definition", service).container_definitions);
    const arns = new Map<string, string>();
    for (const [reference] of definitions.matchAll(/(?:data\.)?aws_[\w.[\]]*(?:secret)[\w.[\]]*arn/g)) {
      arns.set(reference, await secrets.arn(reference));
    }
    return containerDefinition(definitions, {
      value: value(arns),
      secret: (valueFrom) => secretValue(servers.aws, valueFrom),
    });
  };

  let tasks = 0;
  const containers: Container[] = [];
  const start: Platform["start"] = async (service, command, options = {}) => {
    tasks += 1;
    const files = join(folder, `task-${tasks}`);
    const written = await definition(service);
    const { without = [], environment: given = {}, ...rest } = options;
    const variables = Object.entries(written.environment).filter(([name]) => !without.includes(name));
    const container = await startContainer({
      ...rest,
      definition: { ...written, environment: Object.fromEntries(variables) },
      image,
      command,
      folder: files,
      address: newAddress("private_us_east_1a"),
      etc: servers.etc,
      hosts: Object.fromEntries(
        Object.values(NAMES).map((name) => [name, serverAddress(environment).split("/")[0] ?? ""]),
      ),
      environment: {
        // The example's; the environments name modules of other projects.
        DJANGO_SETTINGS_MODULE: "config.settings.production",
        AWS_REGION: REGION,
        AWS_ENDPOINT_URL: servers.aws.endpoint,
        AWS_ACCESS_KEY_ID: CREDENTIALS.accessKeyId,
        AWS_SECRET_ACCESS_KEY: CREDENTIALS.secretAccessKey,
        ...given,
      },
    });
    containers.push(container);
    return container;
  };
  const answersHealthCheck = async (container: Container) => {
    const { port } = container.definition;
    const { path = "" } = healthCheck(config, container.definition.name);
    const answer = await asTarget(`${container.address}:${port}`, path, address).catch(() => undefined);
    return answer?.status === 200;
  };
  const host = environment.dns?.domain ?? balancer;
  const isSecure = blocksOf(config, "aws_lb_listener").some(([, { protocol }]) => protocol === "HTTPS");
  const balancers: LoadBalancer[] = [];
  const sites = new Map<string, Promise<ServiceSite>>();
  const createSite = async (name: string): Promise<ServiceSite> => {
    const own = newBalancerAddress();
    const loadBalancer = await startLoadBalancer({
      folder: join(servers.folder, `${environment.name}-${name}-load-balancer`),
      address: own,
      protocol: isSecure ? "https" : "http",
      idleTimeout: Number(block("aws_lb", "load_balancer").idle_timeout),
    });
    balancers.push(loadBalancer);
    return {
      address: own,
      host,
      setTargets: (...tasks) =>
        loadBalancer.setTargets(tasks.map((task) => `${task.address}:${task.definition.port}`)),
    };
  };
  return {
    site: (service, use = "users") => {
      const name = `${service}-${use}`;
      const made = sites.get(name) ?? createSite(name);
      sites.set(name, made);
      return made;
    },
    definition,
    start,
    run: async (service, command, options) => (await start(service, command, options)).ended,
    serve: async (service, command, options) => {
      const container = await start(service, command, options);
      await eventually(
        `${environment.name}'s ${service} answers the health check`,
        () => answersHealthCheck(container),
        container.log,
      );
      return container;
    },
    answersHealthCheck,
    deregistrationDelay: (service) => Number(block("aws_lb_target_group", service).deregistration_delay),
    changePassword: async (password, secretAfter) => {
      servers.database.admin(`ALTER ROLE "${user}" PASSWORD ${literal(password)}`);
      await new Promise((resolve) => setTimeout(resolve, secretAfter));
      await secrets.changeLogin({ username: user, password });
    },
    replaceSecretKey: secrets.replaceSecretKey,
    queueUrl,
    stop: async () => {
      await Promise.all(containers.map((container) => container.kill()));
      await Promise.all(balancers.map((one) => one.stop()));
    },
  };
}

function healthCheck(config: unknown, service: string): { readonly path?: string } {
  const [found] = [blockOf(config, "aws_lb_target_group", service).health_check].flat();
  return (found ?? {}) as { readonly path?: string };
}

/** A string of SQL. */
function literal(value: string): string {
  return `'${value.replaceAll("'", "''")}'`;
}
