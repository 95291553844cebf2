// The stack django as others see it: its outputs for the next tool, its variables, and what a switch of it protects.

import { Testing } from "cdktf";
import { modelOf } from "../../src/model/model";
import { DjangoStack } from "../../src/stacks/django";
import { defineEnvironment } from "../../src/validation/define-environment";
import { parseJsonencode } from "../support/jsonencode";
import { statementsIn } from "../support/policy-document";
import { resources, synthesized } from "../support/synthesized";
import { systems } from "../support/systems";

interface Container {
  readonly environment: readonly { readonly name: string; readonly value: string }[];
}

const config = synthesized(
  new DjangoStack(Testing.app(), "django", { model: modelOf(systems.load("lightwave-prod")) }),
);

describe("DjangoStack", () => {
  it("tells the next tool addresses, IDs and ARNs", () => {
    expect(Object.keys(config.output ?? {}).sort()).toEqual([
      "alarm_arns",
      "alarm_kms_key_arn",
      "alarm_topic_arn",
      "cache_endpoint",
      "cache_port",
      "certificate_validation_records",
      "cluster_arn",
      "cluster_name",
      "data_subnet_ids",
      "database_endpoint",
      "database_identifier",
      "database_name",
      "database_port",
      "database_resource_id",
      "database_secret_arn",
      "django_secret_key_arn",
      "entrance_rule_ids",
      "listener_arns",
      "load_balancer_arn",
      "load_balancer_dns_name",
      "load_balancer_zone_id",
      "log_group_names",
      "nat_addresses",
      "one_off_tasks",
      "private_subnet_ids",
      "public_subnet_ids",
      "route_table_ids",
      "security_group_ids",
      "service_subnet_ids",
      "services",
      "target_group_arns",
      "url",
      "vpc_id",
      "web_acl_arn",
    ]);
    expect(config.output?.services?.value).toEqual({
      django: {
        name: "${aws_ecs_service.django.name}",
        log_group: "${aws_cloudwatch_log_group.service_django.name}",
        task_definition: "${aws_ecs_task_definition.django.arn}",
        task_role: "${aws_iam_role.django_task.arn}",
        execution_role: "${aws_iam_role.django_execution.arn}",
      },
    });
    expect(config.output?.nat_addresses?.value).toEqual([
      "${aws_eip.nat_us_east_1a.public_ip}",
      "${aws_eip.nat_us_east_1b.public_ip}",
    ]);
    expect(config.output?.database_resource_id?.value).toBe("${aws_db_instance.database.resource_id}");
    expect(config.output?.log_group_names?.value).toEqual({
      flow_logs: "/vpc/lightwave-django-prod/flow-logs",
      exec_sessions: "${aws_cloudwatch_log_group.exec_sessions.name}",
      web_acl: "${aws_cloudwatch_log_group.web_acl.name}",
      database_postgresql: "/aws/rds/instance/lightwave-django-prod/postgresql",
      database_upgrade: "/aws/rds/instance/lightwave-django-prod/upgrade",
      cache_slow_log: "/aws/vendedlogs/elasticache/lightwave-django-prod/slow-log",
      cache_engine_log: "/aws/vendedlogs/elasticache/lightwave-django-prod/engine-log",
    });
    expect(config.output?.entrance_rule_ids?.value).toEqual({
      "alb-from-internet-80-tcp":
        "${aws_vpc_security_group_ingress_rule.alb-from-internet-80-tcp.security_group_rule_id}",
      "alb-from-internet-443-tcp":
        "${aws_vpc_security_group_ingress_rule.alb-from-internet-443-tcp.security_group_rule_id}",
    });
    expect(config.output?.security_group_ids?.value).toEqual({
      alb: "${aws_security_group.alb.id}",
      django: "${aws_security_group.django.id}",
      postgres: "${aws_security_group.postgres.id}",
      redis: "${aws_security_group.redis.id}",
    });
  });

  it("tells the application both ports as numbers, not as the name of an attribute", () => {
    const definitions = resources(config, "aws_ecs_task_definition").map(
      ([, { container_definitions }]) => parseJsonencode(String(container_definitions)) as Container[],
    );
    for (const [container] of definitions) {
      expect(container?.environment).toEqual(
        expect.arrayContaining([
          { name: "DATABASE_PORT", value: "5432" },
          { name: "REDIS_PORT", value: "6379" },
        ]),
      );
    }
    expect(definitions).toHaveLength(2);
  });

  it("has no output for what an environment lacks", () => {
    const worker = { image: "a/b:1", cpu: 256 as const, memory: 512 };
    const environment = defineEnvironment({
      name: "jobs",
      region: "eu-west-1",
      network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
      services: { worker },
    });
    const { output } = synthesized(new DjangoStack(Testing.app(), "django", { model: modelOf(environment) }));
    expect(Object.keys(output ?? {}).sort()).toEqual([
      "alarm_arns",
      "alarm_kms_key_arn",
      "alarm_topic_arn",
      "cluster_arn",
      "cluster_name",
      "data_subnet_ids",
      "log_group_names",
      "nat_addresses",
      "one_off_tasks",
      "private_subnet_ids",
      "public_subnet_ids",
      "route_table_ids",
      "security_group_ids",
      "service_subnet_ids",
      "services",
      "vpc_id",
    ]);
  });

  it("takes the image's tag and the protection as variables, with the environment's values as defaults", () => {
    expect(config.variable).toMatchObject({
      django_image_tag: { default: "1.0.0" },
      deletion_protection: { default: true },
    });
  });

  it("gives tasks the service's own time, or the variable's for a first deployment", () => {
    expect(config.variable).toMatchObject({
      health_check_grace_seconds: { type: "number", default: 0, nullable: false },
    });
    const [[, service] = []] = resources(config, "aws_ecs_service");
    expect(service).toMatchObject({
      health_check_grace_period_seconds: "${max(var.health_check_grace_seconds, 60)}",
    });
  });

  it("protects the load balancer, the database and the access logs by one variable", () => {
    const [[, loadBalancer] = []] = resources(config, "aws_lb");
    const [[, database] = []] = resources(config, "aws_db_instance");
    const [[, logs] = []] = resources(config, "aws_s3_bucket");
    expect(loadBalancer?.enable_deletion_protection).toBe("${var.deletion_protection}");
    expect(database?.deletion_protection).toBe("${var.deletion_protection}");
    expect(logs?.force_destroy).toBe("${!var.deletion_protection}");
  });

  it("has a firewall on its load balancer, unless the environment goes without", () => {
    const [[acl] = []] = resources(config, "aws_wafv2_web_acl");
    const [[balancer] = []] = resources(config, "aws_lb");
    const [[, association] = []] = resources(config, "aws_wafv2_web_acl_association");
    expect(association).toMatchObject({
      web_acl_arn: `\${aws_wafv2_web_acl.${acl}.arn}`,
      resource_arn: `\${aws_lb.${balancer}.arn}`,
    });
    const { loadBalancer, ...others } = systems.load("lightwave-prod");
    if (!loadBalancer) {
      throw new Error("lightwave-prod has no load balancer");
    }
    const environment = { ...others, loadBalancer: { ...loadBalancer, waf: false as const } };
    const without = synthesized(new DjangoStack(Testing.app(), "django", { model: modelOf(environment) }));
    expect(Object.keys(without.resource ?? {}).filter((type) => type.includes("waf"))).toEqual([]);
    expect(without.output).not.toHaveProperty("web_acl_arn");
  });

  it("tells Django the same of HTTPS as browsers", () => {
    const [[, definition] = []] = resources(config, "aws_ecs_task_definition");
    expect(String(definition?.container_definitions)).toMatch(
      /"name" = "SECURE_HSTS_SECONDS", "value" = "31536000"/,
    );
  });

  it("lets the task connect to the cache as one user, and read nothing beyond ECS Exec", () => {
    const [[, policy] = []] = resources(config, "aws_iam_role_policy").filter(
      ([name]) => name === "django_task",
    );
    expect(String(policy?.policy)).toMatch(/"elasticache:Connect"/);
    expect(String(policy?.policy)).not.toMatch(/secretsmanager:|s3:|sqs:/);
  });

  it("lets a process of Celery send to the queues that it takes from, which a retry does, and no other consumer", () => {
    const consumer = { image: "shop/web:1", cpu: 256, memory: 512, consumesFrom: ["jobs"] } as const;
    const environment = defineEnvironment({
      name: "shop",
      region: "eu-west-1",
      network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
      services: { tasks: { ...consumer, celery: {} }, plain: consumer },
      queues: { jobs: { visibilityTimeoutSeconds: 900 } },
    });
    const roles = resources(
      synthesized(new DjangoStack(Testing.app(), "django", { model: modelOf(environment) })),
      "aws_iam_role_policy",
    );
    const sending = (role: string) =>
      roles
        .filter(([name]) => name === role)
        .flatMap(([, { policy }]) => statementsIn(policy))
        .filter(({ Action }) => [Action].flat().includes("sqs:SendMessage"));
    expect(sending("tasks_task")).toEqual([
      expect.objectContaining({ Effect: "Allow", Resource: "${aws_sqs_queue.jobs.arn}" }),
    ]);
    expect(sending("plain_task")).toEqual([]);
  });
});
