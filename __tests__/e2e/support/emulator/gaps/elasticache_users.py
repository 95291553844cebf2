"""ElastiCache: ModifyUser, and user groups (CreateUserGroup, DescribeUserGroups, ModifyUserGroup, DeleteUserGroup).

Real AWS insists that a redis group holds exactly one user *named* `default`, lists on each user the groups it is in,
and on each group the replication groups that use it. moto has users only, none of whose properties can change.
"""

from moto.core.responses import ActionResult
from moto.elasticache.exceptions import ElastiCacheException, UserNotFound
from moto.elasticache.models import ElastiCacheBackend
from moto.elasticache.responses import ElastiCacheResponse


def _groups(backend):
    return backend.__dict__.setdefault("user_groups", {})


def _group(backend, group_id):
    if group_id not in _groups(backend):
        raise ElastiCacheException("UserGroupNotFound", f"UserGroup {group_id} not found.")
    return _groups(backend)[group_id]


def _members(backend, engine, user_ids):
    """The ids as AWS accepts them for a group, or its error."""
    for user_id in user_ids:
        if user_id not in backend.users:
            raise UserNotFound(user_id)
    names = [backend.users[user_id].name for user_id in user_ids]
    if len(names) != len(set(names)):
        raise ElastiCacheException("DuplicateUserName", "User group contains users with duplicate user names.")
    if engine == "redis" and "default" not in names:
        raise ElastiCacheException("DefaultUserRequired", "User group needs to contain a user named default.")
    return list(user_ids)


def _sync(backend):
    """Brings each user's UserGroupIds in line with the groups."""
    for user in backend.users.values():
        user.user_group_ids = [id for id, group in _groups(backend).items() if user.id in group["UserIds"]]


def _shown(backend, group):
    users = [id for id, found in backend.replication_groups.items() if group["UserGroupId"] in found.user_group_ids]
    return {**group, "ReplicationGroups": users}


def create_user_group(self):
    backend, params = self.elasticache_backend, self._get_params()
    group_id, engine = params["UserGroupId"].lower(), params["Engine"].lower()
    if group_id in _groups(backend):
        raise ElastiCacheException("UserGroupAlreadyExists", f"User Group {group_id} already exists.")
    group = {
        "UserGroupId": group_id,
        "Status": "active",
        "Engine": engine,
        "UserIds": _members(backend, engine, params.get("UserIds") or []),
        "MinimumEngineVersion": "6.0" if engine == "redis" else "7.2",
        "ARN": f"arn:aws:elasticache:{backend.region_name}:{backend.account_id}:usergroup:{group_id}",
    }
    _groups(backend)[group_id] = group
    backend.tagging_service.tag_resource(group["ARN"], params.get("Tags") or [])
    _sync(backend)
    return ActionResult(_shown(backend, group))


def describe_user_groups(self):
    backend, group_id = self.elasticache_backend, self._get_param("UserGroupId")
    found = [_group(backend, group_id)] if group_id else _groups(backend).values()
    return ActionResult({"UserGroups": [_shown(backend, group) for group in found]})


def modify_user_group(self):
    backend, params = self.elasticache_backend, self._get_params()
    group = _group(backend, params["UserGroupId"])
    removed = params.get("UserIdsToRemove") or []
    kept = [id for id in group["UserIds"] if id not in removed]
    group["UserIds"] = _members(backend, group["Engine"], kept + (params.get("UserIdsToAdd") or []))
    _sync(backend)
    return ActionResult(_shown(backend, group))


def delete_user_group(self):
    backend = self.elasticache_backend
    group = _group(backend, self._get_param("UserGroupId"))
    shown = _shown(backend, group)
    if shown["ReplicationGroups"]:
        raise ElastiCacheException("InvalidUserGroupState", f"User group {group['UserGroupId']} is in use.")
    del _groups(backend)[group["UserGroupId"]]
    _sync(backend)
    return ActionResult({**shown, "Status": "deleting"})


def modify_user(self):
    backend, params = self.elasticache_backend, self._get_params()
    if params["UserId"] not in backend.users:
        raise UserNotFound(params["UserId"])
    user = backend.users[params["UserId"]]
    if params.get("AccessString"):
        user.access_string = params["AccessString"]
    if params.get("AppendAccessString"):
        user.access_string = f"{user.access_string} {params['AppendAccessString']}"
    if params.get("Engine"):
        user.engine = params["Engine"].lower()
    mode = params.get("AuthenticationMode") or {}
    if params.get("NoPasswordRequired"):
        mode = {"Type": "no-password-required"}
    elif params.get("Passwords"):
        mode = {"Type": "password", "Passwords": params["Passwords"]}
    if mode:
        user.no_password_required = mode["Type"] == "no-password-required"
        user.authentication_type = mode["Type"]
        user.passwords = mode.get("Passwords") or []
    return ActionResult(user)


def close():
    for call in (create_user_group, describe_user_groups, modify_user_group, delete_user_group, modify_user):
        setattr(ElastiCacheResponse, call.__name__, call)

    # DeleteUser takes the user out of its groups, except a group's default user, which must be replaced first.
    original = ElastiCacheBackend.delete_user

    def delete_user(self, user_id):
        user = self.users.get(user_id)
        if user and user.name == "default" and user.user_group_ids:
            raise ElastiCacheException("DefaultUserAssociatedToUserGroup", f"User {user_id} is a group's default user.")
        for group in _groups(self).values():
            group["UserIds"] = [id for id in group["UserIds"] if id != user_id]
        return original(self, user_id)

    ElastiCacheBackend.delete_user = delete_user
