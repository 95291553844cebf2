"""How many of Celery's tasks wait in Redis, as a metric in CloudWatch, by which the platform adds workers and takes them away."""

import functools
import logging
import os
import time

import boto3
from amqp.exceptions import ChannelError

from django_on_aws import celery
from django_on_aws.environment import items, required

SECONDS = 30
METRIC = "Backlog"

logger = logging.getLogger(__name__)


def waiting(app, queue):
    """Tasks of a queue that no worker has begun. Redis keeps no empty list, so a queue that is not there is empty."""
    with app.connection_for_read() as connection:
        try:
            return connection.default_channel.queue_declare(queue=queue, passive=True).message_count
        except ChannelError:
            return 0


def publish(app):
    """One value for each of BACKLOG_QUEUES, in BACKLOG_NAMESPACE. Dimensions: `queue`, and `stage` where BACKLOG_STAGE says one."""
    stage = os.environ.get("BACKLOG_STAGE")
    shared = [{"Name": "stage", "Value": stage}] if stage else []
    cloudwatch().put_metric_data(
        Namespace=required("BACKLOG_NAMESPACE"),
        MetricData=[
            {
                "MetricName": METRIC,
                "Dimensions": [*shared, {"Name": "queue", "Value": queue}],
                "Value": waiting(app, queue),
                "Unit": "Count",
            }
            for queue in items("BACKLOG_QUEUES")
        ],
    )


@functools.cache
def cloudwatch():
    return boto3.client("cloudwatch")


class Scheduler(celery.Scheduler):
    """Publishes from beat itself, of which there is one: a task that did would wait behind the others. What goes wrong stops no beat."""

    published = None

    def tick(self, *args, **kwargs):
        if self.published is None or time.monotonic() - self.published >= SECONDS:
            self.published = time.monotonic()
            try:
                publish(self.app)
            except Exception:
                logger.warning("The backlog was not published.", exc_info=True)
        return super().tick(*args, **kwargs)
