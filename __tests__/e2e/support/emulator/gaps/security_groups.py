"""EC2 security groups: descriptions of rules between groups, ModifySecurityGroupRules, and groups in use.

Real AWS keeps a rule's description whatever its peer is; two rules that differ only in description are duplicates;
ModifySecurityGroupRules takes any kind of peer, and no ports for protocol -1; and DeleteSecurityGroup is refused with
DependencyViolation while a rule of another group refers to the group or something is a member of it. moto returns the
description of rules with a CIDR block only, modifies only those, and deletes any group at any time.
"""

from moto.ec2.exceptions import DependencyViolationError, InvalidPermissionDuplicateError
from moto.ec2.models.security_groups import SecurityGroupBackend, SecurityGroupRule
from moto.ecs.models import ecs_backends
from moto.elasticache.models import elasticache_backends
from moto.elbv2.models import elbv2_backends
from moto.rds.models import rds_backends

# What moto calls a CIDR block of a rule -> what ModifySecurityGroupRules calls it.
CIDR_KEYS = {"CidrIp": "CidrIpv4", "CidrIpv6": "CidrIpv6"}


def _description(rule):
    return rule.ip_range.get("Description") or rule.source_group.get("Description") or rule.__dict__.get("prefix_text")


def _identity(rule):
    """What makes two rules of a group duplicates to AWS."""
    peer = (
        rule.ip_range.get("CidrIp"),
        rule.ip_range.get("CidrIpv6"),
        rule.source_group.get("GroupId"),
        rule.prefix_list_id,
    )
    ports = None if rule.ip_protocol == "-1" else (rule.from_port, rule.to_port)
    return (rule.is_egress, rule.ip_protocol, ports, peer)


def modify_security_group_rules(self, group_id, rules):
    group = self.get_security_group_by_name_or_id(group_id)
    for rule_id, wanted in rules.items():
        rule = group.get_rule(rule_id)
        protocol, peer_id = wanted["IpProtocol"], wanted.get("ReferencedGroupId")
        described = {"Description": wanted["Description"]} if wanted.get("Description") else {}
        cidr = {name: wanted[key] for name, key in CIDR_KEYS.items() if wanted.get(key)}
        changed = SecurityGroupRule(
            self,
            protocol,
            group_id,
            wanted.get("FromPort"),
            wanted.get("ToPort"),
            {**cidr, **described} if cidr else None,
            {"GroupId": peer_id, "UserId": self.account_id, **described} if peer_id else None,
            {"PrefixListId": wanted["PrefixListId"]} if wanted.get("PrefixListId") else None,
            is_egress=rule.is_egress,
        )
        others = group.egress_rules if rule.is_egress else group.ingress_rules
        if any(other.id != rule_id and other == changed for other in others):
            raise InvalidPermissionDuplicateError()
        for name in ("ip_protocol", "from_port", "to_port", "ip_range", "source_group", "prefix_list_id"):
            setattr(rule, name, getattr(changed, name))
        rule.prefix_text = wanted.get("Description") if rule.prefix_list_id else None


def _uses(backend, group_id):
    """What keeps a group from being deleted, in words."""
    account, region = backend.account_id, backend.region_name
    for groups in backend.groups.values():
        for other in groups.values():
            for rule in (*other.ingress_rules, *other.egress_rules):
                if other.id != group_id and rule.source_group.get("GroupId") == group_id:
                    yield f"rule {rule.id} of {other.id}"
    for balancer in elbv2_backends[account][region].load_balancers.values():
        if group_id in (balancer.security_groups or []):
            yield f"load balancer {balancer.name}"
    for database in rds_backends[account][region].databases.values():
        if group_id in (database.vpc_security_group_ids or []):
            yield f"database {database.db_instance_identifier}"
    for cache in elasticache_backends[account][region].replication_groups.values():
        if group_id in (cache.security_group_ids or []):
            yield f"replication group {cache.replication_group_id}"
    for service in ecs_backends[account][region].services.values():
        vpc = (service.network_configuration or {}).get("awsvpcConfiguration", {})
        if service.status == "ACTIVE" and group_id in vpc.get("securityGroups", []):
            yield f"service {service.name}"


def close():
    SecurityGroupRule.description = property(_description)
    SecurityGroupRule.__eq__ = lambda self, other: _identity(self) == _identity(other)
    SecurityGroupBackend.modify_security_group_rules = modify_security_group_rules

    construct = SecurityGroupRule.__init__

    def __init__(self, *args, **kwargs):
        construct(self, *args, **kwargs)
        prefix_list = kwargs.get("prefix_list_id") or (args[7] if len(args) > 7 else None) or {}
        self.prefix_text = prefix_list.get("Description")

    SecurityGroupRule.__init__ = __init__

    delete = SecurityGroupBackend._delete_security_group

    def _delete_security_group(self, vpc_id, group_id):
        uses = list(_uses(self, group_id))
        if uses:
            raise DependencyViolationError(f"resource {group_id} has a dependent object: {', '.join(uses)}")
        delete(self, vpc_id, group_id)

    SecurityGroupBackend._delete_security_group = _delete_security_group
