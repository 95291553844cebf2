"""S3: policies that refuse plain HTTP, old versions that a lifecycle rule keeps, writes that happen once, delete markers.

Policies (`aws:SecureTransport`): the emulator stands in for an HTTPS endpoint but speaks HTTP, and moto takes a statement
whose condition it cannot judge for a refusal. Real AWS, reached over HTTPS, passes such a statement by.

PutBucketLifecycleConfiguration: moto forgets how many old versions a rule keeps (`NewerNoncurrentVersions`), and the
provider waits for minutes until it reads back what it has written. Real AWS remembers.

PutObject with `If-None-Match: *`: real AWS writes once, however many ask at the same time. moto looks whether the object
is there and then writes, and two of its threads can both look before either writes.

DeleteObject of the last version of an object that had been deleted: moto breaks down over the delete marker that is left.
Real AWS deletes it, as a bucket that is emptied needs.
"""

import json
import threading

from moto.iam.access_control import IAMPolicy, PermissionResult
from moto.s3.models import FakeBucket, FakeDeleteMarker
from moto.s3.responses import S3Response


def _is_about_transport(statement):
    return "aws:SecureTransport" in json.dumps(statement.get("Condition") or {})


def get_permission(self, action, resource):
    if self.policy is None:
        return PermissionResult.NEUTRAL
    document = json.loads(self.policy)
    judged = [statement for statement in document["Statement"] if not _is_about_transport(statement)]
    return IAMPolicy(json.dumps({**document, "Statement": judged})).is_action_permitted(action, resource)


def remember_kept_versions():
    set_lifecycle = FakeBucket.set_lifecycle
    get_bucket_lifecycle = S3Response.get_bucket_lifecycle

    def remembering(self, rules):
        set_lifecycle(self, rules)
        for written, kept in zip(rules, self.rules):
            kept.newer_versions = (written.get("NoncurrentVersionExpiration") or {}).get("NewerNoncurrentVersions")

    def telling(self):
        serialized = self.serialized

        def complete(result):
            for told, kept in zip(result.result["Rules"], self.backend.get_bucket_lifecycle(self.bucket_name)):
                if kept.newer_versions is not None:
                    told["NoncurrentVersionExpiration"]["NewerNoncurrentVersions"] = kept.newer_versions
            return serialized(result)

        self.serialized = complete
        try:
            return get_bucket_lifecycle(self)
        finally:
            # An error is serialized as it is.
            del self.serialized

    FakeBucket.set_lifecycle = remembering
    S3Response.get_bucket_lifecycle = telling


def write_once():
    put_object = S3Response.put_object
    writing = threading.Lock()

    def one_at_a_time(self):
        with writing:
            return put_object(self)

    S3Response.put_object = one_at_a_time


def dispose(self):
    """Gives back what an object's content takes; a marker has none."""


def close():
    FakeBucket.get_permission = get_permission
    remember_kept_versions()
    write_once()
    FakeDeleteMarker.dispose = dispose
