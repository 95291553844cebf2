// What was deployed when addresses ended in hashes is still found: every former address is declared, or moved from.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Testing } from "cdktf";
import type { Environment } from "../../src/model/environment";
import { addPlatform } from "../../src/stacks/platform";
import { BaseStack } from "../../src/terraform/base-stack";
import { defineEnvironment } from "../../src/validation/define-environment";
import { systems } from "../support/systems";

const fixture = (name: string) => JSON.parse(readFileSync(join(__dirname, "..", "fixtures", name), "utf8"));

/** Managed addresses as they once were, by environment and stack. */
const FORMER: Record<string, Record<string, string[]>> = fixture("former-addresses.json");
const inputs = fixture("former-environments.json");

/** Rules between groups had no hash, and keep their hyphens. */
const RULES = /^aws_vpc_security_group_(ingress|egress)_rule\./;

/**
 * The data subnets' network ACL and its rules are made anew, at numbers that stay, beside those of before: docs/upgrading.md,
 * "The data subnets' network ACL".
 */
const MADE_ANEW = /^aws_network_acl(_rule)?\./;
/** What has come since: the rotation of the password and what follows it, Django's former key, connections tried from inside, rules for declared hosts. */
const NEW = [
  "aws_secretsmanager_secret.secret_key_previous",
  "aws_secretsmanager_secret_version.secret_key_previous",
  "aws_cloudwatch_event_rule.database_restart",
  "aws_cloudwatch_event_rule.database_rotated",
  "aws_cloudwatch_event_target.database_restart",
  "aws_cloudwatch_event_target.database_rotated",
  "aws_cloudwatch_event_rule.guardduty_findings",
  "aws_cloudwatch_event_rule.security_hub_findings",
  "aws_cloudwatch_event_target.guardduty_findings",
  "aws_cloudwatch_event_target.security_hub_findings",
  "aws_cloudwatch_log_group.connectivity",
  "aws_cloudwatch_metric_alarm.postgres_restart",
  "aws_ecs_task_definition.connectivity",
  "aws_iam_role.connectivity_execution",
  "aws_iam_role_policy.connectivity_execution",
  "aws_iam_role.database_restart",
  "aws_iam_role.database_restart_start",
  "aws_iam_role_policy.database_restart",
  "aws_iam_role_policy.database_restart_start",
  "aws_lb_listener_rule.api_declared_hosts",
  "aws_lb_listener_rule.django_declared_hosts",
  "aws_lb_listener_rule.frontend_declared_hosts",
  "aws_lb_listener_rule.undeclared_hosts",
  "aws_lb_listener_rule.web_declared_hosts",
  "aws_secretsmanager_secret_rotation.database",
  "aws_sfn_state_machine.database_restart",
  "aws_ssm_parameter.database_password",
  "terraform_data.database_password",
];
const COUNTED_APART =
  /^aws_(cloudwatch_(log_metric_filter|metric_alarm)\.\w+_(errors_critical|failed_logins_axes)$|ssm_parameter\.output_)/;
const kept = (addresses: readonly string[]) =>
  addresses.filter(
    (address) => !MADE_ANEW.test(address) && !NEW.includes(address) && !COUNTED_APART.test(address),
  );

/** Whether an address has no former one here: of the subscriptions, which are one resource now, where nobody is subscribed. */
const isNew = (address: string, name: string): boolean => {
  const { monitoring } = load(name);
  return address === "aws_sns_topic_subscription.alarms" && !(monitoring && monitoring.emails.length > 0);
};

const load = (name: string): Environment =>
  name in inputs ? defineEnvironment(inputs[name]) : systems.load(name);

