"""RDS: what an instance is, what it says of its monitoring, and which parameters a user has set.

Real AWS gives every instance an id of its own that survives renames, and the provider finds an instance by it; moto
gives all instances one and the same, so that two of them are one to the provider. Real AWS returns the Enhanced
Monitoring and Performance Insights settings that it was given; moto drops them. Real AWS says of each parameter whether
a user set it (Source), which is what the provider reads a parameter group by; moto does not. Real AWS offers PostgreSQL's
classes, in most zones; moto offers Aurora's alone.
"""

import random
import string

from moto.rds.models import DBInstance, DBParameterGroup, RDSBackend


def _performance_insights_retention(instance):
    # 7 days is what AWS keeps for free and assumes if Performance Insights is on.
    chosen = getattr(instance, "chosen_retention_period", None)
    return (chosen or 7) if instance.performance_insights_enabled else None


def close():
    # Requests name the switch EnablePerformanceInsights, answers PerformanceInsightsEnabled.
    DBInstance.enable_performance_insights = False
    DBInstance.monitoring_interval = 0
    DBInstance.monitoring_role_arn = None
    DBInstance.performance_insights_enabled = property(lambda self: bool(self.enable_performance_insights))
    DBInstance.performance_insights_retention_period = property(
        _performance_insights_retention,
        lambda self, days: setattr(self, "chosen_retention_period", days),
    )

    construct = DBInstance.__init__

    def __init__(self, *args, **kwargs):
        construct(self, *args, **kwargs)
        self.dbi_resource_id = "db-" + "".join(random.choices(string.ascii_uppercase + string.digits, k=26))
        for name in (
            "enable_performance_insights",
            "performance_insights_retention_period",
            "performance_insights_kms_key_id",
            "monitoring_interval",
            "monitoring_role_arn",
            "network_type",
            "dedicated_log_volume",
            "engine_lifecycle_support",
        ):
            if kwargs.get(name) is not None:
                setattr(self, name, kwargs[name])

    DBInstance.__init__ = __init__

    update = DBParameterGroup.update_parameters

    def update_parameters(self, new_parameters):
        update(self, [{**parameter, "Source": "user"} for parameter in new_parameters])

    DBParameterGroup.update_parameters = update_parameters

    offered = RDSBackend.describe_orderable_db_instance_options

    def describe_orderable_db_instance_options(self, engine, engine_version):
        if engine != "postgres":
            return offered(self, engine, engine_version)
        # us-east-1e has none of the current classes.
        zones = [{"Name": f"{self.region_name}{letter}"} for letter in "abcdf"]
        versions = ("13.20", "14.17", "15.12", "16.8", "17.4")
        return [
            {
                "Engine": engine,
                "EngineVersion": version,
                "DBInstanceClass": f"db.t4g.{size}",
                "Vpc": True,
                "AvailabilityZones": zones,
            }
            for version in versions
            for size in ("micro", "small", "medium", "large")
        ]

    RDSBackend.describe_orderable_db_instance_options = describe_orderable_db_instance_options
