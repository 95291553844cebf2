"""ElastiCache: what a replication group is made of, how it changes and how it ends.

Real AWS makes each member a cache cluster that DescribeCacheClusters returns (the provider reads engine version,
security groups, subnet and parameter group from a member), lets ModifyReplicationGroup change it (whether TLS is
required only where nobody is asked who they are), takes a final snapshot if asked, and forgets the group once deleted.
moto knows none of these members, has no modification, keeps a deleted group as `deleting` for ever, and makes one
member however many were asked for.
"""

import re

from moto.core.responses import ActionResult, PaginatedResult
from moto.elasticache.exceptions import CacheClusterNotFound, ElastiCacheException, ReplicationGroupNotFound
from moto.elasticache.models import ElastiCacheBackend
from moto.elasticache.responses import ElastiCacheResponse

# The patch release that AWS runs for the major.minor that a configuration names.
# https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/supported-engine-versions.html
FULL_VERSIONS = {"7.1": "7.1.0", "7.0": "7.0.7", "6.2": "6.2.6", "7.2": "7.2.6", "8.0": "8.0.1", "8.1": "8.1.0"}

# ModifyReplicationGroup's parameter -> moto's attribute, where the value is stored as it comes.
PLAIN = {
    "ReplicationGroupDescription": "description",
    "SnapshotRetentionLimit": "snapshot_retention_limit",
    "SnapshotWindow": "snapshot_window",
    "PreferredMaintenanceWindow": "preferred_maintenance_window",
    "CacheParameterGroupName": "cache_parameter_group_name",
    "CacheNodeType": "cache_node_type",
    "SecurityGroupIds": "security_group_ids",
    "NotificationTopicArn": "notification_topic_arn",
    "AutoMinorVersionUpgrade": "auto_minor_version_upgrade",
    "TransitEncryptionEnabled": "transit_encryption_enabled",
    "TransitEncryptionMode": "transit_encryption_mode",
    "Engine": "engine",
}

# The same for a boolean that moto stores as `enabled` or `disabled`.
SWITCHES = {"AutomaticFailoverEnabled": "automatic_failover", "MultiAZEnabled": "multi_az"}


def _members(group, backend):
    """The cache clusters of a replication group, in the shape of the API."""
    for node_group in group.node_groups:
        for node in node_group["node_group_members"]:
            cluster_id = node["cache_cluster_id"]
            yield cluster_id, {
                "CacheClusterId": cluster_id,
                "ReplicationGroupId": group.replication_group_id,
                "CacheClusterStatus": "available",
                "CacheClusterCreateTime": group.replication_group_create_time,
                "CacheNodeType": group.cache_node_type,
                "Engine": group.engine,
                "EngineVersion": group.engine_version,
                "NumCacheNodes": 1,
                "PreferredAvailabilityZone": node["preferred_availability_zone"],
                "PreferredMaintenanceWindow": group.preferred_maintenance_window,
                "CacheParameterGroup": {
                    "CacheParameterGroupName": group.cache_parameter_group_name,
                    "ParameterApplyStatus": "in-sync",
                },
                "CacheSubnetGroupName": group.cache_subnet_group_name,
                "SecurityGroups": [
                    {"SecurityGroupId": id, "Status": "active"} for id in group.security_group_ids or []
                ],
                "NotificationConfiguration": {"TopicArn": group.notification_topic_arn, "TopicStatus": "active"}
                if group.notification_topic_arn
                else None,
                "AutoMinorVersionUpgrade": group.auto_minor_version_upgrade,
                "SnapshotRetentionLimit": group.snapshot_retention_limit,
                "SnapshotWindow": group.snapshot_window,
                "AuthTokenEnabled": group.auth_token_enabled,
                "TransitEncryptionEnabled": group.transit_encryption_enabled,
                "TransitEncryptionMode": group.transit_encryption_mode,
                "AtRestEncryptionEnabled": group.at_rest_encryption_enabled,
                "NetworkType": group.network_type,
                "IpDiscovery": group.ip_discovery,
                "ARN": f"arn:aws:elasticache:{backend.region_name}:{backend.account_id}:cluster:{cluster_id}",
            }


