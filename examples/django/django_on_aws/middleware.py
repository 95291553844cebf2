"""Middleware that answers the health check, and middleware that finds the client's address behind the load balancer."""

import ipaddress
import re

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.http import HttpResponse


class HealthCheckMiddleware:
    """Answers the load balancer before anything looks at the host, the scheme, the database or the cache."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response):
        check_static_files()
        self.get_response = get_response
        # The load balancer may ask with a query, which is no part of a request's path.
        self.path = settings.HEALTH_CHECK_PATH.partition("?")[0]
        self.is_async = iscoroutinefunction(get_response)
        if self.is_async:
            markcoroutinefunction(self)

    def __call__(self, request):
        if request.path_info != self.path:
            return self.get_response(request)
        response = HttpResponse("ok", content_type="text/plain")
        return self.answer_later(response) if self.is_async else response

    async def answer_later(self, response):
        return response


def check_static_files():
    """An image without collectstatic serves nothing: it would answer each page with 500, and the health check with 200."""
    from django.contrib.staticfiles.storage import ManifestFilesMixin, staticfiles_storage

    if settings.DEBUG or not isinstance(staticfiles_storage, ManifestFilesMixin):
        return
    if not staticfiles_storage.hashed_files:
        raise ImproperlyConfigured(
            f"{settings.STATIC_ROOT} holds no manifest of the static files. Run collectstatic when the image is built."
        )


class ClientAddressMiddleware:
    """Sets REMOTE_ADDR to the client's address, for whatever asks for it afterwards: logs, django-axes, rate limits."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response):
        self.get_response = get_response
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)
        self.networks = [ipaddress.ip_network(network) for network in settings.TRUSTED_NETWORKS]

    def __call__(self, request):
        request.META["REMOTE_ADDR"] = client_address(
            request.META.get("REMOTE_ADDR", ""),
            request.META.get("HTTP_X_FORWARDED_FOR", ""),
            self.networks,
            settings.TRUSTED_PROXIES,
        )
        return self.get_response(request)


def client_address(peer, forwarded, networks, proxies):
    """
    The address that the outermost of our proxies saw; the peer's own where that is none of our proxies.

    Each proxy adds what it sees as the last entry of X-Forwarded-For; a client can make up the entries before those.
    """
    entries = [entry.strip() for entry in forwarded.split(",")]
    address = parsed(peer)
    if proxies < 1 or len(entries) < proxies or not any(address in network for network in networks if address):
        return peer
    client = parsed(entries[-proxies])
    return str(client) if client else peer


def parsed(text):
    # Some proxies add the port: 203.0.113.9:50000, [2001:db8::1]:50000.
    if with_port := re.fullmatch(r"\[(.+)\](?::\d+)?|([\d.]+):\d+", text):
        text = with_port[1] or with_port[2]
    try:
        return ipaddress.ip_address(text)
    except ValueError:
        return None
