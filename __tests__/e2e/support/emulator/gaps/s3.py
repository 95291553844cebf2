"""S3: bucket policies that refuse plain HTTP (`aws:SecureTransport`).

The emulator stands in for an HTTPS endpoint but speaks HTTP, and moto takes a statement whose condition it cannot judge
for a refusal. Real AWS, reached over HTTPS, passes such a statement by.
"""

import json

from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket


def _is_about_transport(statement):
    return "aws:SecureTransport" in json.dumps(statement.get("Condition") or {})


def get_permission(self, action, resource):
    if self.policy is None:
        return PermissionResult.NEUTRAL
    document = json.loads(self.policy)
    judged = [statement for statement in document["Statement"] if not _is_about_transport(statement)]
    return IAMPolicy(json.dumps({**document, "Statement": judged})).is_action_permitted(action, resource)


def close():
    FakeBucket.get_permission = get_permission
