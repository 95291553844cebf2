// The checklist of lightwave-prod: every item as it is, and as it is when what it asks for is turned off.

import { type Answered, checklist, ITEMS, isReady, written } from "../../src/checklist/checklist";
import type { State } from "../../src/checklist/item";
import { checklistMarkdown } from "../../src/checklist/markdown";
import { modelOf } from "../../src/model/model";
import type { SynthesizedPlatform } from "../../src/policies/policy";
import type { JsonObject } from "../../src/reachability/terraform-config";
import type { EnvironmentInput } from "../../src/schema/environment";
import { EnvironmentError } from "../../src/schema/problem";
import { defineEnvironment } from "../../src/validation/define-environment";
import { systems } from "../support/systems";
import { allConfigs, django, input, withResource } from "./fixtures";

type Configs = Readonly<Record<string, JsonObject>>;

/** How an environment, or where that is refused its configurations, is changed. */
type Change =
  | { readonly environment: Partial<EnvironmentInput> }
  /** The schema refuses it, or has no field for it: so what is synthesized is edited. */
  | {
      readonly edit: (configs: Configs) => Configs;
      /** What the schema refuses, where it has a field. */
      readonly refused?: Readonly<Record<string, unknown>>;
    };

interface Row {
  readonly state: State;
  readonly where: readonly string[];
  readonly off: Change;
  /** What the item says when it is turned off. */
  readonly becomes: State;
}

const ALB = "django/aws_lb.load_balancer";
const DATABASE = "django/aws_db_instance.database";
const CACHE = "django/aws_elasticache_replication_group.cache";
const BUCKET = "django/aws_s3_bucket.access_logs";
const TASKS = ["django/aws_ecs_task_definition.django", "django/aws_ecs_task_definition.django_migrate"];
const SECRET_KEY = "django/aws_secretsmanager_secret.secret_key";
const FORMER_SECRET_KEY = "django/aws_secretsmanager_secret.secret_key_previous";
const NAT_GATEWAYS = ["django/aws_nat_gateway.us_east_1a", "django/aws_nat_gateway.us_east_1b"];
const TARGET = "django/aws_appautoscaling_target.django";
const WEB_ACL = "django/aws_wafv2_web_acl.load_balancer";

/** The same service with other settings. */
function service(settings: Partial<typeof django>): Change {
  return { environment: { services: { django: { ...django, ...settings } } } };
}

/** Other arguments for a resource of the stack django, and what the schema refuses that would come to the same. */
function argument(address: string, body: JsonObject, refused?: Readonly<Record<string, unknown>>): Change {
  return { edit: (configs) => withResource(configs, address, body), ...(refused && { refused }) };
}

const database = (body: JsonObject) => argument(DATABASE, body);
const cache = (body: JsonObject) => argument(CACHE, body);

