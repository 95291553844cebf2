"""gunicorn's configuration: `gunicorn --config python:django_on_aws.gunicorn config.wsgi`. GUNICORN_CMD_ARGS and the command line win over it."""

from django_on_aws.environment import number

bind = f"0.0.0.0:{number('PORT', 8000)}"
worker_class = "gthread"
workers = number("WEB_CONCURRENCY", None) or number("WORKER_PROCESSES", 2)
threads = number("WORKER_THREADS", 8)
# Longer than the load balancer keeps a connection: it would send a request into one that is just being closed.
keepalive = number("KEEP_ALIVE_SECONDS", 75)
# Shorter than what ECS gives a container after SIGTERM.
graceful_timeout = number("GRACEFUL_SECONDS", 110)
# The container's own files are read-only: a heartbeat file in memory, and no control socket (gunicorn 25.1 and later).
worker_tmp_dir = "/dev/shm"
control_socket_disable = True
