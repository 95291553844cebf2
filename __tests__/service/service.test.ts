// One service as a whole: how its parts are joined, and what it leaves out.
import { CloudwatchLogGroup } from "@cdktf/provider-aws/lib/cloudwatch-log-group";
import { EcsService } from "@cdktf/provider-aws/lib/ecs-service";
import { EcsTaskDefinition } from "@cdktf/provider-aws/lib/ecs-task-definition";
import { TerraformOutput, Testing } from "cdktf";
import { parseJsonencode } from "../support/jsonencode";
import { synthScope } from "../support/synth-scope";
import { addService, resource, SECRET, serviceConfig, synthService, TARGET } from "./fixtures";

Testing.setupJest();

type Container = Readonly<Record<string, unknown>>;

function container(synth: string, definition = "web"): Container {
  const { container_definitions } = resource(synth, "aws_ecs_task_definition", definition);
  const [only, ...others] = parseJsonencode(String(container_definitions)) as Container[];
  expect(others).toEqual([]);
  return only ?? {};
}

describe("the task definition", () => {
  it("is a Fargate task of the service's size", () => {
    expect(synthService({ cpu: 1024, memory: 2048, architecture: "ARM64" })).toHaveResourceWithProperties(
      EcsTaskDefinition,
      {
        family: "shop-web",
        requires_compatibilities: ["FARGATE"],
        network_mode: "awsvpc",
        cpu: "1024",
        memory: "2048",
        runtime_platform: { cpu_architecture: "ARM64", operating_system_family: "LINUX" },
        execution_role_arn: "${aws_iam_role.web_execution.arn}",
        task_role_arn: "${aws_iam_role.web_task.arn}",
        volume: [{ name: "tmp" }, { name: "var-lib-amazon" }, { name: "var-log-amazon" }],
        skip_destroy: true,
      },
    );
  });

  it("runs one container, named after the service's key, with the tag that the variable says", () => {
    expect(container(synthService())).toMatchObject({
      name: "web",
      image: 'shop/web${startswith(var.web_image_tag, "sha256:") ? "@" : ":"}${var.web_image_tag}',
      portMappings: [{ containerPort: 8000 }],
    });
  });

  it("gives variables and secrets, and lets the execution role read those secrets", () => {
    const synth = synthService({}, { environment: { LEVEL: "info ${x}" }, secrets: [SECRET] });
    expect(container(synth)).toMatchObject({
      environment: [{ name: "LEVEL", value: "info ${x}" }],
      secrets: [{ name: "SECRET_KEY", valueFrom: SECRET.valueFrom }],
    });
    const { policy } = resource(synth, "aws_iam_role_policy", "web_execution");
    expect(parseJsonencode(String(policy))).toMatchObject({
      Statement: [{ Sid: "WriteLogs" }, { Sid: "ReadSecrets", Resource: SECRET.source.arn }],
    });
  });

  it("reads a secret of two variables with one permission", () => {
    const other = { ...SECRET, name: "OTHER" };
    const { policy } = resource(
      synthService({}, { secrets: [SECRET, other] }),
      "aws_iam_role_policy",
      "web_execution",
    );
    expect(parseJsonencode(String(policy))).toMatchObject({
      Statement: [{ Sid: "WriteLogs" }, { Resource: SECRET.source.arn }],
    });
  });

  it("checks a Django service by its allowed host", () => {
    const { healthCheck } = container(
      synthService({}, { environment: { ALLOWED_HOSTS: "api.example.com" } }),
    );
    expect(JSON.stringify(healthCheck)).toContain("api.example.com");
  });

  it("says which variable is given twice", () => {
    expect(() => synthService({}, { environment: { SECRET_KEY: "x" }, secrets: [SECRET] })).toThrow(
      "web: SECRET_KEY is both a plain variable and a secret; keep one.",
    );
  });
});

describe("a registry's credentials", () => {
  const CREDENTIALS = "arn:aws:secretsmanager:eu-west-1:111122223333:secret:registry-AbCdEf";

  it("are read by the execution role, and given to the container and to what runs once", () => {
    const synth = synthService({}, { imageCredentialsArn: CREDENTIALS });
    for (const definition of ["web", "web_migrate"]) {
      expect(container(synth, definition)).toMatchObject({
        repositoryCredentials: { credentialsParameter: CREDENTIALS },
      });
    }
    const { policy } = resource(synth, "aws_iam_role_policy", "web_execution");
    expect(parseJsonencode(String(policy))).toMatchObject({
      Statement: [{ Sid: "WriteLogs" }, { Sid: "ReadSecrets", Resource: CREDENTIALS }],
    });
  });
});

