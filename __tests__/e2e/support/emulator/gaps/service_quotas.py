"""Service Quotas: GetAWSDefaultServiceQuota, and the default for Elastic IP addresses.

Real AWS refuses GetServiceQuota with NoSuchResourceException where an account was never granted a value of its own, and
GetAWSDefaultServiceQuota then gives AWS's. moto gives defaults of the service vpc as if they were granted, knows no other
service, and not the second call.
"""

import json

from moto.servicequotas.exceptions import NoSuchResource
from moto.servicequotas.responses import ServiceQuotasResponse

# "Amazon EC2 endpoints and quotas", AWS General Reference.
EC2_DEFAULTS = {"L-0263D0A3": {"QuotaName": "EC2-VPC Elastic IPs", "Value": 5.0}}


def get_aws_default_service_quota(self):
    params = json.loads(self.body)
    service, code = params["ServiceCode"], params["QuotaCode"]
    if service == "ec2":
        if code not in EC2_DEFAULTS:
            raise NoSuchResource
        return json.dumps({"Quota": {"ServiceCode": service, "QuotaCode": code, **EC2_DEFAULTS[code]}})
    return json.dumps({"Quota": self.backend.get_service_quota(service_code=service, quota_code=code)})


def close():
    ServiceQuotasResponse.get_aws_default_service_quota = get_aws_default_service_quota