const rows: Readonly<Record<string, Row>> = {
  https: {
    state: "met",
    where: ["django/aws_lb_listener.https"],
    off: { environment: { dns: undefined } },
    becomes: "not met",
  },
  "http-redirect": {
    state: "met",
    where: ["django/aws_lb_listener.http"],
    off: { environment: { dns: undefined } },
    becomes: "not met",
  },
  "rate-limiting": {
    state: "met",
    where: [WEB_ACL],
    off: { environment: { loadBalancer: { waf: false } } },
    becomes: "not met",
  },
  authentication: {
    state: "confirm",
    where: ["services.django"],
    off: { environment: {} },
    becomes: "confirm",
  },
  cors: {
    state: "confirm",
    where: [],
    off: service({ environment: { CORS_ALLOW_ALL_ORIGINS: "True" } }),
    becomes: "not met",
  },
  "debug-off": {
    state: "met",
    where: TASKS,
    off: service({ environment: { DEBUG: "True" } }),
    becomes: "not met",
  },
  "secret-key": {
    state: "met",
    where: [SECRET_KEY, FORMER_SECRET_KEY],
    off: service({ secrets: { SECRET_KEY: { generate: { length: 49 } } } }),
    becomes: "not met",
  },
  // The schema refuses names that say "secret" among plain variables; this value it cannot tell.
  secrets: {
    state: "met",
    where: [SECRET_KEY, FORMER_SECRET_KEY, DATABASE],
    off: service({ environment: { LEGACY: "https://web:hunter2@example.com/" } }),
    becomes: "not met",
  },
  "database-private": {
    state: "met",
    where: [DATABASE],
    off: database({ publicly_accessible: true }),
    becomes: "not met",
  },
  "database-encrypted": {
    state: "met",
    where: [DATABASE],
    off: database({ storage_encrypted: false }),
    becomes: "not met",
  },
  "database-tls": {
    state: "met",
    where: [DATABASE],
    off: argument("django/aws_db_parameter_group.database", { parameter: [] }),
    becomes: "not met",
  },
  "password-rotation": {
    state: "met",
    where: ["django/aws_secretsmanager_secret_rotation.database"],
    off: { environment: { database: { passwordRotation: { restartServices: false } } } },
    becomes: "not met",
  },
  "cache-encrypted": {
    state: "met",
    where: [CACHE],
    off: cache({ transit_encryption_enabled: false }),
    becomes: "not met",
  },
  "buckets-private": {
    state: "met",
    where: expect.arrayContaining([BUCKET]),
    off: argument("django/aws_s3_bucket_public_access_block.access_logs", { block_public_policy: false }),
    becomes: "not met",
  },
  "files-closed": {
    state: "met",
    where: [],
    off: argument("django/aws_efs_file_system.media", { encrypted: true }),
    becomes: "not met",
  },
  backups: {
    state: "met",
    where: [DATABASE, CACHE],
    off: argument(
      DATABASE,
      { backup_retention_period: 6 },
      { database: { ...input.database, backupRetentionDays: 6 } },
    ),
    becomes: "not met",
  },
  logs: {
    state: "met",
    where: expect.arrayContaining([
      "django/aws_cloudwatch_log_group.service_django",
      "django/aws_flow_log.vpc",
    ]),
    off: argument(
      "django/aws_cloudwatch_log_group.service_django",
      { retention_in_days: 0 },
      { services: { django: { ...django, logRetentionDays: 0 } } },
    ),
    becomes: "not met",
  },
  "security-groups": {
    state: "met",
    where: expect.arrayContaining(
      ["alb", "django", "postgres", "redis"].map((key) => `django/aws_security_group.${key}`),
    ),
    off: {
      environment: {
        extraFlows: [{ source: "internet", destination: "alb", port: 22, description: "SSH from anywhere" }],
      },
    },
    becomes: "not met",
  },
  roles: {
    state: "met",
    where: expect.arrayContaining([
      "django/aws_iam_role.django_execution",
      "django/aws_iam_role.django_task",
    ]),
    off: argument("django/aws_iam_role_policy_attachment.by-hand", {
      role: "${aws_iam_role.django_task.name}",
      policy_arn: "arn:aws:iam::aws:policy/AdministratorAccess",
    }),
    becomes: "not met",
  },
  "state-encrypted": {
    state: "met",
    where: ["django", "security-group-rules", "account-security"].map(
      (stack) => `${stack}/terraform.backend.s3`,
    ),
    off: { environment: { state: { backend: "local" } } },
    becomes: "not met",
  },
  waf: {
    state: "met",
    where: [WEB_ACL],
    off: { environment: { loadBalancer: { waf: false } } },
    becomes: "not met",
  },
  csrf: {
    state: "confirm",
    where: TASKS,
    off: service({ environment: { CSRF_TRUSTED_ORIGINS: "https://*" } }),
    becomes: "not met",
  },
  "response-headers": {
    state: "confirm",
    where: ["django/aws_lb_listener.https"],
    off: { environment: { loadBalancer: { responseHeaders: { strictTransportSecurity: false } } } },
    becomes: "not met",
  },
  "non-root": {
    state: "confirm",
    where: TASKS,
    off: argument(TASKS[0] ?? "", {
      container_definitions: '[{"name":"django","image":"lightwave/django:1.0.0","user":"0:0"}]',
    }),
    becomes: "not met",
  },
  patches: {
    state: "confirm",
    where: ["services.django.image"],
    off: cache({ auto_minor_version_upgrade: "false" }),
    becomes: "not met",
  },
  "minimal-image": {
    state: "confirm",
    where: ["services.django.image"],
    off: { environment: {} },
    becomes: "confirm",
  },
  "image-scanning": {
    state: "confirm",
    where: TASKS,
    off: argument("django/aws_ecr_repository.web", {
      name: "web",
      image_scanning_configuration: { scan_on_push: false },
    }),
    becomes: "not met",
  },
  "network-acls": {
    state: "met",
    where: ["django/aws_network_acl.data_subnets"],
    off: { environment: { network: { ...input.network, dataSubnetAcl: false } } },
    becomes: "not met",
  },
  "access-review": {
    state: "confirm",
    where: ["account-security/aws_accessanalyzer_analyzer.account"],
    off: { environment: {} },
    becomes: "confirm",
  },
  assessments: {
    state: "confirm",
    where: expect.arrayContaining(["account-security/aws_securityhub_account.account"]),
    off: { environment: {} },
    becomes: "confirm",
  },
  "penetration-test": { state: "confirm", where: [ALB], off: { environment: {} }, becomes: "confirm" },
  "load-test": { state: "confirm", where: [TARGET], off: { environment: {} }, becomes: "confirm" },
  "security-audit": {
    state: "confirm",
    where: ["account-security/aws_cloudtrail.audit"],
    off: { environment: {} },
    becomes: "confirm",
  },
  // The platform creates none, so that there is nothing to turn off.
  cdn: { state: "not met", where: [], off: { environment: {} }, becomes: "not met" },
  "image-pinned": {
    state: "met",
    where: TASKS,
    off: argument(
      TASKS[0] ?? "",
      { container_definitions: '[{"name":"django","image":"lightwave/django:latest"}]' },
      { services: { django: { ...django, image: "lightwave/django:latest" } } },
    ),
    becomes: "not met",
  },
  "multi-az": {
    state: "met",
    where: expect.arrayContaining([DATABASE, CACHE]),
    off: { environment: { database: { ...input.database, multiAz: false } } },
    becomes: "not met",
  },
  "deletion-protection": {
    state: "met",
    where: [ALB, DATABASE],
    off: { environment: { deletionProtection: false } },
    becomes: "not met",
  },
  autoscaling: {
    state: "met",
    where: [TARGET],
    off: service({ autoscaling: undefined }),
    becomes: "not met",
  },
  monitoring: {
    state: "confirm",
    where: ["django/aws_sns_topic.alarms"],
    off: { environment: { monitoring: false } },
    becomes: "not met",
  },
  audit: {
    state: "met",
    where: ["account-security/aws_cloudtrail.audit", "account-security/aws_guardduty_detector.account"],
    off: { environment: { accountSecurity: undefined } },
    becomes: "not met",
  },
};

