"""Heartbeat files of Celery's worker and beat, for the health checks of their containers."""

from celery import bootsteps
from celery.beat import PersistentScheduler

from django_on_aws.heartbeat import beat

WORKER = "/tmp/worker.heartbeat"
BEAT = "/tmp/beat.heartbeat"
SECONDS = 10


class WorkerHeartbeat(bootsteps.StartStopStep):
    """Beats from the worker's own loop, which stands still where the worker takes no more tasks."""

    requires = {"celery.worker.components:Timer"}

    def __init__(self, worker, **kwargs):
        self.timer = None

    def start(self, worker):
        beat(WORKER)
        self.timer = worker.timer.call_repeatedly(SECONDS, beat, (WORKER,), priority=10)

    def stop(self, worker):
        if self.timer:
            self.timer.cancel()


class Scheduler(PersistentScheduler):
    """Beats each time that beat looks at its schedule: every `beat_max_loop_interval` seconds at least."""

    def tick(self, *args, **kwargs):
        beat(BEAT)
        return super().tick(*args, **kwargs)
