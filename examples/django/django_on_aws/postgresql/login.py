"""User and password of the database from Secrets Manager: kept, and read again when PostgreSQL refuses them."""

import json
import time
from functools import lru_cache
from threading import Lock

import boto3
from botocore.config import Config

# RDS changes the password first and the secret some seconds later: so long a connection waits for the secret.
PATIENCE_SECONDS = 20
PAUSE_SECONDS = 0.5


def refused(error):
    """Whether PostgreSQL refused the user or the password. Before a session begins, libpq gives no code, only text."""
    return getattr(error, "sqlstate", None) in ("28P01", "28000") or "authentication failed" in str(error)


class Login:
    """The secret's `username` and `password`, as arguments of a connection."""

    def __init__(self, arn):
        self.arn = arn
        self.lock = Lock()
        self.kept = None
        self.read_at = 0.0
        self.client = boto3.client(
            "secretsmanager",
            region_name=arn.split(":")[3],
            config=Config(connect_timeout=3, read_timeout=5, retries={"mode": "standard"}),
        )

    def arguments(self, older_than=None):
        """What is kept; read again if that was before `older_than` (of `time.monotonic`)."""
        with self.lock:
            if self.kept is None or (older_than is not None and self.read_at < older_than):
                secret = json.loads(self.client.get_secret_value(SecretId=self.arn)["SecretString"])
                self.kept = {"user": secret["username"], "password": secret["password"]}
                self.read_at = time.monotonic()
            return self.kept

    def connect(self, attempt):
        """Calls `attempt` with user and password until they are taken, for `PATIENCE_SECONDS` at most."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        tried_at = time.monotonic()
        arguments = self.arguments()
        while True:
            try:
                return attempt(arguments)
            except Exception as error:
                if not refused(error) or time.monotonic() > deadline:
                    raise
            fresh = self.arguments(older_than=tried_at)
            if fresh == arguments:
                time.sleep(PAUSE_SECONDS)
            tried_at = time.monotonic()
            arguments = fresh


known = lru_cache(maxsize=None)(Login)
making = Lock()


def login(arn):
    """One for each secret and process, whichever thread asks first: boto3 makes no clients in two threads at once."""
    with making:
        return known(arn)
