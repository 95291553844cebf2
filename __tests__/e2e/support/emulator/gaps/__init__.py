"""Every module here closes gaps of one service; each says which call moto lacks and what real AWS does.

A gap is closed with state of its own where AWS has state, so that what Terraform writes is what it reads back.
"""

from . import (
    application_autoscaling,
    backup,
    ecs,
    elasticache_parameter_groups,
    elasticache_replication_groups,
    elasticache_users,
    elbv2,
    nat_gateways,
    rds,
    route53,
    s3,
    security_groups,
    sqs,
    unimplemented_calls,
)


def close_all():
    unimplemented_calls.close()
    application_autoscaling.close()
    backup.close()
    ecs.close()
    elasticache_parameter_groups.close()
    elasticache_replication_groups.close()
    elasticache_users.close()
    elbv2.close()
    nat_gateways.close()
    rds.close()
    route53.close()
    s3.close()
    security_groups.close()
    sqs.close()
