"""Security Hub: the hub's configuration, and subscriptions to standards.

Real AWS keeps what UpdateSecurityHubConfiguration says and returns it with DescribeHub; moto lacks the call and returns
fixed values. BatchEnableStandards, BatchDisableStandards and GetEnabledStandards, which moto lacks as well, keep one
subscription a standard, and disabling the hub ends them all.
"""

import json

from moto.core.responses import ActionResult
from moto.securityhub import urls
from moto.securityhub.models import SecurityHubBackend
from moto.securityhub.responses import SecurityHubResponse

CONFIGURATION = ("AutoEnableControls", "ControlFindingGenerator")


def _kept(backend, name):
    return backend.__dict__.setdefault(name, {})


def update_security_hub_configuration(self):
    self.securityhub_backend.describe_hub()
    given = json.loads(self.body)
    _kept(self.securityhub_backend, "configuration").update(
        {name: given[name] for name in CONFIGURATION if name in given}
    )
    return ActionResult({})


def batch_enable_standards(self):
    backend = self.securityhub_backend
    backend.describe_hub()
    subscriptions = []
    for request in json.loads(self.body)["StandardsSubscriptionRequests"]:
        standard = request["StandardsArn"]
        name = standard.split("/", 1)[1]
        arn = f"arn:aws:securityhub:{backend.region_name}:{backend.account_id}:subscription/{name}"
        subscriptions.append(
            {
                "StandardsSubscriptionArn": arn,
                "StandardsArn": standard,
                "StandardsInput": request.get("StandardsInput") or {},
                "StandardsStatus": "READY",
                "StandardsControlsUpdatable": "READY_FOR_UPDATES",
            }
        )
    _kept(backend, "subscriptions").update({one["StandardsSubscriptionArn"]: one for one in subscriptions})
    return ActionResult({"StandardsSubscriptions": subscriptions})


def batch_disable_standards(self):
    subscriptions = _kept(self.securityhub_backend, "subscriptions")
    ended = [subscriptions.pop(arn) for arn in json.loads(self.body)["StandardsSubscriptionArns"]]
    return ActionResult({"StandardsSubscriptions": [{**one, "StandardsStatus": "DELETING"} for one in ended]})


def get_enabled_standards(self):
    backend = self.securityhub_backend
    backend.describe_hub()
    wanted = (json.loads(self.body) if self.body else {}).get("StandardsSubscriptionArns")
    found = [one for arn, one in _kept(backend, "subscriptions").items() if not wanted or arn in wanted]
    return ActionResult({"StandardsSubscriptions": found})


def close():
    for call in (
        update_security_hub_configuration,
        batch_enable_standards,
        batch_disable_standards,
        get_enabled_standards,
    ):
        setattr(SecurityHubResponse, call.__name__, call)
    for path in ("register", "deregister", "get"):
        urls.url_paths[f"{{0}}/standards/{path}$"] = SecurityHubResponse.dispatch

    describe, disable = SecurityHubBackend.describe_hub, SecurityHubBackend.disable_security_hub

    def describe_hub(self, hub_arn=None):
        return {**describe(self, hub_arn), **_kept(self, "configuration")}

    def disable_security_hub(self):
        disable(self)
        _kept(self, "configuration").clear()
        _kept(self, "subscriptions").clear()
        return {}

    SecurityHubBackend.describe_hub = describe_hub
    SecurityHubBackend.disable_security_hub = disable_security_hub
