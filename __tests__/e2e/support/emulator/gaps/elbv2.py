"""Elastic Load Balancing v2: DeleteLoadBalancer and deletion protection.

Real AWS refuses to delete a load balancer whose attribute `deletion_protection.enabled` is true. moto keeps the
attribute and deletes all the same.
"""

from moto.elbv2.exceptions import ELBClientError
from moto.elbv2.models import ELBv2Backend


class OperationNotPermitted(ELBClientError):
    def __init__(self, arn):
        super().__init__(
            "OperationNotPermitted",
            f"Load balancer '{arn}' cannot be deleted because deletion protection is enabled",
        )


def close():
    original = ELBv2Backend.delete_load_balancer

    def delete_load_balancer(self, arn):
        balancer = self.load_balancers.get(arn)
        if balancer is not None and balancer.attrs.get("deletion_protection.enabled") == "true":
            raise OperationNotPermitted(arn)
        original(self, arn)

    ELBv2Backend.delete_load_balancer = delete_load_balancer
