"""SQS: the attribute RedriveAllowPolicy, and attributes that come back as they were given.

Real AWS keeps RedriveAllowPolicy like any other attribute, leaves alone what a call to SetQueueAttributes does not
name, and returns a redrive policy in compact JSON. moto does not return the first, forgets the queue's Policy whenever
another attribute is set, and puts spaces into the last, which Terraform takes for a change.
"""

import json

from moto.sqs.models import Queue


def close():
    Queue.redrive_allow_policy = None
    Queue.BASE_ATTRIBUTES = [*Queue.BASE_ATTRIBUTES, "RedriveAllowPolicy"]
    set_attributes, attributes = Queue._set_attributes, Queue.attributes

    def _set_attributes(self, given, now=None):
        kept = getattr(self, "policy", None)
        # An empty RedriveAllowPolicy is how a client removes it; AWS then returns no such attribute at all.
        removed = {"RedriveAllowPolicy": None} if given.get("RedriveAllowPolicy") == "" else {}
        set_attributes(self, {**given, **removed}, now)
        if "Policy" not in given:
            self.policy = kept

    def _attributes(self):
        result = attributes.fget(self)
        if result.get("RedrivePolicy"):
            result["RedrivePolicy"] = json.dumps(json.loads(result["RedrivePolicy"]), separators=(",", ":"))
        return result

    Queue._set_attributes = _set_attributes
    Queue.attributes = property(_attributes)
