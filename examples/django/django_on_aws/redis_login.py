"""Where the cache is, and how a process logs on to it: by IAM, by a password, or not at all, as the platform's variables say."""

import os
from urllib.parse import quote

from redis.asyncio.retry import Retry
from redis.backoff import ExponentialBackoff
from redis.credentials import UsernamePasswordCredentialProvider
from redis.exceptions import ConnectionError as LostConnection

from django_on_aws.environment import required
from django_on_aws.redis_iam import ElastiCacheCredentials


def redis_url(database):
    """Where the cache is. Its databases are apart: `cache.clear()` empties one."""
    return f"rediss://{required('REDIS_HOST')}:{required('REDIS_PORT')}/{database}"


def redis_credentials():
    """What redis-py logs on with; None where nobody is asked. A variable that is missing is an error, and no open door."""
    if os.environ.get("REDIS_PASSWORD"):
        return UsernamePasswordCredentialProvider(required("REDIS_USER"), required("REDIS_PASSWORD"))
    if os.environ.get("REDIS_USER") or os.environ.get("REDIS_CACHE_NAME"):
        return ElastiCacheCredentials()
    return None


def celery_url(database):
    """The cache as Celery's broker: in its URL stand user and password, or the credential provider by its dotted name."""
    url = f"{redis_url(database)}?ssl_cert_reqs=required"
    if password := os.environ.get("REDIS_PASSWORD"):
        login = f"{quote(required('REDIS_USER'), safe='')}:{quote(password, safe='')}@"
        return url.replace("rediss://", f"rediss://{login}", 1)
    if redis_credentials():
        return f"{url}&credential_provider=django_on_aws.redis_iam.ElastiCacheCredentials"
    return url


def channel_layer_host(database):
    """One of the `hosts` of Channels' layer, which waits for a message on a connection of Redis for as long as a WebSocket is open."""
    return {
        "address": redis_url(database),
        "credential_provider": redis_credentials(),
        # Longer than the 5 s that the layer waits at once: redis-py 8 gives up after as many.
        "socket_timeout": 30,
        # ElastiCache ends each connection after twelve hours. redis-py 5 asks for both of these.
        "retry": Retry(ExponentialBackoff(), 3),
        "retry_on_error": [LostConnection],
    }