describe("ECS Exec", () => {
  it("is gone with its rights and its folders where the service switches it off", () => {
    const synth = synthService({ executeCommand: false });
    expect(synth).toHaveResourceWithProperties(EcsService, {
      enable_execute_command: false,
      depends_on: expect.arrayContaining(["aws_iam_role.web_task"]),
    });
    expect(JSON.parse(synth).resource.aws_iam_role_policy).not.toHaveProperty("web_task");
    expect(resource(synth, "aws_ecs_task_definition", "web").volume).toEqual([{ name: "tmp" }]);
  });
});

describe("the log group", () => {
  it("has the service's name and retention", () => {
    expect(synthService({ logRetentionDays: 90 })).toHaveResourceWithProperties(CloudwatchLogGroup, {
      name: "/ecs/shop/web",
      retention_in_days: 90,
    });
  });
});

describe("the ECS service", () => {
  it("rolls back what fails, keeps full capacity meanwhile, and opens ECS Exec", () => {
    expect(synthService({ desiredCount: 3 })).toHaveResourceWithProperties(EcsService, {
      name: "shop-web",
      cluster: "${aws_ecs_cluster.cluster.arn}",
      task_definition: "${aws_ecs_task_definition.web.arn}",
      desired_count: 3,
      deployment_circuit_breaker: { enable: true, rollback: true },
      deployment_minimum_healthy_percent: 100,
      deployment_maximum_percent: 200,
      availability_zone_rebalancing: "ENABLED",
      enable_execute_command: true,
      enable_ecs_managed_tags: true,
      propagate_tags: "SERVICE",
      network_configuration: {
        subnets: ["subnet-1", "subnet-2"],
        security_groups: ["sg-1"],
        assign_public_ip: false,
      },
    });
  });

  it("of a singleton stops the old task before the new one starts, and never moves it to another zone", () => {
    const synth = synthService({ singleton: true });
    expect(synth).toHaveResourceWithProperties(EcsService, {
      desired_count: 1,
      deployment_minimum_healthy_percent: 0,
      deployment_maximum_percent: 100,
      availability_zone_rebalancing: "DISABLED",
      deployment_circuit_breaker: { enable: true, rollback: true },
    });
    expect(JSON.parse(synth).resource).not.toHaveProperty("aws_appautoscaling_target");
  });

  it("replaces as many tasks at a time as it is told, and rebalances zones where there is room for one more", () => {
    const replacing = (deployment: { minimumHealthyPercent?: number; maximumPercent?: number }) =>
      resource(synthService({ desiredCount: 4, deployment }), "aws_ecs_service", "web");
    expect(replacing({ minimumHealthyPercent: 50, maximumPercent: 125 })).toMatchObject({
      deployment_minimum_healthy_percent: 50,
      deployment_maximum_percent: 125,
      availability_zone_rebalancing: "ENABLED",
    });
    expect(replacing({ minimumHealthyPercent: 75, maximumPercent: 100 })).toMatchObject({
      deployment_minimum_healthy_percent: 75,
      deployment_maximum_percent: 100,
      availability_zone_rebalancing: "DISABLED",
    });
  });

  it("takes another capacity provider strategy without being replaced", () => {
    expect(synthService({ capacity: { fargateWeight: 1, spotWeight: 1 } })).toHaveResourceWithProperties(
      EcsService,
      { force_new_deployment: true },
    );
  });

  it("never waits for tasks, because the rules that let them work come afterwards", () => {
    expect(resource(synthService({}, { target: TARGET }), "aws_ecs_service", "web")).not.toHaveProperty(
      "wait_for_steady_state",
    );
  });

  it("registers with the target group, and has time until the rules are there", () => {
    expect(synthService({}, { target: TARGET })).toHaveResourceWithProperties(EcsService, {
      load_balancer: [
        { target_group_arn: TARGET.targetGroupArn, container_name: "web", container_port: 8000 },
      ],
      health_check_grace_period_seconds: 45,
    });
  });

  it("has neither load balancer nor grace period without a target group", () => {
    const service = resource(synthService(), "aws_ecs_service", "web");
    expect(service).not.toHaveProperty("load_balancer");
    expect(service).not.toHaveProperty("health_check_grace_period_seconds");
  });

  it("waits for permissions, capacity providers and listeners", () => {
    const synth = synthScope((scope) => {
      const listener = { fqn: "aws_lb_listener.https" };
      addService(scope, serviceConfig(), { target: { ...TARGET, listeners: [listener] } });
    });
    expect(resource(synth, "aws_ecs_service", "web").depends_on).toEqual([
      "aws_ecs_cluster_capacity_providers.cluster",
      "aws_iam_role_policy.web_execution",
      "aws_iam_role_policy.web_task",
      "aws_lb_listener.https",
    ]);
  });

  it.each([
    [
      { base: 2, fargateWeight: 1, spotWeight: 1 },
      [
        ["FARGATE", 2, 1],
        ["FARGATE_SPOT", 0, 1],
      ],
    ],
    [{ base: 1, fargateWeight: 1, spotWeight: 0 }, [["FARGATE", 1, 1]]],
    [
      { base: 1, fargateWeight: 0, spotWeight: 3 },
      [
        ["FARGATE", 1, 0],
        ["FARGATE_SPOT", 0, 3],
      ],
    ],
    [{ base: 0, fargateWeight: 0, spotWeight: 1 }, [["FARGATE_SPOT", 0, 1]]],
  ])("spreads tasks over capacity providers: %j", (capacity, strategy) => {
    expect(resource(synthService({ capacity }), "aws_ecs_service", "web").capacity_provider_strategy).toEqual(
      strategy.map(([capacity_provider, base, weight]) => ({ capacity_provider, base, weight })),
    );
  });
});

