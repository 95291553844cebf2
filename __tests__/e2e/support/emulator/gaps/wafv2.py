"""AWS WAF: the lock token of an IP set.

Real AWS gives a UUID, and takes nothing else for one. moto gives six digits, which come back in every later call.
"""

from moto.moto_api._internal import mock_random
from moto.wafv2.models import FakeIPSet


def close():
    for call in ("__init__", "update"):
        original = getattr(FakeIPSet, call)

        def with_whole_token(self, *args, original=original, **kwargs):
            original(self, *args, **kwargs)
            self.lock_token = str(mock_random.uuid4())

        setattr(FakeIPSet, call, with_whole_token)