/** Most rows are about the same environment; each is synthesized once. */
const known = new Map<string, { platform: SynthesizedPlatform; configs: Configs }>();

function synthesized(changes: Partial<EnvironmentInput>) {
  const key = JSON.stringify(changes, (_, value) => value ?? null);
  let found = known.get(key);
  if (!found) {
    const environment = defineEnvironment({ ...input, ...changes });
    const configs = allConfigs(environment);
    found = { platform: written(modelOf(environment), configs), configs };
    known.set(key, found);
  }
  return found;
}

function platformWith(change: Change): SynthesizedPlatform {
  const { platform, configs } = synthesized("environment" in change ? change.environment : {});
  return "edit" in change ? written(platform.model, change.edit(configs)) : platform;
}

function answer(id: string, change: Change) {
  return ITEMS.find((item) => item.id === id)?.answer(platformWith(change));
}

const AS_IT_IS: Change = { environment: {} };

it("has a row for each item", () => {
  expect(ITEMS.map(({ id }) => id).sort()).toEqual(Object.keys(rows).sort());
});

it.each(Object.entries(rows))("%s, of lightwave-prod", (id, { state, where }) => {
  expect(answer(id, AS_IT_IS)).toMatchObject({ state, where });
});

it.each(Object.entries(rows))("%s, turned off", (id, { off, becomes }) => {
  expect(answer(id, off)).toMatchObject({ state: becomes });
});

const refused = Object.entries(rows).flatMap(([id, { off }]) =>
  "refused" in off && off.refused ? [{ id, environment: off.refused }] : [],
);

it.each(refused)("$id is not turned off by an environment: the schema refuses it", ({ environment }) => {
  const define = () => Reflect.apply(defineEnvironment, undefined, [{ ...input, ...environment }]);
  expect(define).toThrow(EnvironmentError);
});

