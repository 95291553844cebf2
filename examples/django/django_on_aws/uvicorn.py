"""Starts uvicorn: `python -m django_on_aws.uvicorn config.asgi:application`. Its own options and UVICORN_... variables win over these."""

import logging
import os
import signal
import sys
import time
from importlib import import_module

import uvicorn
from uvicorn.main import STARTUP_FAILURE
from uvicorn.supervisors import Multiprocess

from django_on_aws.environment import number

logger = logging.getLogger("uvicorn.error")


def options():
    """uvicorn's options from the variables that the platform gives a container."""
    result = {
        "host": "0.0.0.0",
        "port": number("PORT", 8000),
        "workers": number("WEB_CONCURRENCY", None) or number("WORKER_PROCESSES", 2),
        # A busy process is no dead process.
        "timeout_worker_healthcheck": 60,
        # Longer than the load balancer keeps a connection.
        "timeout_keep_alive": number("KEEP_ALIVE_SECONDS", 75),
        # Shorter than what ECS gives a container after SIGTERM.
        "timeout_graceful_shutdown": number("GRACEFUL_SECONDS", 110),
        "access_log": False,
    }
    # uvicorn takes the last address that none of these networks has: right with one proxy, which is the load balancer.
    if number("TRUSTED_PROXIES", 0) == 1:
        return {**result, "forwarded_allow_ips": os.environ.get("TRUSTED_NETWORKS", "")}
    return {**result, "proxy_headers": False}


class Supervisor(Multiprocess):
    """Ends where a process cannot start. uvicorn's own starts it again for ever, so that the container never ends."""

    failed = False

    def init_processes(self):
        super().init_processes()
        for process in self.processes:
            while not process.is_ready(timeout=1):
                if self.is_to_stop():
                    # It serves nobody yet, and would first end its start, however long that takes.
                    process.process.kill()
                    break
                if not process.process.is_alive():
                    return self.fail()
                time.sleep(0.1)

    def is_to_stop(self):
        return any(received in (signal.SIGTERM, signal.SIGINT) for received in self.signal_queue)

    def fail(self):
        logger.error("A process could not start, and so the others end, too.")
        self.failed = True
        self.should_exit.set()

    def run(self):
        super().run()
        if self.failed:
            sys.exit(STARTUP_FAILURE)


if __name__ == "__main__":
    import_module("uvicorn.main").Multiprocess = Supervisor
    uvicorn.main(default_map=options())
