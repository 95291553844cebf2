"""Every module here closes gaps of one service; each says which call moto lacks and what real AWS does.

A gap is closed with state of its own where AWS has state, so that what Terraform writes is what it reads back.

One gap lies before the emulator and is closed in ../../child-environment.ts: S3 Control's endpoints begin with the
account's number, and no such name leads to this machine.
"""

from . import (
    access_analyzer,
    application_autoscaling,
    backup,
    cloudtrail,
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
    security_hub,
    service_quotas,
    signatures,
    sqs,
    unimplemented_calls,
)


def close_all():
    unimplemented_calls.close()
    access_analyzer.close()
    application_autoscaling.close()
    backup.close()
    cloudtrail.close()
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
    security_hub.close()
    service_quotas.close()
    signatures.close()
    sqs.close()
