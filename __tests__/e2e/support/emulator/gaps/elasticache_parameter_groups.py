"""ElastiCache: cache parameter groups, and the end of a cache subnet group (DeleteCacheSubnetGroup, Modify...).

Real AWS keeps, per group, the parameters that differ from the family's defaults (`Source=user`), and refuses to delete
a group in use. moto has no parameter groups at all, and subnet groups that can only be created.
"""

from moto.core.responses import ActionResult, EmptyResult
from moto.elasticache.exceptions import CacheSubnetGroupNotFound, ElastiCacheException
from moto.elasticache.models import CacheSubnetGroup
from moto.elasticache.responses import ElastiCacheResponse


def _groups(backend):
    return backend.__dict__.setdefault("parameter_groups", {})


def _group(backend, name):
    if name not in _groups(backend):
        raise ElastiCacheException("CacheParameterGroupNotFound", f"CacheParameterGroup {name} not found.")
    return _groups(backend)[name]


def create_cache_parameter_group(self):
    backend, params = self.elasticache_backend, self._get_params()
    name = params["CacheParameterGroupName"].lower()
    if name in _groups(backend):
        raise ElastiCacheException("CacheParameterGroupAlreadyExists", f"CacheParameterGroup {name} already exists.")
    group = {
        "CacheParameterGroupName": name,
        "CacheParameterGroupFamily": params["CacheParameterGroupFamily"],
        "Description": params["Description"],
        "IsGlobal": False,
        "ARN": f"arn:aws:elasticache:{backend.region_name}:{backend.account_id}:parametergroup:{name}",
        "parameters": {},
    }
    _groups(backend)[name] = group
    backend.tagging_service.tag_resource(group["ARN"], params.get("Tags") or [])
    return ActionResult({"CacheParameterGroup": group})


def describe_cache_parameter_groups(self):
    backend, name = self.elasticache_backend, self._get_param("CacheParameterGroupName")
    found = [_group(backend, name)] if name else list(_groups(backend).values())
    return ActionResult({"CacheParameterGroups": found})


def describe_cache_parameters(self):
    # Only what a user has set: moto has no table of the families' defaults, and the provider asks for Source=user.
    group = _group(self.elasticache_backend, self._get_param("CacheParameterGroupName"))
    parameters = [
        {"ParameterName": name, "ParameterValue": value, "Source": "user", "IsModifiable": True}
        for name, value in group["parameters"].items()
    ]
    return ActionResult({"Parameters": parameters})


def modify_cache_parameter_group(self):
    params = self._get_params()
    group = _group(self.elasticache_backend, params["CacheParameterGroupName"])
    for pair in params["ParameterNameValues"]:
        group["parameters"][pair["ParameterName"]] = pair["ParameterValue"]
    return ActionResult({"CacheParameterGroupName": group["CacheParameterGroupName"]})


def reset_cache_parameter_group(self):
    params = self._get_params()
    group = _group(self.elasticache_backend, params["CacheParameterGroupName"])
    if params.get("ResetAllParameters"):
        group["parameters"].clear()
    for pair in params.get("ParameterNameValues") or []:
        group["parameters"].pop(pair["ParameterName"], None)
    return ActionResult({"CacheParameterGroupName": group["CacheParameterGroupName"]})


def delete_cache_parameter_group(self):
    backend = self.elasticache_backend
    name = _group(backend, self._get_param("CacheParameterGroupName"))["CacheParameterGroupName"]
    if any(found.cache_parameter_group_name == name for found in backend.replication_groups.values()):
        raise ElastiCacheException("InvalidCacheParameterGroupState", f"CacheParameterGroup {name} is in use.")
    del _groups(backend)[name]
    return EmptyResult()


def _subnet_group(backend, name):
    if name not in backend.cache_subnet_groups:
        raise CacheSubnetGroupNotFound(name)
    return backend.cache_subnet_groups[name]


def modify_cache_subnet_group(self):
    backend, params = self.elasticache_backend, self._get_params()
    name = params["CacheSubnetGroupName"]
    group = _subnet_group(backend, name)
    backend.cache_subnet_groups[name] = CacheSubnetGroup(
        backend.account_id,
        backend.region_name,
        name,
        params.get("CacheSubnetGroupDescription") or group.cache_subnet_group_description,
        params.get("SubnetIds") or group.subnet_ids,
        group.tags,
    )
    return ActionResult({"CacheSubnetGroup": backend.cache_subnet_groups[name]})


def delete_cache_subnet_group(self):
    backend, name = self.elasticache_backend, self._get_param("CacheSubnetGroupName")
    _subnet_group(backend, name)
    if any(found.cache_subnet_group_name == name for found in backend.replication_groups.values()):
        raise ElastiCacheException("CacheSubnetGroupInUse", f"Cache subnet group {name} is currently in use.")
    del backend.cache_subnet_groups[name]
    return EmptyResult()


def close():
    for call in (
        create_cache_parameter_group,
        describe_cache_parameter_groups,
        describe_cache_parameters,
        modify_cache_parameter_group,
        reset_cache_parameter_group,
        delete_cache_parameter_group,
        modify_cache_subnet_group,
        delete_cache_subnet_group,
    ):
        setattr(ElastiCacheResponse, call.__name__, call)
