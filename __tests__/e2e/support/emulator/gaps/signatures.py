"""IAM: the signatures of calls, which moto checks where it is asked to check policies.

moto computes another signature than Terraform's SDK for S3 queries with escaped characters (`prefix=env%3A%2F`), where
real AWS computes the same. A call is believed here to come from whose access key it names; policies are checked after that.
"""

from moto.iam.access_control import IAMRequestBase


def check_signature(self):
    pass


def close():
    IAMRequestBase.check_signature = check_signature
