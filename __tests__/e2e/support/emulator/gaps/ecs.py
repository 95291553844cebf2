"""ECS: the properties of a service that CreateService does not keep, and its running tasks.

Real AWS returns every property that a service was created with, and a launch type only where no capacity provider
strategy was given; and it starts as many tasks as are desired, one deployment after the other. moto keeps a handful of
properties, calls everything else an EC2 service, and starts no tasks: here every service has the tasks that it wants. And
real AWS runs a task whose memory is the task's own; moto adds up the containers', and fails where one names none.
"""

import copy

from moto.core.utils import camelcase_to_underscores
from moto.ecs.models import EC2ContainerServiceBackend, Service
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


def _run_what_is_desired(service):
    """The service and its newest deployment, as they are once all tasks run."""
    service.running_count, service.pending_count = service.desired_count, 0
    for deployment in service.deployments[:1]:
        deployment.update(
            {
                "desiredCount": service.desired_count,
                "runningCount": service.desired_count,
                "pendingCount": 0,
                "rolloutState": "COMPLETED",
                "rolloutStateReason": f"ECS deployment {deployment['id']} completed.",
            }
        )


def _requirements_of(original):
    def requirements(task_definition):
        known = copy.copy(task_definition)
        known.container_definitions = [{"memory": 0, **container} for container in task_definition.container_definitions]
        return original(known)

    return staticmethod(requirements)


def close():
    EC2ContainerServiceBackend._calculate_task_resource_requirements = _requirements_of(
        EC2ContainerServiceBackend._calculate_task_resource_requirements
    )
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

    construct = Service.__init__

    def __init__(self, *args, **kwargs):
        construct(self, *args, **kwargs)
        _run_what_is_desired(self)

    Service.__init__ = __init__

    update = EC2ContainerServiceBackend.update_service

    def update_service(self, service_properties):
        service = update(self, service_properties)
        _run_what_is_desired(service)
        return service

    EC2ContainerServiceBackend.update_service = update_service
