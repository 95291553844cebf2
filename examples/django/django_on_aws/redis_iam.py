"""Logs on to ElastiCache by IAM: the password is a request, signed with the task role's credentials, good for 15 minutes."""

import os
from functools import lru_cache
from urllib.parse import urlencode

import botocore.session
from botocore.model import ServiceId
from botocore.signers import RequestSigner
from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.credentials import CredentialProvider
from redis.exceptions import ConnectionError as LostConnection

from django_on_aws.environment import required


def redis_url(database):
    """Where the cache is. Its databases are apart: `cache.clear()` empties one."""
    return f"rediss://{required('REDIS_HOST')}:{required('REDIS_PORT')}/{database}"


def channel_layer_host(database):
    """One of the `hosts` of Channels' layer, which waits for a message on a connection of Redis for as long as a WebSocket is open."""
    return {
        "address": redis_url(database),
        "credential_provider": ElastiCacheCredentials(),
        # Longer than the 5 s that the layer waits at once: redis-py 8 gives up after as many.
        "socket_timeout": 30,
        # ElastiCache ends each connection after twelve hours. redis-py 5 asks for both of these.
        "retry": Retry(ExponentialBackoff(), 3),
        "retry_on_error": [LostConnection],
    }


@lru_cache(maxsize=1)
def botocore_session():
    """One for the process. The signer holds its parts by weak references: somebody has to keep it."""
    return botocore.session.get_session()


class ElastiCacheCredentials(CredentialProvider):
    """Gives redis-py a user and a fresh token for each connection. Celery names it by its dotted path, without arguments."""

    def __init__(self, user=None, cache_name=None, region=None):
        self.user = user or required("REDIS_USER")
        self.cache_name = cache_name or required("REDIS_CACHE_NAME")
        self.region = region or os.environ.get("AWS_DEFAULT_REGION") or required("AWS_REGION")

    def get_credentials(self):
        session = botocore_session()
        signer = RequestSigner(
            ServiceId("elasticache"),
            self.region,
            "elasticache",
            "v4",
            session.get_credentials(),
            session.get_component("event_emitter"),
        )
        query = urlencode({"Action": "connect", "User": self.user})
        signed = signer.generate_presigned_url(
            {
                "method": "GET",
                "url": f"https://{self.cache_name}/?{query}",
                "body": {},
                "headers": {},
                "context": {},
            },
            operation_name="connect",
            expires_in=900,
            region_name=self.region,
        )
        return self.user, signed.removeprefix("https://")

    async def get_credentials_async(self):
        return self.get_credentials()