def describe_cache_clusters(self):
    backend, wanted = self.elasticache_backend, self._get_param("CacheClusterId")
    found = {id: member for group in backend.replication_groups.values() for id, member in _members(group, backend)}
    if self._get_bool_param("ShowCacheClustersNotInReplicationGroups"):
        found = {}
    found.update(backend.cache_clusters)
    if wanted:
        if wanted not in found:
            raise CacheClusterNotFound(wanted)
        found = {wanted: found[wanted]}
    return PaginatedResult({"CacheClusters": list(found.values())})


def modify_replication_group(self):
    backend, params = self.elasticache_backend, self._get_params()
    if params["ReplicationGroupId"] not in backend.replication_groups:
        raise ReplicationGroupNotFound(params["ReplicationGroupId"])
    group = backend.replication_groups[params["ReplicationGroupId"]]
    mode = params.get("TransitEncryptionMode")
    if mode and mode != group.transit_encryption_mode and (group.user_group_ids or params.get("UserGroupIdsToAdd")):
        raise ElastiCacheException(
            "InvalidParameterCombination",
            "Modification of transit encryption is not supported for access control enabled clusters.",
        )
    for parameter, attribute in PLAIN.items():
        if params.get(parameter) is not None:
            setattr(group, attribute, params[parameter])
    for parameter, attribute in SWITCHES.items():
        if params.get(parameter) is not None:
            setattr(group, attribute, "enabled" if params[parameter] else "disabled")
    if params.get("EngineVersion"):
        group.engine_version = FULL_VERSIONS.get(params["EngineVersion"], params["EngineVersion"])
    if params.get("LogDeliveryConfigurations") is not None:
        group.log_delivery_configurations = group._get_log_delivery_configurations(
            [wanted for wanted in params["LogDeliveryConfigurations"] if wanted.get("Enabled", True)]
        )
    dropped = group.user_group_ids if params.get("RemoveUserGroups") else params.get("UserGroupIdsToRemove") or []
    group.user_group_ids = [id for id in group.user_group_ids if id not in dropped]
    group.user_group_ids += params.get("UserGroupIdsToAdd") or []
    return ActionResult({"ReplicationGroup": group})


def delete_replication_group(self):
    backend, params = self.elasticache_backend, self._get_params()
    group_id = params["ReplicationGroupId"]
    if group_id not in backend.replication_groups:
        raise ReplicationGroupNotFound(group_id)
    if params.get("FinalSnapshotIdentifier"):
        backend.create_snapshot(params["FinalSnapshotIdentifier"], group_id, None, None, None)
    group = backend.replication_groups.pop(group_id)
    group.status = "deleting"
    return ActionResult({"ReplicationGroup": group})


def close():
    for call in (describe_cache_clusters, modify_replication_group, delete_replication_group):
        setattr(ElastiCacheResponse, call.__name__, call)

    original = ElastiCacheBackend.create_replication_group

    def create_replication_group(self, **kwargs):
        if kwargs["num_cache_clusters"] and not kwargs["replicas_per_node_group"]:
            kwargs["replicas_per_node_group"] = kwargs["num_cache_clusters"] - 1
        kwargs["engine_version"] = FULL_VERSIONS.get(kwargs["engine_version"], kwargs["engine_version"])
        kwargs["preferred_maintenance_window"] = kwargs["preferred_maintenance_window"] or "sun:23:00-mon:01:30"
        group = original(self, **kwargs)
        for node_group in group.node_groups:
            if "reader_endpoint_address" in node_group:
                # moto names the reader endpoint's address, but not in the shape of the API.
                node_group["reader_endpoint"] = {
                    "address": node_group["reader_endpoint_address"],
                    "port": group.port,
                }
        return group

    ElastiCacheBackend.create_replication_group = create_replication_group

    # Tags of the kinds of resource that moto does not have are listed like any other's.
    construct = ElastiCacheBackend.__init__

    def __init__(self, *args, **kwargs):
        construct(self, *args, **kwargs)
        kinds = "cluster|snapshot|subnetgroup|replicationgroup|parametergroup|user|usergroup"
        self.arn_regex = re.compile(rf"^arn:aws:elasticache:[^:]*:[0-9]*:({kinds}):.+$")

    ElastiCacheBackend.__init__ = __init__
