"""CloudTrail: trails that are named by their ARN.

Real AWS takes a trail's name or its ARN in every call; the provider gives the ARN. moto's StartLogging and StopLogging
fail on an ARN, and its DeleteTrail leaves the trail where it is.
"""

from moto.cloudtrail.models import CloudTrailBackend


def close():
    for call in ("start_logging", "stop_logging", "delete_trail"):
        original = getattr(CloudTrailBackend, call)

        def by_name_or_arn(self, name, original=original):
            return original(self, self.get_trail(name).trail_name)

        setattr(CloudTrailBackend, call, by_name_or_arn)