describe("autoscaling", () => {
  const autoscaling = { minimum: 2, maximum: 10, cpuPercent: 50, memoryPercent: 70, requestsPerTarget: 500 };

  function policies(synth: string): Record<string, unknown> {
    const all: Record<string, { target_tracking_scaling_policy_configuration: Record<string, unknown> }> =
      JSON.parse(synth).resource.aws_appautoscaling_policy ?? {};
    return Object.fromEntries(
      Object.entries(all).map(([name, policy]) => {
        const { target_value, predefined_metric_specification } =
          policy.target_tracking_scaling_policy_configuration;
        return [name, { target_value, ...(predefined_metric_specification as object) }];
      }),
    );
  }

  it("leaves the number of tasks alone, between its bounds, which are variables", () => {
    const synth = synthService({ autoscaling, desiredCount: 4 }, { target: TARGET });
    expect(resource(synth, "aws_ecs_service", "web")).toMatchObject({
      desired_count: "${max(var.web_min_tasks, min(var.web_max_tasks, 4))}",
      lifecycle: { ignore_changes: ["desired_count"] },
    });
    expect(JSON.parse(synth).variable).toMatchObject({
      web_min_tasks: { default: 2 },
      web_max_tasks: { default: 10 },
    });
    expect(resource(synth, "aws_appautoscaling_target", "web")).toMatchObject({
      min_capacity: "${var.web_min_tasks}",
      max_capacity: "${var.web_max_tasks}",
      resource_id: "service/${aws_ecs_cluster.cluster.name}/${aws_ecs_service.web.name}",
      scalable_dimension: "ecs:service:DesiredCount",
      service_namespace: "ecs",
    });
  });

  it("follows CPU, memory and requests", () => {
    expect(policies(synthService({ autoscaling }, { target: TARGET }))).toEqual({
      web_cpu: { target_value: 50, predefined_metric_type: "ECSServiceAverageCPUUtilization" },
      web_memory: { target_value: 70, predefined_metric_type: "ECSServiceAverageMemoryUtilization" },
      web_requests: {
        target_value: 500,
        predefined_metric_type: "ALBRequestCountPerTarget",
        resource_label: "app/shop/4567/targetgroup/shop-web/0123",
      },
    });
  });

  it("does not follow requests that no load balancer sends", () => {
    expect(Object.keys(policies(synthService({ autoscaling })))).toEqual(["web_cpu", "web_memory"]);
  });

  it("is not there, and leaves the number to Terraform, unless asked for", () => {
    const synth = synthService();
    expect(policies(synth)).toEqual({});
    expect(JSON.parse(synth).resource).not.toHaveProperty("aws_appautoscaling_target");
    expect(resource(synth, "aws_ecs_service", "web")).not.toHaveProperty("lifecycle");
    expect(resource(synth, "aws_ecs_service", "web").desired_count).toBe(2);
    expect(Object.keys(JSON.parse(synth).variable)).toEqual(["web_image_tag"]);
  });
});

