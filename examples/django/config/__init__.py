"""The project: its settings, its URLs and what starts it."""

from config.celery import app as celery

__all__ = ["celery"]
