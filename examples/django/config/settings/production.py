"""The settings on the platform: the project's own, and what the container's variables say."""

import os

from config.settings import *  # noqa: F403
from config.settings import INSTALLED_APPS, MIDDLEWARE
from django_on_aws.environment import database_login, flag, items, number, pairs, required
from django_on_aws.redis_login import celery_url, channel_layer_host, redis_credentials, redis_url

SECRET_KEY = required("SECRET_KEY")
SECRET_KEY_FALLBACKS = items("SECRET_KEY_FALLBACKS")
DEBUG = flag("DEBUG")
ALLOWED_HOSTS = items("ALLOWED_HOSTS")
CSRF_TRUSTED_ORIGINS = items("CSRF_TRUSTED_ORIGINS")

SECURE_PROXY_SSL_HEADER = tuple(items("SECURE_PROXY_SSL_HEADER")) or None
USE_X_FORWARDED_HOST = flag("USE_X_FORWARDED_HOST")
SECURE_SSL_REDIRECT = flag("SECURE_SSL_REDIRECT")
SECURE_REDIRECT_EXEMPT = items("SECURE_REDIRECT_EXEMPT")
SECURE_HSTS_SECONDS = number("SECURE_HSTS_SECONDS", 0)
SESSION_COOKIE_SECURE = flag("SESSION_COOKIE_SECURE")
CSRF_COOKIE_SECURE = flag("CSRF_COOKIE_SECURE")

INSTALLED_APPS = [*INSTALLED_APPS, "django_on_aws"]

MIDDLEWARE = [
    "django_on_aws.middleware.HealthCheckMiddleware",  # before all others
    "django_on_aws.middleware.ClientAddressMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    *(name for name in MIDDLEWARE if name != "django.middleware.security.SecurityMiddleware"),
]

HEALTH_CHECK_PATH = os.environ.get("HEALTH_CHECK_PATH", "/health/live/")

TRUSTED_PROXIES = number("TRUSTED_PROXIES", 0)
TRUSTED_NETWORKS = items("TRUSTED_NETWORKS")

DATABASES = {
    "default": {
        "ENGINE": "django_on_aws.postgresql",
        "HOST": required("DATABASE_HOST"),
        "PORT": required("DATABASE_PORT"),
        "NAME": required("DATABASE_NAME"),
        **database_login(),
        # WSGI: as long as the thread lives. config/asgi.py says 0; Celery ends one after each task.
        "CONN_MAX_AGE": number("DATABASE_CONN_MAX_AGE", None),
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"sslmode": required("DATABASE_SSLMODE")},
    }
}

if pool_size := number("DATABASE_POOL_SIZE", 0):
    DATABASES["default"]["CONN_MAX_AGE"] = 0
    DATABASES["default"]["OPTIONS"]["pool"] = {"min_size": 1, "max_size": pool_size}

# Services with connectsTo: ["redis"] have it. The others keep Django's own cache, in each process, and sessions in the database.
REDIS = bool(os.environ.get("REDIS_HOST"))
if REDIS:
    CACHES = {
        "default": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": redis_url(database=0),
            "OPTIONS": {"credential_provider": redis_credentials(), "health_check_interval": 30},
        }
    }
    SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"

CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_CONCURRENCY = number("WORKER_PROCESSES", 2)
# For workers with REMAP_SIGTERM=SIGQUIT: what is not done by then is given back.
CELERY_WORKER_SOFT_SHUTDOWN_TIMEOUT = number("GRACEFUL_SECONDS", 0)
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_WORKER_CANCEL_LONG_RUNNING_TASKS_ON_CONNECTION_LOSS = True
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": number("VISIBILITY_TIMEOUT_SECONDS", 3600)}
# Not CELERY_BROKER: Celery's command takes that for the broker's URL.
broker = os.environ.get("TASK_BROKER") or ("redis" if os.environ.get("REDIS_HOST") else None)

if broker == "redis":
    CELERY_BROKER_URL = celery_url(database=1)
    CELERY_RESULT_BACKEND = CELERY_BROKER_URL
    # Redis has no dead letters. From Celery 5.7 on, a task that ends its process is tried `max_retries` times; before, for ever.
    CELERY_TASK_RETRY_ON_WORKER_LOST = True

if broker == "sqs":
    queues = pairs("QUEUE_URLS")
    CELERY_BROKER_URL = "sqs://"
    CELERY_BROKER_TRANSPORT_OPTIONS |= {
        "region": required("AWS_DEFAULT_REGION"),
        # Without this, Celery asks for all queues of the account, and is refused.
        "predefined_queues": {key: {"url": url} for key, url in queues.items()},
        # SQS answers a worker that has gone meanwhile, too: that message stays hidden until its time is up.
        "wait_time_seconds": 5,
    }
    CELERY_TASK_DEFAULT_QUEUE = os.environ.get("TASK_QUEUE") or next(iter(queues), None)
    # Both would need queues of their own.
    CELERY_WORKER_ENABLE_REMOTE_CONTROL = False
    CELERY_WORKER_SEND_TASK_EVENTS = False

# With BACKLOG_NAMESPACE, beat also publishes how many tasks wait.
scheduler = "backlog" if os.environ.get("BACKLOG_NAMESPACE") else "celery"
CELERY_BEAT_SCHEDULER = f"django_on_aws.{scheduler}:Scheduler"
CELERY_BEAT_SCHEDULE_FILENAME = "/tmp/celerybeat-schedule"
CELERY_BEAT_MAX_LOOP_INTERVAL = 30

if REDIS:
    CHANNEL_LAYERS = {
        "default": {
            "BACKEND": "channels_redis.core.RedisChannelLayer",
            "CONFIG": {"hosts": [channel_layer_host(database=2)]},
        }
    }

STATIC_URL = "/static/"
STATIC_ROOT = BASE_DIR / "staticfiles"  # noqa: F405
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

if bucket := os.environ.get("UPLOADS_BUCKET_NAME"):
    STORAGES["default"] = {
        "BACKEND": "storages.backends.s3.S3Storage",
        # Both are for links: newer regions and KMS take no other signature, and the bucket's region has to stand in them.
        "OPTIONS": {"bucket_name": bucket, "signature_version": "s3v4", "addressing_style": "virtual"},
    }

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"json": {"()": "django_on_aws.logs.JsonFormatter"}},
    "handlers": {
        "console": {"class": "logging.StreamHandler", "formatter": "json"},
        "null": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "INFO"},
    "loggers": {
        # Anybody can send any Host: that is no error of ours.
        "django.security.DisallowedHost": {"handlers": ["null"], "propagate": False},
        # One line for a log-in that fails: django_on_aws writes it.
        "axes": {"level": "ERROR"},
        # Says at each start where credentials come from.
        "botocore": {"level": "WARNING"},
    },
}

if dsn := os.environ.get("SENTRY_DSN"):
    import sentry_sdk

    sentry_sdk.init(
        dsn=dsn,
        environment=os.environ.get("SENTRY_ENVIRONMENT"),
        # Where the database cannot be reached, psycopg's hold its password.
        include_local_variables=False,
    )
