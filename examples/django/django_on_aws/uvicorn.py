"""Starts uvicorn: `python -m django_on_aws.uvicorn config.asgi:application`. Options that follow win over these."""

import os
import sys

import uvicorn

from django_on_aws.environment import number


def options():
    """uvicorn's options from the variables that the platform gives a container."""
    workers = number("WEB_CONCURRENCY", None) or number("WORKER_PROCESSES", 2)
    result = [
        "--host=0.0.0.0",
        f"--port={number('PORT', 8000)}",
        f"--workers={workers}",
        # A busy process is no dead process.
        "--timeout-worker-healthcheck=60",
        # Longer than the load balancer keeps a connection.
        f"--timeout-keep-alive={number('KEEP_ALIVE_SECONDS', 75)}",
        # Shorter than what ECS gives a container after SIGTERM.
        f"--timeout-graceful-shutdown={number('GRACEFUL_SECONDS', 110)}",
        "--no-access-log",
    ]
    # uvicorn takes the last address that none of these networks has: right with one proxy, which is the load balancer.
    if number("TRUSTED_PROXIES", 0) == 1:
        return [*result, f"--forwarded-allow-ips={os.environ.get('TRUSTED_NETWORKS', '')}"]
    return [*result, "--no-proxy-headers"]


if __name__ == "__main__":
    uvicorn.main([*options(), *sys.argv[1:]])
