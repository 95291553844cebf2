"""EFS: three calls that moto lacks, on what it keeps of a file system already.

Real AWS answers DescribeBackupPolicy with DISABLED once that was put, changes a file system's throughput in place, and takes its
policy away.
"""

import json

from moto.efs.models import FileSystem
from moto.efs.responses import EFSResponse

JSON = {"Content-Type": "application/json"}


def file_system(response):
    [found] = response.efs_backend.describe_file_systems(file_system_id=response._get_param("FileSystemId"))[1]
    return found


def put_backup_policy(self):
    status = self._get_param("BackupPolicy")["Status"]
    # moto leaves out of its answers what begins so.
    file_system(self)._backup_status = status
    return json.dumps({"BackupPolicy": {"Status": status}}), JSON


def update_file_system(self):
    files = file_system(self)
    files.throughput_mode = self._get_param("ThroughputMode") or files.throughput_mode
    return json.dumps(files.info_json()), {**JSON, "status": 202}


def delete_file_system_policy(self):
    file_system(self).file_system_policy = None
    return "{}", JSON


def close():
    EFSResponse.put_backup_policy = put_backup_policy
    EFSResponse.update_file_system = update_file_system
    EFSResponse.delete_file_system_policy = delete_file_system_policy
    original = FileSystem.backup_policy.fget

    def backup_policy(self):
        status = getattr(self, "_backup_status", None)
        return original(self) if status is None else {"Status": status}

    FileSystem.backup_policy = property(backup_policy)
