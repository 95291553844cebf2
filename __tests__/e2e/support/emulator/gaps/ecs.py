"""ECS: the properties of a service that CreateService does not keep.

Real AWS returns every property that a service was created with, and a launch type only where no capacity provider
strategy was given. moto keeps a handful, and calls everything else an EC2 service.
"""

from moto.core.utils import camelcase_to_underscores
from moto.ecs.models import Service
from moto.ecs.responses import EC2ContainerServiceResponse

# Property -> what AWS assumes where the request does not say.
KEPT = {
    "availabilityZoneRebalancing": "DISABLED",
    "capacityProviderStrategy": [],
    "deploymentConfiguration": {"maximumPercent": 200, "minimumHealthyPercent": 100},
    "enableECSManagedTags": False,
    "enableExecuteCommand": False,
    "healthCheckGracePeriodSeconds": None,
    "placementConstraints": [],
    "placementStrategy": [],
}


def close():
    for name, default in KEPT.items():
        setattr(Service, camelcase_to_underscores(name), default)

    original = EC2ContainerServiceResponse.create_service

    def create_service(self):
        answer = original(self)
        service = answer.result["service"]
        for name in KEPT:
            if self._get_param(name) is not None:
                setattr(service, camelcase_to_underscores(name), self._get_param(name))
        if service.capacity_provider_strategy:
            service.launch_type = None
            for deployment in service.deployments:
                deployment.update(
                    {
                        "capacityProviderStrategy": service.capacity_provider_strategy,
                        "launchType": None,
                        "platformFamily": "Linux",
                    }
                )
        return answer

    EC2ContainerServiceResponse.create_service = create_service