it("of the environment's own file is the same, but for its state, which is not in S3", () => {
  const environment = systems.load("lightwave-prod");
  const states = checklist(modelOf(environment), allConfigs(environment)).map(({ id, state }) => [id, state]);
  expect(Object.fromEntries(states)).toEqual({
    ...Object.fromEntries(Object.entries(rows).map(([id, { state }]) => [id, state])),
    "state-encrypted": "not met",
  });
});

describe("what else an item says", () => {
  it("names a rule that the environment does not declare", () => {
    const rule = "django/aws_vpc_security_group_ingress_rule.by-hand";
    const byHand = argument(rule, {
      security_group_id: "${aws_security_group.postgres.id}",
      ip_protocol: "tcp",
      from_port: 5432,
      to_port: 5432,
      cidr_ipv4: "10.0.0.0/16",
      description: "By hand",
    });
    expect(answer("security-groups", byHand)).toMatchObject({ state: "not met", where: [rule] });
  });

  it("names what is wrong, where, and what to do", () => {
    expect(answer("database-private", database({ publicly_accessible: true }))).toMatchObject({
      where: [DATABASE],
      detail: `It has a public address (${DATABASE}). Set publicly_accessible to false.`,
    });
  });

  it("asks a person about DEBUG where no variable says so", () => {
    expect(answer("debug-off", service({ django: undefined }))).toMatchObject({
      state: "confirm",
      where: TASKS.slice(0, 1),
    });
  });

  it("asks a person about a SECRET_KEY that Terraform does not make", () => {
    const change = service({ secrets: { SECRET_KEY: { secretsManager: "lightwave/key" } } });
    expect(answer("secret-key", change)).toMatchObject({ state: "confirm", where: TASKS });
  });

  it("takes no former key that can be guessed: it signs as well as the current one", () => {
    const change = service({ secrets: { SECRET_KEY_FALLBACKS: { generate: { length: 49 } } } });
    expect(answer("secret-key", change)).toMatchObject({
      state: "not met",
      where: ["django/aws_secretsmanager_secret.django_secret_key_fallbacks"],
    });
  });

  it("takes no rate limit that counts, or that is for some paths alone", () => {
    const rate = { limit: 100, aggregate_key_type: "IP" };
    const scoped = { ...rate, scope_down_statement: {} };
    for (const rule of [
      { action: { count: {} }, statement: { rate_based_statement: rate } },
      { action: { block: {} }, statement: { rate_based_statement: scoped } },
    ]) {
      expect(answer("rate-limiting", argument(WEB_ACL, { rule: [rule] }))?.state).toBe("not met");
    }
  });

  it.each([
    ["app", "met"],
    ["1000:1000", "met"],
    ["root", "not met"],
    ["root:app", "not met"],
    ["0", "not met"],
    ["1000:0", "met"],
  ])("takes the user %s for what it is: %s", (user, state) => {
    const containers = JSON.stringify([{ name: "django", image: "lightwave/django:1.0.0", user }]);
    const change: Change = {
      edit: (configs) =>
        TASKS.reduce(
          (left, task) => withResource(left, task, { container_definitions: containers }),
          configs,
        ),
    };
    expect(answer("non-root", change)).toMatchObject({ state, where: TASKS });
  });

  it.each([
    ["a site without HTTPS", { CSRF_TRUSTED_ORIGINS: "https://shop.example.com,http://shop.example.com" }],
    ["every site", { CSRF_TRUSTED_ORIGINS: "*" }],
    ["a cookie without HTTPS", { CSRF_COOKIE_SECURE: "False" }],
  ])("takes %s for an open door to forged requests", (_, environment) => {
    expect(answer("csrf", service({ environment }))).toMatchObject({ state: "not met", where: TASKS });
  });

  it("has nothing against subdomains that may send forms", () => {
    const change = service({ environment: { CSRF_TRUSTED_ORIGINS: "https://*.example.com" } });
    expect(answer("csrf", change)?.state).toBe("confirm");
  });

  it("takes no promise of HTTPS that lasts for no time", () => {
    const listener = "django/aws_lb_listener.https";
    const forgotten = argument(listener, {
      routing_http_response_strict_transport_security_header_value: "max-age=0",
    });
    expect(answer("response-headers", forgotten)).toMatchObject({ state: "not met", where: [listener] });
    const left = { loadBalancer: { responseHeaders: { frameOptions: false as const } } };
    expect(answer("response-headers", { environment: left })).toMatchObject({
      state: "confirm",
      detail: expect.stringContaining("X-Frame-Options, Referrer-Policy, Cross-Origin-Opener-Policy, "),
    });
  });

  it("asks who moves a pinned version on", () => {
    const pinned = { database: { ...input.database, engineVersion: "16.4" } };
    expect(answer("patches", { environment: pinned })).toMatchObject({
      state: "confirm",
      where: [DATABASE, "services.django.image"],
      detail: expect.stringMatching(/^The database's minor version is pinned: /),
    });
    expect(answer("patches", database({ auto_minor_version_upgrade: false }))).toMatchObject({
      state: "not met",
      where: [DATABASE],
    });
  });

  it("is content where every image is in a repository that scans", () => {
    const image = "123456789012.dkr.ecr.us-east-1.amazonaws.com/lightwave-django-prod/django:1.0.0";
    const repository = "registry/aws_ecr_repository.django";
    const change: Change = {
      edit: (configs) =>
        TASKS.reduce(
          (left, task) =>
            withResource(left, task, { container_definitions: JSON.stringify([{ name: "django", image }]) }),
          withResource(configs, repository, {
            name: "lightwave-django-prod/django",
            image_scanning_configuration: { scan_on_push: true },
          }),
        ),
    };
    expect(answer("image-scanning", change)).toMatchObject({ state: "met", where: [repository] });
  });

  it("takes no network ACL that admits everything", () => {
    const open = argument("django/aws_network_acl_rule.by-hand", {
      network_acl_id: "${aws_network_acl.data_subnets.id}",
      rule_number: 1,
      rule_action: "allow",
      egress: false,
      protocol: "-1",
      cidr_block: "0.0.0.0/0",
    });
    expect(answer("network-acls", open)).toMatchObject({
      state: "not met",
      where: ["django/aws_network_acl.data_subnets"],
    });
    const outside: Change = {
      edit: (configs) =>
        withResource(configs, "django/aws_network_acl_association.data_us_east_1a", undefined),
    };
    expect(answer("network-acls", outside)).toMatchObject({
      state: "not met",
      where: ["django/aws_subnet.data_us_east_1a"],
    });
    // The VPC's own takes the subnet from the one that the environment declares.
    const own = argument("django/aws_default_network_acl.vpc", {
      subnet_ids: ["${aws_subnet.data_us_east_1a.id}"],
      ingress: [{ rule_no: 100, action: "allow", protocol: -1, ipv6_cidr_block: "::/0" }],
    });
    expect(answer("network-acls", own)).toMatchObject({
      state: "not met",
      where: ["django/aws_default_network_acl.vpc"],
    });
  });

  it("finds a distribution that somebody has added", () => {
    const added = argument("django/aws_cloudfront_distribution.cdn", { enabled: true });
    expect(answer("cdn", added)).toMatchObject({
      state: "met",
      where: ["django/aws_cloudfront_distribution.cdn"],
    });
  });

  it("is content where somebody is told of alarms", () => {
    const told = answer("monitoring", { environment: { monitoring: { emails: ["ops@example.com"] } } });
    expect(told).toMatchObject({
      state: "met",
      detail: expect.stringMatching(
        /^\d+ alarms tell the topic's subscribers, once each has confirmed the e-mail that AWS sends\.$/,
      ),
    });
  });

  it("finds the one NAT gateway that stands for several zones, and has nothing against none", () => {
    const [first = "", second = ""] = NAT_GATEWAYS;
    const without = (...gone: readonly string[]): Change => ({
      edit: (configs) => gone.reduce((left, each) => withResource(left, each, undefined), configs),
    });
    expect(answer("multi-az", without(second))).toEqual({
      state: "not met",
      where: [first],
      detail:
        `Tasks in another zone have no way out when its zone fails (${first}). Set database.multiAz, name two ` +
        'network.availabilityZones or more, and set network.natGateways to "per-zone".',
    });
    expect(answer("multi-az", without(first, second))?.state).toBe("met");
  });

  it("takes no autoscaling that has nowhere to go", () => {
    expect(answer("autoscaling", argument(TARGET, { max_capacity: 2 }))).toMatchObject({
      state: "not met",
      where: ["django/aws_ecs_service.django"],
      detail: expect.stringMatching(/^Its number of tasks is fixed/),
    });
  });

  it("asks no more than one task of a singleton, and says why", () => {
    const beat = { ...django, port: undefined, autoscaling: undefined, singleton: true };
    expect(answer("autoscaling", { environment: { services: { django, beat } } })).toMatchObject({
      state: "met",
      where: [TARGET],
    });
    expect(answer("autoscaling", { environment: { services: { beat } } })).toEqual({
      state: "met",
      where: [],
      detail: "The environment has no services that may run more than once.",
    });
    const worker = { ...beat, singleton: false, desiredCount: 1 };
    expect(answer("autoscaling", { environment: { services: { django, worker } } })).toMatchObject({
      state: "not met",
      where: ["django/aws_ecs_service.worker"],
    });
    const stuck = {
      ...worker,
      autoscaling: { minimum: 2, maximum: 2 },
      desiredCount: 2,
      deployment: { minimumHealthyPercent: 50, maximumPercent: 100 },
    };
    expect(answer("autoscaling", { environment: { services: { django, worker: stuck } } })).toMatchObject({
      state: "not met",
      where: ["django/aws_ecs_service.worker"],
    });
    expect(ITEMS.find(({ id }) => id === "autoscaling")?.why).toContain("Only a singleton stays one");
  });

  it("says what an audit lacks, also where it is there and turned off", () => {
    const advice =
      "Declare accountSecurity in one environment of the account; tick this if another one does already.";
    expect(answer("audit", { environment: { accountSecurity: undefined } })?.detail).toBe(
      `This environment has no CloudTrail trail that records and no GuardDuty detector that looks. ${advice}`,
    );
    const stopped = argument("account-security/aws_cloudtrail.audit", {
      enable_logging: false,
    });
    expect(answer("audit", stopped)).toMatchObject({
      state: "not met",
      detail: `This environment has no CloudTrail trail that records. ${advice}`,
    });
  });

  it("takes no autoscaling that is suspended", () => {
    const suspended = (dynamic_scaling_out_suspended: boolean) =>
      answer(
        "autoscaling",
        argument(TARGET, {
          suspended_state: [{ dynamic_scaling_out_suspended }],
        }),
      )?.state;
    expect(suspended(false)).toBe("met");
    expect(suspended(true)).toBe("not met");
  });

  it("says of logs that the load balancer has one, too", () => {
    expect(answer("logs", AS_IT_IS)?.where).toContain(ALB);
    expect(answer("logs", argument(ALB, { access_logs: [{ enabled: false }] }))).toMatchObject({
      state: "not met",
      where: [ALB],
    });
  });

  it("asks a person about a backend that somebody else brings", () => {
    expect(answer("state-encrypted", { environment: { state: { backend: "none" } } })?.state).toBe("confirm");
  });

  it("has nothing against data stores that are not there", () => {
    const environment = {
      services: { django: { ...django, connectsTo: [] } },
      database: undefined,
      cache: undefined,
    };
    expect(answer("database-tls", { environment })).toEqual({
      state: "met",
      where: [],
      detail: "The environment has no database.",
    });
  });
});

it("is ready where nothing that is required is missing, whatever is merely nice to have", () => {
  const items = all();
  expect(items.map(({ id }) => id)).toEqual(ITEMS.map(({ id }) => id));
  expect(isReady(items)).toBe(true);
  const without = (missing: string) =>
    items.map((item): Answered => (item.id === missing ? { ...item, state: "not met" } : item));
  expect(isReady(without("monitoring"))).toBe(true);
  expect(isReady(without("https"))).toBe(false);
});

function all() {
  const { platform, configs } = synthesized({});
  return checklist(platform.model, configs);
}

it("becomes Markdown with boxes to tick", () => {
  const markdown = checklistMarkdown("lightwave-django-prod", "the synth's output in cdktf.out", all());
  expect(markdown).toMatch(
    /^# Security checklist of lightwave-django-prod\n\nFrom the synth's output in cdktf\.out\.\n\n## Required before production\n\n- \[x\] \*\*https\*\*: /,
  );
  expect(markdown).toContain(
    "- [x] **debug-off**: DEBUG is off\n" +
      "  - The variable DEBUG is off in every container.\n" +
      "  - Where: `django/aws_ecs_task_definition.django`, `django/aws_ecs_task_definition.django_migrate`\n",
  );
  expect(markdown).toContain("- [ ] (confirm) **authentication**: ");
  expect(markdown).toContain("## Nice to have\n\n- [x] **waf**: ");
  expect(markdown).toContain("- [ ] **cdn**: ");
});
