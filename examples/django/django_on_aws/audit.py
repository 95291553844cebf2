"""Writes one line for each log-in that fails: the platform's alarm counts lines with "Login failed"."""

import logging

from django.contrib.auth.signals import user_login_failed
from django.dispatch import receiver

logger = logging.getLogger(__name__)


@receiver(user_login_failed, dispatch_uid="django_on_aws.audit")
def log_failed_login(sender, credentials, request=None, **kwargs):
    # Not the user's name: some people type their password there.
    address = request.META.get("REMOTE_ADDR") if request else None
    logger.warning("Login failed from %s", address or "an unknown address")
