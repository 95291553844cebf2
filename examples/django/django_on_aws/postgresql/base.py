"""The backend: `DATABASES["default"]["LOGIN_SECRET"]` is the secret's ARN. Without one it is Django's own."""

import psycopg
from django.db import DEFAULT_DB_ALIAS
from django.db.backends.postgresql import base

from django_on_aws.postgresql.login import login


class LoginConnection(psycopg.Connection):
    """What psycopg's pool opens: the pool keeps its arguments for good, and so would keep a password."""

    @classmethod
    def connect(cls, conninfo="", *, login_secret, **arguments):
        return login(login_secret).connect(lambda fresh: super(LoginConnection, cls).connect(conninfo, **{**arguments, **fresh}))


class DatabaseWrapper(base.DatabaseWrapper):
    """PostgreSQL, with the login of a secret."""

    def __init__(self, settings_dict, alias=DEFAULT_DB_ALIAS):
        pool = settings_dict.get("OPTIONS", {}).get("pool")
        self.secret = settings_dict.get("LOGIN_SECRET")
        self.pooled = bool(pool)
        if self.secret and pool:
            options = {"connection_class": LoginConnection, **({} if pool is True else pool)}
            settings_dict = {**settings_dict, "OPTIONS": {**settings_dict["OPTIONS"], "pool": options}}
        super().__init__(settings_dict, alias)

    def get_connection_params(self):
        parameters = super().get_connection_params()
        return {**parameters, "login_secret": self.secret} if self.secret and self.pooled else parameters

    def get_new_connection(self, conn_params):
        connect = super().get_new_connection
        if not self.secret or self.pooled:
            return connect(conn_params)
        return login(self.secret).connect(lambda fresh: connect({**conn_params, **fresh}))
