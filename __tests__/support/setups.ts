// What the containers of seven set-ups get, typed from their lists: each variable by its name, in plain or from a secret.
import type { EnvironmentInput } from "../../src/schema/environment";
import { alpha } from "../setups/alpha";
import { chatbot } from "../setups/chatbot";
import { cookie } from "../setups/cookie";
import { exportsSetup } from "../setups/exports";
import { flags } from "../setups/flags";
import { hello } from "../setups/hello";
import { workspace } from "../setups/workspace";

/** The variables of a container, by name, in alphabetical order. */
export interface ContainerVariables {
  readonly plain: readonly string[];
  readonly secret: readonly string[];
}

export interface Setup {
  /** Its stages, of which the last is deployed; most have one. */
  readonly stages: readonly EnvironmentInput[];
  /** By service and container, those that run once not counted. */
  readonly containers: Readonly<Record<string, Readonly<Record<string, ContainerVariables>>>>;
}

/** Names in the order of the lists; with the region, without which boto3 finds none of AWS's services on Fargate. */
function variables(plain: string, secret = ""): ContainerVariables {
  const names = (text: string) => text.split(" ").filter(Boolean).sort();
  return { plain: names(`${plain} AWS_DEFAULT_REGION`), secret: names(secret) };
}

const NONE = variables("");
/** Sidecars have what they say, and not even the region. */
const NOTHING: ContainerVariables = { plain: [], secret: [] };

const ALPHA = variables(
  "POSTGRES_SERVICE_HOST POSTGRES_NAME REDIS_SERVICE_HOST S3_BUCKET_NAME DJANGO_SETTINGS_MODULE BASE_STACK_NAME APP_NAME " +
    "EMAIL_HOST EMAIL_PORT EMAIL_HOST_USER",
  "POSTGRES_USER POSTGRES_PASSWORD EMAIL_HOST_PASSWORD SENTRY_DSN PAYMENTS_API_KEY",
);

const CHATBOT = variables("REDIS_HOST", "DB_SECRET DJANGO_SECRET_KEY OPENAI_API_KEY");

const EXPORTS_PLAIN =
  "APP_NAME STAGE_NAME SERVICE_NAME DJANGO_DEBUG CACHE_ADDRESS CACHE_PORT STATIC_BUCKET_NAME MEDIA_BUCKET_NAME";
const EXPORTS_SECRET =
  "ALLOWED_HOSTS CSRF_COOKIE_DOMAIN DEFAULT_FROM_EMAIL FRONTEND_HOST SESSION_COOKIE_DOMAIN SITE_ADMINS SOCIAL_KEY SOCIAL_SECRET";

const FLAGS = variables(
  "DJANGO_ALLOWED_HOSTS PROMETHEUS_ENABLED OTEL_EXPORTER_OTLP_ENDPOINT INGESTION_REDIS_URL",
  "DATABASE_URL DJANGO_SECRET_KEY ANALYTICS_KEY SENTRY_KEY LICENCE",
);

const COOKIE_PLAIN =
  "DJANGO_SETTINGS_MODULE WEB_CONCURRENCY POSTGRES_HOST POSTGRES_PORT POSTGRES_DB DJANGO_ALLOWED_HOSTS DJANGO_AWS_STORAGE_BUCKET_NAME DJANGO_AWS_S3_REGION_NAME";
const COOKIE_SECRET =
  "POSTGRES_USER POSTGRES_PASSWORD REDIS_URL DJANGO_SECRET_KEY DJANGO_ADMIN_URL MAILGUN_API_KEY";
const COOKIE = variables(COOKIE_PLAIN, COOKIE_SECRET);

const WORKSPACE = variables(
  "ADMIN_DB__HOST ADMIN_DB__NAME DATA_DB__my_database__HOST DATA_DB__datasets_1__USER redis_host s3__uploads__bucket s3__notebooks__bucket",
  "ADMIN_DB__USER ADMIN_DB__PASSWORD",
);

export const SETUPS: Readonly<Record<string, Setup>> = {
  alpha: {
    stages: [alpha],
    containers: {
      gunicorn: { gunicorn: ALPHA },
      "web-ui": { "web-ui": NONE },
      worker: { worker: ALPHA },
      beat: { beat: ALPHA },
    },
  },
  chatbot: {
    stages: [chatbot("dev"), chatbot("test"), chatbot("prod")],
    containers: {
      web: { web: CHATBOT, nginx: NOTHING },
      worker: { worker: CHATBOT },
      scheduler: { scheduler: CHATBOT },
    },
  },
  cookie: {
    stages: [cookie],
    containers: {
      django: { django: COOKIE },
      celeryworker: { celeryworker: COOKIE },
      celerybeat: { celerybeat: COOKIE },
      flower: {
        flower: variables(COOKIE_PLAIN, `${COOKIE_SECRET} CELERY_FLOWER_USER CELERY_FLOWER_PASSWORD`),
      },
    },
  },
  exports: {
    stages: [exportsSetup("prod"), exportsSetup("staging")],
    containers: {
      web: { web: variables(EXPORTS_PLAIN, `${EXPORTS_SECRET} DB_SECRET MEDIA_SIGNING_KEY`) },
      worker: {
        worker: variables(`${EXPORTS_PLAIN} DB_SECRET_ARN CELERY_QUEUE CELERY_RUN_BEAT`, EXPORTS_SECRET),
      },
      "export-worker": {
        "export-worker": variables(
          `${EXPORTS_PLAIN} DB_SECRET_ARN CELERY_QUEUE CELERY_RUN_BEAT CELERY_MAX_TASKS_PER_CHILD`,
          EXPORTS_SECRET,
        ),
      },
    },
  },
  flags: {
    stages: [flags],
    containers: {
      "admin-api": { "admin-api": FLAGS },
      "sdk-api": { "sdk-api": FLAGS },
      "task-processor": { "task-processor": FLAGS },
      collector: { collector: NONE },
    },
  },
  hello: {
    stages: [hello],
    containers: {
      web: {
        web: variables("RDS_DB_NAME RDS_HOSTNAME RDS_PORT", "RDS_USERNAME RDS_PASSWORD"),
        nginx: NOTHING,
      },
    },
  },
  workspace: {
    stages: [workspace],
    containers: { admin: { admin: WORKSPACE }, celery: { celery: WORKSPACE }, notebook: { notebook: NONE } },
  },
};
