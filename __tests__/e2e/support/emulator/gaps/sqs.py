"""SQS: the attribute RedriveAllowPolicy, attributes that come back as they were given, and ReceiveMessage that waits.

Real AWS keeps RedriveAllowPolicy like any other attribute, leaves alone what a call to SetQueueAttributes does not
name, and returns a redrive policy in compact JSON. moto does not return the first, forgets the queue's Policy whenever
another attribute is set, and puts spaces into the last, which Terraform takes for a change.

A call that waits for a message holds up no other. As with AWS, it takes a message even when its client is gone meanwhile:
that one stays hidden for its time-out, and counts as received.
"""

import json
import time

import turns
from moto.sqs.models import Queue

LOOKS_EVERY = 0.05
"""Seconds between two looks at a queue for which somebody waits."""


def wait_for_messages(self, timeout):
    """Until a message is visible, or the time (seconds) is up."""
    end = time.monotonic() + timeout
    # Once at least: moto asks again and again for a message that it does not give out.
    while True:
        with turns.aside():
            time.sleep(LOOKS_EVERY)
        if self.messages or time.monotonic() > end:
            return


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
    Queue.wait_for_messages = wait_for_messages
