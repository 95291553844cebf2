"""Reads the variables that the platform gives a container."""

import os

from django.core.exceptions import ImproperlyConfigured


def required(name):
    """
    A variable without which the application cannot run; ImproperlyConfigured where it is missing.

    Only the image's build does without: it says so by IMAGE_BUILD=True, and collectstatic needs neither a database nor a secret.
    """
    value = os.environ.get(name, "")
    if not value and flag("IMAGE_BUILD"):
        return "build"
    if not value:
        raise ImproperlyConfigured(f"The environment variable {name} is not set.")
    return value


def flag(name):
    """True or False, as Python writes them; False where it is missing. "true" or "1" would be taken for False, and nobody told."""
    value = os.environ.get(name, "")
    if value not in ("True", "False", ""):
        raise ImproperlyConfigured(f"The environment variable {name} is True or False, and not {value!r}.")
    return value == "True"


def number(name, default):
    """A whole number, which is not negative."""
    value = os.environ.get(name, "").strip()
    if value and not (value.isascii() and value.isdigit()):
        raise ImproperlyConfigured(f"The environment variable {name} is a whole number, and not {value!r}.")
    return int(value) if value else default


def items(name):
    """A list that is written with commas."""
    return [item.strip() for item in os.environ.get(name, "").split(",") if item.strip()]


def pairs(name):
    """A dictionary that is written as key=value, with commas; ImproperlyConfigured where it is missing."""
    required(name)
    for item in items(name):
        if "=" not in item:
            raise ImproperlyConfigured(f"The environment variable {name} has key=value, and not {item!r}.")
    return dict(item.split("=", 1) for item in items(name))


def database_login():
    """The part of DATABASES that logs on: the secret's ARN with `databaseLogin: "at-connection"`, else user and password."""
    if secret := os.environ.get("DATABASE_LOGIN_ARN"):
        return {"LOGIN_SECRET": secret}
    return {"USER": required("DATABASE_USER"), "PASSWORD": required("DATABASE_PASSWORD")}
