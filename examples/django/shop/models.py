"""What the shop keeps."""

from django.db import models


class Product(models.Model):
    """Something to see in the admin."""

    name = models.CharField(max_length=100)
    price = models.DecimalField(max_digits=8, decimal_places=2)

    def __str__(self):
        return self.name


class TaskRun(models.Model):
    """How often a task was begun and ended: more than once, where a worker was lost."""

    task_id = models.UUIDField(primary_key=True)
    started = models.PositiveIntegerField(default=0)
    finished = models.PositiveIntegerField(default=0)


class Report(models.Model):
    """One a period, whoever makes it: in a release, two beats run side by side."""

    period = models.BigIntegerField(unique=True)