describe("one-off tasks", () => {
  it("migrate a Django service: the same container, without port and health check", () => {
    const synth = synthService({}, { environment: { LEVEL: "info" }, secrets: [SECRET] });
    const migrate = container(synth, "web_migrate");
    const { command, healthCheck, portMappings, logConfiguration, ...shared } = container(synth);
    expect([command, typeof healthCheck, typeof portMappings]).toEqual([undefined, "object", "object"]);
    expect(migrate).toEqual({
      ...shared,
      command: ["python", "manage.py", "migrate", "--noinput"],
      logConfiguration: expect.objectContaining({
        options: expect.objectContaining({ "awslogs-stream-prefix": "migrate" }),
      }),
    });
    expect(synth).toHaveResourceWithProperties(EcsTaskDefinition, {
      family: "shop-web-migrate",
      execution_role_arn: "${aws_iam_role.web_execution.arn}",
      task_role_arn: "${aws_iam_role.web_task.arn}",
      skip_destroy: false,
    });
  });

  it("are what the service names, and only that", () => {
    const synth = synthService({ oneOffCommands: { "load-data": ["python", "load.py"] } });
    expect(Object.keys(JSON.parse(synth).resource.aws_ecs_task_definition).sort()).toEqual([
      "web",
      "web_load_data",
    ]);
    expect(container(synth, "web_load_data").command).toEqual(["python", "load.py"]);
  });

  it("start by the image's entry point, or by one of their own, and have the service's storage and limits", () => {
    const limit = { name: "nofile", softLimit: 70_000, hardLimit: 70_000 } as const;
    const synth = synthService({
      entryPoint: ["/start-web"],
      ephemeralStorageGib: 30,
      ulimits: [limit],
      oneOffCommands: { "load-data": ["load"], seed: { entryPoint: ["sh", "-c"], command: ["seed all"] } },
    });
    expect(container(synth)).toMatchObject({ entryPoint: ["/start-web"], ulimits: [limit] });
    expect(container(synth, "web_load_data")).toMatchObject({ command: ["load"], ulimits: [limit] });
    expect(container(synth, "web_load_data")).not.toHaveProperty("entryPoint");
    expect(container(synth, "web_seed")).toMatchObject({ entryPoint: ["sh", "-c"], command: ["seed all"] });
    for (const name of ["web", "web_load_data", "web_seed"]) {
      expect(resource(synth, "aws_ecs_task_definition", name).ephemeral_storage).toEqual({ size_in_gib: 30 });
    }
    expect(resource(synthService(), "aws_ecs_task_definition", "web")).not.toHaveProperty(
      "ephemeral_storage",
    );
  });

  it("do not exist for a service that is not Django", () => {
    const synth = synthService({ django: undefined });
    expect(Object.keys(JSON.parse(synth).resource.aws_ecs_task_definition)).toEqual(["web"]);
  });

  it("can be named like one of the service's own parts", () => {
    const synth = synthService({ oneOffCommands: { logs: ["a"], task: ["b"], service: ["c"] } });
    expect(Object.keys(JSON.parse(synth).resource.aws_ecs_task_definition)).toHaveLength(4);
  });

  it("are told by name, ARN and family", () => {
    const synth = synthScope((scope) => {
      const { oneOffTasks } = addService(scope, serviceConfig());
      for (const [name, { arn, family }] of Object.entries(oneOffTasks)) {
        new TerraformOutput(scope, name, { value: { arn, family } });
      }
    });
    expect(JSON.parse(synth).output).toEqual({
      migrate: {
        value: {
          arn: "${aws_ecs_task_definition.web_migrate.arn}",
          family: "${aws_ecs_task_definition.web_migrate.family}",
        },
      },
    });
  });
});

describe("a worker", () => {
  const synth = synthService({ port: undefined, django: undefined, command: ["celery", "worker"] });

  it("opens no port and has no health check", () => {
    expect(container(synth)).toMatchObject({ command: ["celery", "worker"] });
    expect(container(synth)).not.toHaveProperty("portMappings");
    expect(container(synth)).not.toHaveProperty("healthCheck");
  });
});
