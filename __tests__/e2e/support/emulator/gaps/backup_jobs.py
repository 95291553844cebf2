"""AWS Backup's jobs and recovery points, of databases on RDS.

Real AWS saves an instance of RDS as a snapshot of RDS, which it names `awsbackup:job-<uuid>` and lists as a recovery point
of a vault; a copy is such a snapshot in the other vault's region. A job ends by itself after minutes. moto knows neither
jobs nor recovery points; here a job has ended as soon as it is asked about.
"""

import json
import re
import uuid
from urllib.parse import unquote

from moto.backup import urls
from moto.backup.exceptions import ResourceNotFoundException
from moto.backup.models import backup_backends
from moto.backup.responses import BackupResponse
from moto.core.utils import unix_time
from moto.rds.models import rds_backends


def _kept(backend, what):
    return backend.__dict__.setdefault(what, {})


def _save(backend, vault_name, snapshot_of, resource_arn):
    """Makes a recovery point in a vault of the backend's region. snapshot_of: from RDS's backend and a name to a snapshot."""
    vault = backend.vaults[vault_name]
    identifier = f"awsbackup:job-{uuid.uuid4()}"
    rds = rds_backends[backend.account_id][backend.region_name]
    snapshot_of(rds, identifier)
    point = {
        "RecoveryPointArn": f"arn:aws:rds:{backend.region_name}:{backend.account_id}:snapshot:{identifier}",
        "BackupVaultName": vault_name,
        "BackupVaultArn": vault.backup_vault_arn,
        "ResourceArn": resource_arn,
        "ResourceType": "RDS",
        "Status": "COMPLETED",
        "CreationDate": unix_time(),
    }
    _kept(backend, "recovery_points")[point["RecoveryPointArn"]] = point
    return point


def start_backup_job(self):
    asked = json.loads(self.body)
    backend = self.backup_backend
    arn = asked["ResourceArn"]
    point = _save(
        backend,
        asked["BackupVaultName"],
        lambda rds, name: rds.create_db_snapshot(arn.rsplit(":", 1)[1], name),
        arn,
    )
    job = {"BackupJobId": str(uuid.uuid4()), "State": "COMPLETED", **point}
    _kept(backend, "backup_jobs")[job["BackupJobId"]] = job
    return json.dumps({key: job[key] for key in ("BackupJobId", "RecoveryPointArn", "CreationDate")})


def describe_backup_job(self):
    return json.dumps(_kept(self.backup_backend, "backup_jobs")[self.path.rsplit("/", 1)[1]])


def start_copy_job(self):
    asked = json.loads(self.body)
    source = _kept(self.backup_backend, "recovery_points")[asked["RecoveryPointArn"]]
    *_, region, account, _, vault_name = asked["DestinationBackupVaultArn"].split(":")
    original = rds_backends[account][self.region].database_snapshots[source["RecoveryPointArn"].split(":snapshot:")[1]]

    def snapshot_of(rds, name):
        # The key of the region that it comes from is none here.
        snapshot = type(original)(rds, original.database, name, kms_key_id=original.kms_key_id)
        rds.database_snapshots[name] = snapshot

    there = self.backend_of(region)
    point = _save(there, vault_name, snapshot_of, source["ResourceArn"])
    job = {
        "CopyJobId": str(uuid.uuid4()),
        "State": "COMPLETED",
        "SourceRecoveryPointArn": source["RecoveryPointArn"],
        "DestinationRecoveryPointArn": point["RecoveryPointArn"],
        "CreationDate": unix_time(),
    }
    _kept(self.backup_backend, "copy_jobs")[job["CopyJobId"]] = job
    return json.dumps({key: job[key] for key in ("CopyJobId", "CreationDate")})


def describe_copy_job(self):
    return json.dumps({"CopyJob": _kept(self.backup_backend, "copy_jobs")[self.path.rsplit("/", 1)[1]]})


def list_recovery_points_by_backup_vault(self):
    name = re.search(r"/backup-vaults/([^/]+)/", self.path).group(1)
    if unquote(name) not in self.backup_backend.vaults:
        raise ResourceNotFoundException(f"Backup vault {name} does not exist")
    points = _kept(self.backup_backend, "recovery_points").values()
    return json.dumps({"RecoveryPoints": [point for point in points if point["BackupVaultName"] == unquote(name)]})


def close():
    BackupResponse.backend_of = lambda self, region: backup_backends[self.current_account][region]
    for call in (
        start_backup_job,
        describe_backup_job,
        start_copy_job,
        describe_copy_job,
        list_recovery_points_by_backup_vault,
    ):
        setattr(BackupResponse, call.__name__, call)
    for path in (
        "backup-jobs",
        "backup-jobs/(?P<job>[^/]+)",
        "copy-jobs",
        "copy-jobs/(?P<job>[^/]+)",
        "backup-vaults/(?P<name>[^/]+)/recovery-points/",
    ):
        urls.url_paths["{0}/" + path + "$"] = BackupResponse.dispatch
