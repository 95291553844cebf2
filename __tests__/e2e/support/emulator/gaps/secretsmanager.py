"""Secrets Manager: the rotation of secrets that a service manages, such as the master password of RDS, and how old versions are.

Real AWS takes a schedule for such a secret without a function that rotates, rotates by it and not at once where
RotateImmediately is false, returns the schedule as it was given, and turns it off again. moto makes a new version
whatever it is told, knows a number of days alone, and refuses to turn off what has no function. And real AWS says of each version
when it was made; moto says of all of them that it was just now.
"""

import json

from moto.secretsmanager.models import FakeSecret, SecretsManagerBackend


def close():
    rotate, cancel, to_dict = (
        SecretsManagerBackend.rotate_secret,
        SecretsManagerBackend.cancel_rotate_secret,
        FakeSecret.to_dict,
    )

    def managed(backend, secret_id):
        secret = backend.secrets.get(secret_id)
        return secret if getattr(secret, "owning_service", None) else None

    def rotate_secret(self, secret_id, *args, rotation_rules=None, rotate_immediately=True, **kwargs):
        secret = managed(self, secret_id)
        if secret is None:
            return rotate(
                self,
                secret_id,
                *args,
                rotation_rules=rotation_rules,
                rotate_immediately=rotate_immediately,
                **kwargs,
            )
        if rotate_immediately:
            rotate(self, secret_id, *args, **kwargs)
        if rotation_rules:
            secret.rotation_rules = rotation_rules
        secret.rotation_requested = secret.rotation_enabled = True
        return secret.to_short_dict()

    def cancel_rotate_secret(self, secret_id):
        secret = managed(self, secret_id)
        if secret is None:
            return cancel(self, secret_id)
        secret.rotation_enabled = False
        return secret.to_short_dict()

    def described(self):
        description = to_dict(self)
        rules = getattr(self, "rotation_rules", None)
        return {**description, "RotationRules": rules} if rules else description

    list_versions = SecretsManagerBackend.list_secret_version_ids

    def list_secret_version_ids(self, secret_id):
        answer = json.loads(list_versions(self, secret_id))
        for version in answer["Versions"]:
            version["CreatedDate"] = self.secrets[secret_id].versions[version["VersionId"]]["createdate"]
        return json.dumps(answer)

    SecretsManagerBackend.list_secret_version_ids = list_secret_version_ids
    SecretsManagerBackend.rotate_secret = rotate_secret
    SecretsManagerBackend.cancel_rotate_secret = cancel_rotate_secret
    FakeSecret.to_dict = described