describe.each(Object.keys(FORMER))("%s", (name) => {
  const app = Testing.app();
  addPlatform(app, load(name));
  const stacks = app.node.children.filter((child) => child instanceof BaseStack);
  const addresses = new Map(
    stacks.map((stack): [BaseStack, string[]] => [
      stack,
      Object.entries<object>(JSON.parse(Testing.synth(stack)).resource).flatMap(([type, resources]) =>
        Object.keys(resources).map((resource) => `${type}.${resource}`),
      ),
    ]),
  );
  const declared = (stack: BaseStack): string[] => addresses.get(stack) ?? [];

  it("has the stacks that it had", () => {
    expect(stacks.map(({ node }) => node.id).sort()).toEqual(Object.keys(FORMER[name] ?? {}));
  });

  it.each(Object.keys(FORMER[name] ?? {}))(
    "moves all that %s had to where it is now, and nothing twice",
    (id) => {
      const [stack] = stacks.filter(({ node }) => node.id === id);
      const now = stack ? declared(stack) : [];
      const moves = stack?.moves() ?? [];
      const moved = new Map(moves.map(({ from, to }) => [from, to]));
      const former = FORMER[name]?.[id] ?? [];
      // What became one of several instances is moved twice; all instances are one resource.
      const movedTo = (address: string): string => {
        const to = moved.get(address);
        return to === undefined ? address.replace(/\[.*\]$/, "") : movedTo(to);
      };
      expect([...new Set(kept(former).map(movedTo))].sort()).toEqual(
        kept(now)
          .filter((address) => !isNew(address, name))
          .sort(),
      );
      // No address is the same, and none is moved: what a rule was at a number is not what one is now.
      expect(former.filter((address) => MADE_ANEW.test(address) && now.includes(address))).toEqual([]);
      expect(moves.filter(({ from, to }) => MADE_ANEW.test(from) || MADE_ANEW.test(to))).toEqual([]);
      expect(moves.filter(({ to }) => NEW.includes(to) || COUNTED_APART.test(to))).toEqual([]);
      expect(moves.filter(({ from }) => now.includes(from))).toEqual([]);
      expect(moved.size).toBe(moves.length);
    },
  );

  it.each(Object.keys(FORMER[name] ?? {}))("names what is in %s in snake_case, without hashes", (id) => {
    const now = stacks.filter(({ node }) => node.id === id).flatMap(declared);
    expect(
      now.filter((address) => !RULES.test(address) && !/^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$/.test(address)),
    ).toEqual([]);
  });
});

it("moves each to itself, and not to another of its type", () => {
  const app = Testing.app();
  addPlatform(app, load("ecs-webapp"));
  const [stack] = app.node.children.filter((child) => child.node.id === "state-backend");
  const moves = stack instanceof BaseStack ? stack.moves() : [];
  const to = (from: string) => moves.find((move) => move.from === from)?.to;
  expect({
    state: to("aws_s3_bucket.bucket_state_bucket_FE05AF67"),
    logs: to("aws_s3_bucket.bucket_access-logs_bucket_42787171"),
    statePolicy: to("aws_s3_bucket_policy.bucket_policy_C7AF4A7D"),
    logsPolicy: to("aws_s3_bucket_policy.bucket_access-logs_policy_7350CF76"),
  }).toEqual({
    state: "aws_s3_bucket.state",
    logs: "aws_s3_bucket.access_logs",
    statePolicy: "aws_s3_bucket_policy.state",
    logsPolicy: "aws_s3_bucket_policy.access_logs",
  });
});

it("moves each subscriber to an instance of its own, from the hash and from the name that it had in between", () => {
  const app = Testing.app();
  addPlatform(app, load("hyphens"));
  const [stack] = app.node.children.filter((child) => child.node.id === "django");
  const moves = stack instanceof BaseStack ? stack.moves() : [];
  const subscriptions = moves.filter(({ from }) => from.startsWith("aws_sns_topic_subscription."));
  const type = "aws_sns_topic_subscription";
  expect(subscriptions).toEqual([
    {
      from: `${type}.alarm-topic_subscription-on-callhyphensexamplecom_CF37D17F`,
      to: `${type}.on_call_at_hyphens_example_com`,
    },
    {
      from: `${type}.on_call_at_hyphens_example_com`,
      to: `${type}.alarms["on-call@hyphens.example.com"]`,
    },
    {
      from: `${type}.alarm-topic_subscription-oncallhyphensexamplecom_68C657FD`,
      to: `${type}.on_call_at_hyphens_example_com_2`,
    },
    {
      from: `${type}.on_call_at_hyphens_example_com_2`,
      to: `${type}.alarms["on.call@hyphens.example.com"]`,
    },
  ]);
});
