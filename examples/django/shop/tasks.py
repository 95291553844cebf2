"""Tasks that end, fail, come back or lose their worker. Each may run more than once, and bears it."""

import os
import signal
import time
from uuid import UUID

from celery import shared_task
from django.db.models import F

from shop.models import Report, TaskRun


def count(task, field):
    run, _ = TaskRun.objects.get_or_create(task_id=UUID(task.request.id))
    TaskRun.objects.filter(pk=run.pk).update(**{field: F(field) + 1})


@shared_task(bind=True)
def add(self):
    count(self, "started")
    count(self, "finished")


@shared_task(bind=True)
def sleep(self, seconds):
    count(self, "started")
    time.sleep(seconds)
    count(self, "finished")


@shared_task(bind=True)
def fail(self):
    count(self, "started")
    raise RuntimeError("This task always fails.")


@shared_task(bind=True, max_retries=3)
def retry(self, seconds=1):
    """Fails once, and ends when it is tried again."""
    count(self, "started")
    if self.request.retries == 0:
        raise self.retry(countdown=seconds)
    count(self, "finished")


@shared_task(bind=True, default_retry_delay=1)
def once(self):
    """Loses its process after its work, before the broker knows that it is done. When it comes back, it finds its work done."""
    count(self, "started")
    if TaskRun.objects.filter(pk=UUID(self.request.id), finished=0).update(finished=1):
        os.kill(os.getpid(), signal.SIGKILL)


@shared_task(bind=True, default_retry_delay=1)
def poison(self):
    """Takes its worker's process with it, as one does that needs more memory than there is."""
    count(self, "started")
    os.kill(os.getpid(), signal.SIGKILL)


@shared_task
def report(seconds):
    """From beat, every so many seconds: two of them at once make one report."""
    Report.objects.get_or_create(period=int(time.time()) // seconds)
