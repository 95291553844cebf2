"""The backlog of Celery's queues, counted and published."""

import os
from unittest import TestCase, mock

import boto3
from botocore.stub import Stubber
from celery import Celery

from django_on_aws import backlog, celery

VARIABLES = {
    "AWS_DEFAULT_REGION": "eu-central-1",
    "AWS_ACCESS_KEY_ID": "AKIAEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "example",
    "BACKLOG_NAMESPACE": "Shop/Celery",
    "BACKLOG_QUEUES": "celery, heavy",
    "BACKLOG_STAGE": "staging",
}


def published(queue, value):
    return {
        "MetricName": "Backlog",
        "Dimensions": [{"Name": "stage", "Value": "staging"}, {"Name": "queue", "Value": queue}],
        "Value": value,
        "Unit": "Count",
    }


class BacklogTest(TestCase):
    def setUp(self):
        self.enterContext(mock.patch.dict(os.environ, VARIABLES, clear=True))
        self.app = Celery("backlog", broker="memory://")
        self.client = boto3.client("cloudwatch")
        self.enterContext(mock.patch.object(backlog, "cloudwatch", lambda: self.client))

    def send(self, queue, count):
        for _ in range(count):
            self.app.send_task("shop.tasks.add", queue=queue)

    def test_counts_what_waits_in_each_queue_and_nothing_where_there_is_none(self):
        self.send("mails", 3)
        self.assertEqual(backlog.waiting(self.app, "mails"), 3)
        self.assertEqual(backlog.waiting(self.app, "never-used"), 0)

    def test_publishes_one_value_a_queue(self):
        self.send("heavy", 2)
        # Held to the model of CloudWatch's API, too.
        with Stubber(self.client) as cloudwatch:
            data = [published("celery", 0), published("heavy", 2)]
            cloudwatch.add_response("put_metric_data", {}, {"Namespace": "Shop/Celery", "MetricData": data})
            backlog.publish(self.app)
            cloudwatch.assert_no_pending_responses()

    def test_beat_publishes_twice_a_minute_and_goes_on_where_it_cannot(self):
        scheduler = backlog.Scheduler(self.app, schedule_filename=os.devnull, lazy=True)
        times = [1000.0]
        with (
            mock.patch.object(celery.Scheduler, "tick", return_value=30),
            mock.patch.object(backlog.time, "monotonic", lambda: times[0]),
            mock.patch.object(backlog, "publish", side_effect=RuntimeError("AccessDenied")) as publish,
            self.assertLogs("django_on_aws.backlog", "WARNING"),
        ):
            self.assertEqual(scheduler.tick(), 30)
            times[0] = 1010.0
            scheduler.tick()
            self.assertEqual(publish.call_count, 1)
            times[0] = 1030.0
            scheduler.tick()
            self.assertEqual(publish.call_count, 2)
