// The rows of sidecars: of one beside a worker.
import type { PathsOf } from "../../../src/schema/field-path";
import type { Rows } from "../row";

/** A change of a sidecar leaves what runs once as it is: sidecars are no part of that. */
const NEW_TASKS = [
  "delete, create aws_ecs_task_definition.worker: container_definitions",
  "update aws_ecs_service.worker: task_definition",
];

const NEW_TASKS_AND_RIGHTS = [...NEW_TASKS, "update aws_iam_role_policy.worker_execution: policy"];

const MOUNTED = "It changes as it does for the service's own container: services.*.mounts has the plans.";

export const sidecarsRows: Rows<Extract<PathsOf<"services">, `services.*.sidecars${string}`>> = {
  "services.*.sidecars": {
    plan: "first",
    set: {
      "services.api.sidecars": {
        proxy: { image: "123456789012.dkr.ecr.us-east-1.amazonaws.com/fields/proxy:1.0.0" },
      },
    },
    shows: [
      "delete, create aws_ecs_task_definition.api: container_definitions",
      "delete, create aws_ecs_task_definition.api: volume",
      "update aws_ecs_service.api: task_definition",
      "update aws_iam_role_policy.api_execution: policy",
    ],
  },
  "services.*.sidecars.*.image": {
    plan: "first",
    set: {
      "services.worker.sidecars.helper.image":
        "123456789012.dkr.ecr.us-east-1.amazonaws.com/fields/helper:2.0.0",
    },
    shows: NEW_TASKS,
  },
  "services.*.sidecars.*.imageCredentials": {
    plan: "second",
    set: {
      "services.worker.sidecars.helper.image": "registry.example.com/fields/helper:1.0.0",
      "services.worker.sidecars.helper.imageCredentials": { secretsManager: "fields-outside" },
    },
    shows: NEW_TASKS_AND_RIGHTS,
  },
  "services.*.sidecars.*.imageCredentials.secretsManager": {
    plan: "third",
    set: {
      "services.worker.sidecars.helper.image": "registry.example.com/fields/helper:1.0.0",
      "services.worker.sidecars.helper.imageCredentials": { secretsManager: "fields-outside-2" },
    },
    shows: NEW_TASKS_AND_RIGHTS,
  },
  "services.*.sidecars.*.port": {
    plan: "first",
    set: { "services.worker.sidecars.helper.port": 9301 },
    shows: NEW_TASKS,
  },
  "services.*.sidecars.*.entryPoint": {
    plan: "first",
    set: { "services.worker.sidecars.helper.entryPoint": ["/bin/helper"] },
    shows: NEW_TASKS,
  },
  "services.*.sidecars.*.command": {
    plan: "first",
    set: { "services.worker.sidecars.helper.command": ["help"] },
    shows: NEW_TASKS,
  },
  "services.*.sidecars.*.user": {
    plan: "first",
    set: { "services.worker.sidecars.helper.user": "101:101" },
    shows: NEW_TASKS,
  },
  "services.*.sidecars.*.cpu": {
    plan: "first",
    set: { "services.worker.sidecars.helper.cpu": 32 },
    shows: NEW_TASKS,
  },
  "services.*.sidecars.*.memory": {
    plan: "first",
    set: { "services.worker.sidecars.helper.memory": 192 },
    shows: NEW_TASKS,
  },
  "services.*.sidecars.*.memoryReservation": {
    plan: "first",
    set: { "services.worker.sidecars.helper.memoryReservation": 64 },
    shows: NEW_TASKS,
  },
  "services.*.sidecars.*.essential": {
    plan: "first",
    set: { "services.worker.sidecars.helper.essential": false },
    shows: NEW_TASKS,
  },
  "services.*.sidecars.*.dependsOn": {
    plan: "first",
    set: { "services.worker.sidecars.helper.dependsOn": { worker: "START" } },
    shows: NEW_TASKS,
  },
  "services.*.sidecars.*.healthCheck": {
    plan: "second",
    set: {
      "services.worker.sidecars.helper.healthCheck": {
        command: ["/bin/helper", "check"],
        intervalSeconds: 20,
      },
    },
    shows: NEW_TASKS,
  },
  "services.*.sidecars.*.healthCheck.command": {
    plan: "first",
    set: { "services.worker.sidecars.helper.healthCheck.command": "false" },
    shows: NEW_TASKS,
  },
  "services.*.sidecars.*.healthCheck.intervalSeconds": {
    plan: "first",
    set: { "services.worker.sidecars.helper.healthCheck.intervalSeconds": 15 },
    shows: NEW_TASKS,
  },
  "services.*.sidecars.*.healthCheck.timeoutSeconds": {
    plan: "first",
    set: { "services.worker.sidecars.helper.healthCheck.timeoutSeconds": 3 },
    shows: NEW_TASKS,
  },
  "services.*.sidecars.*.healthCheck.retries": {
    plan: "first",
    set: { "services.worker.sidecars.helper.healthCheck.retries": 2 },
    shows: NEW_TASKS,
  },
  "services.*.sidecars.*.healthCheck.startPeriodSeconds": {
    plan: "first",
    set: { "services.worker.sidecars.helper.healthCheck.startPeriodSeconds": 10 },
    shows: NEW_TASKS,
  },
  "services.*.sidecars.*.stopTimeoutSeconds": {
    plan: "first",
    set: { "services.worker.sidecars.helper.stopTimeoutSeconds": 60 },
    shows: NEW_TASKS,
  },
  "services.*.sidecars.*.environment": {
    plan: "first",
    set: { "services.worker.sidecars.helper.environment": { MODE: "two" } },
    shows: NEW_TASKS,
  },
  "services.*.sidecars.*.notSecret": {
    plan: "first",
    set: { "services.worker.sidecars.helper.notSecret": { MODE: "It is a plain word" } },
    shows: [],
  },
  "services.*.sidecars.*.secrets": {
    plan: "second",
    set: { "services.worker.sidecars.helper.secrets.FURTHER_KEY": { generate: { length: 40 } } },
    shows: [
      ...NEW_TASKS_AND_RIGHTS,
      "create aws_secretsmanager_secret.worker_helper_further_key",
      "create aws_secretsmanager_secret_version.worker_helper_further_key",
    ],
  },
  "services.*.sidecars.*.secrets.*.secretsManager": {
    plan: "third",
    set: { "services.worker.sidecars.helper.secrets.PARTNER_KEY.secretsManager": "fields-outside-2" },
    shows: NEW_TASKS_AND_RIGHTS,
  },
  "services.*.sidecars.*.secrets.*.jsonKey": {
    plan: "first",
    set: { "services.worker.sidecars.helper.secrets.PARTNER_KEY.jsonKey": "two" },
    shows: NEW_TASKS,
  },
  "services.*.sidecars.*.secrets.*.ssmParameter": {
    plan: "third",
    set: { "services.worker.sidecars.helper.secrets.MAIL_KEY": { ssmParameter: "/fields/mail" } },
    shows: [...NEW_TASKS_AND_RIGHTS, 'create aws_vpc_endpoint.endpoints["ssm"]'],
  },
  "services.*.sidecars.*.secrets.*.shared": {
    plan: "second",
    set: { "services.worker.sidecars.helper.secrets.MARK": { shared: "mark" } },
    shows: NEW_TASKS_AND_RIGHTS,
  },
  "services.*.sidecars.*.secrets.*.generate": "its fields",
  "services.*.sidecars.*.secrets.*.generate.length": {
    plan: "first",
    set: { "services.worker.sidecars.helper.secrets.HELPER_KEY.generate.length": 50 },
    shows: [],
  },
  "services.*.sidecars.*.bindings": {
    plan: "first",
    set: { "services.worker.sidecars.helper.bindings": { STACK: "environment.name" } },
    shows: NEW_TASKS,
  },
  "services.*.sidecars.*.sharedVolumes": {
    plan: "second",
    set: {
      "services.worker.sidecars.helper.sharedVolumes.logs": { path: "/logs" },
      "services.worker.sharedVolumes.logs": { path: "/logs" },
    },
    shows: [
      ...NEW_TASKS,
      "delete, create aws_ecs_task_definition.worker: volume",
      "delete, create aws_ecs_task_definition.worker_nightly: container_definitions",
      "delete, create aws_ecs_task_definition.worker_report: container_definitions",
      "delete, create aws_ecs_task_definition.worker_weekly: container_definitions",
      "delete, create aws_ecs_task_definition.worker_nightly: volume",
      "delete, create aws_ecs_task_definition.worker_report: volume",
      "delete, create aws_ecs_task_definition.worker_weekly: volume",
    ],
  },
  "services.*.sidecars.*.sharedVolumes.*.path": {
    plan: "first",
    set: { "services.worker.sidecars.helper.sharedVolumes.spool.path": "/other" },
    shows: NEW_TASKS,
  },
  "services.*.sidecars.*.sharedVolumes.*.readOnly": {
    plan: "first",
    set: { "services.worker.sidecars.helper.sharedVolumes.spool.readOnly": false },
    shows: NEW_TASKS,
  },
  "services.*.sidecars.*.mounts": {
    plan: "second",
    set: {
      "services.worker.sidecars.helper.mounts": [{ fileSystem: "media", path: "/media", readOnly: true }],
    },
    shows: [
      ...NEW_TASKS,
      "create aws_vpc_security_group_ingress_rule.media-from-worker-2049-tcp",
      "delete, create aws_ecs_task_definition.worker: volume",
      "update aws_iam_role_policy.worker_task: policy",
    ],
  },
  "services.*.sidecars.*.mounts[].fileSystem": { unplanned: MOUNTED },
  "services.*.sidecars.*.mounts[].path": { unplanned: MOUNTED },
  "services.*.sidecars.*.mounts[].readOnly": { unplanned: MOUNTED },
  "services.*.sidecars.*.mounts[].description": { unplanned: MOUNTED },
  "services.*.sidecars.*.mounts[].reason": { unplanned: MOUNTED },
  "services.*.sidecars.*.writablePaths": {
    plan: "first",
    set: { "services.worker.sidecars.helper.writablePaths": ["/run"] },
    shows: [...NEW_TASKS, "delete, create aws_ecs_task_definition.worker: volume"],
  },
};
