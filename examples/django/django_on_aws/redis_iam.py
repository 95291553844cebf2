"""Logs on to ElastiCache by IAM: the password is a request, signed with the task role's credentials, good for 15 minutes."""

import os
from functools import lru_cache
from urllib.parse import urlencode

import botocore.session
from botocore.model import ServiceId
from botocore.signers import RequestSigner
from redis.credentials import CredentialProvider

from django_on_aws.environment import required


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
