"""Celery: `celery --app config worker` and `celery --app config beat`."""

import os

from celery import Celery

from django_on_aws.celery import WorkerHeartbeat
from django_on_aws.environment import number

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings.production")
app = Celery("config")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()
app.conf.beat_schedule = {"report": {"task": "shop.tasks.report", "schedule": number("REPORT_SECONDS", 3600)}}
app.steps["worker"].add(WorkerHeartbeat)
