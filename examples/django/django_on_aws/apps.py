"""The Django app: it connects the signals of `audit`."""

from django.apps import AppConfig


class DjangoOnAwsConfig(AppConfig):
    name = "django_on_aws"

    def ready(self):
        from django_on_aws import audit  # noqa: F401
