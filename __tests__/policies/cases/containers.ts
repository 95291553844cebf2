// Stacks for the policies on containers and their images.
import type { JsonObject } from "../../../src/reachability/terraform-config";
import { type PolicyCases, task } from "./policy-case";

const TASK = "aws_ecs_task_definition.web";
const UNREADABLE = "Its container definitions cannot be read before a deployment";

/** A task definition whose containers come from elsewhere. */
const unreadable: JsonObject = {
  resource: { aws_ecs_task_definition: { web: { container_definitions: "${file(var.path)}" } } },
};

/** An image with its tag as a variable, as the platform writes it. */
function tagged(tag: string): JsonObject {
  const image = '"a/web${startswith(var.tag, \\"sha256:\\") ? \\"@\\" : \\":\\"}${var.tag}"'.replaceAll(
    "\\",
    "",
  );
  return {
    variable: { tag: { default: tag } },
    resource: {
      aws_ecs_task_definition: {
        web: { container_definitions: `\${jsonencode([{"name" = "web", "image" = ${image}}])}` },
      },
    },
  };
}

function variable(name: string, value: string): JsonObject {
  return task({ environment: [{ name, value }] });
}

const VALUE = 'The container "web" has a plain variable SETTING, whose value looks like a secret';

export const containerCases: PolicyCases = {
  "image-pinned": {
    fires: [
      [
        task({ image: "a/web:latest" }),
        [TASK, 'The container "web" runs the image a/web with the tag "latest"'],
      ],
      [
        task({ image: "a/web" }),
        [TASK, 'The container "web" runs an image without a tag or digest that could be read'],
      ],
      [
        task({ image: "a/web:${var.unset}" }),
        [TASK, 'The container "web" runs an image without a tag or digest that could be read'],
      ],
      [tagged("latest"), [TASK, 'The container "web" runs the image a/web with the tag "latest"']],
      [unreadable, [TASK, UNREADABLE]],
    ],
    silent: [
      task({ image: "a/web:1.0.0" }),
      task({ image: `a/web@sha256:${"0".repeat(64)}` }),
      tagged("1.0.0"),
      tagged(`sha256:${"0".repeat(64)}`),
    ],
  },
  "no-plain-secrets": {
    fires: [
      [
        variable("database_password", "hunter2"),
        [
          TASK,
          'The container "web" has a plain variable database_password, whose name says that it is secret',
        ],
      ],
      [
        variable("API_TOKEN", "${aws_sqs_queue.jobs.url}"),
        [TASK, 'The container "web" has a plain variable API_TOKEN, whose name says that it is secret'],
      ],
      [variable("SETTING", "postgres://me:hunter2@db.internal/app"), [TASK, VALUE]],
      [variable("SETTING", `AKIA${"A".repeat(16)}`), [TASK, VALUE]],
      [variable("SETTING", "${random_password.main.result}"), [TASK, VALUE]],
      [variable("SETTING", "${data.aws_secretsmanager_secret_version.main.secret_string}"), [TASK, VALUE]],
      [
        task({ environmentFiles: [{ type: "s3", value: "arn:aws:s3:::settings/web.env" }] }),
        [
          TASK,
          'The container "web" reads variables from files in S3, which cannot be read before a deployment',
        ],
      ],
      [unreadable, [TASK, UNREADABLE]],
    ],
    silent: [
      variable("SETTING", "https://example.com/path"),
      variable("DB_SECRET_ARN", "${aws_db_instance.database.master_user_secret[0].secret_arn}"),
      variable("API_TOKEN_ARN", "arn:aws:secretsmanager:us-east-1:123456789012:secret:shop/token-AbCdEf"),
      task({ secrets: [{ name: "DATABASE_PASSWORD", valueFrom: "arn:aws:secretsmanager:..." }] }),
    ],
  },
  "containers-read-only": {
    fires: [
      [task({}), [TASK, 'The container "web" may write to its root filesystem']],
      [
        task({ readonlyRootFilesystem: false }),
        [TASK, 'The container "web" may write to its root filesystem'],
      ],
      [unreadable, [TASK, UNREADABLE]],
    ],
    silent: [task({ readonlyRootFilesystem: true })],
  },
  "containers-unprivileged": {
    fires: [
      [task({ privileged: true }), [TASK, 'The container "web" is privileged']],
      [
        task({ linuxParameters: { capabilities: { add: ["SYS_PTRACE"] } } }),
        [TASK, 'The container "web" has the added capabilities SYS_PTRACE'],
      ],
      [task({}, { pid_mode: "host" }), [TASK, "Its pid_mode is that of the host"]],
      [
        task({}, { volume: [{ name: "docker", host_path: "/var/run/docker.sock" }] }),
        [TASK, "It mounts a folder of the host"],
      ],
      [unreadable, [TASK, UNREADABLE]],
    ],
    silent: [
      task(
        { privileged: false, linuxParameters: { capabilities: { drop: ["ALL"] }, initProcessEnabled: true } },
        { network_mode: "awsvpc", volume: [{ name: "tmp" }] },
      ),
    ],
  },
};
