"""AWS Backup: what a plan is for (its selections), a plan that is deleted, and tags.

Real AWS keeps selections per plan, refuses to delete a plan that still has one, and lets a name be used again once its
plan is gone; and ListTags takes a path with or without a slash at its end. moto knows no selections, takes the name of a
deleted plan for taken, and finds tags by a path with that slash only.
"""

import json
import re
import uuid
from urllib.parse import unquote

from moto.backup.exceptions import InvalidRequestException, ResourceNotFoundException
from moto.backup.models import BackupBackend
from moto.backup.responses import BackupResponse
from moto.core.utils import unix_time


def _selections(backend):
    return backend.__dict__.setdefault("selections", {})


def _ids(path):
    """The ids of the plan and, where there is one, of the selection."""
    return re.search(r"/backup/plans/([^/]+)/selections/?([^/]*)", path).groups()


def _selection(self):
    plan_id, selection_id = _ids(self.path)
    found = _selections(self.backup_backend).get(selection_id)
    if found is None or found["BackupPlanId"] != plan_id:
        raise ResourceNotFoundException(f"Cannot find a backup selection {selection_id} of the plan {plan_id}")
    return found


def create_backup_selection(self):
    plan_id, _ = _ids(self.path)
    self.backup_backend.get_backup_plan(plan_id, None)
    selection = {
        "BackupPlanId": plan_id,
        "SelectionId": str(uuid.uuid4()),
        "CreationDate": unix_time(),
        "BackupSelection": json.loads(self.body)["BackupSelection"],
    }
    _selections(self.backup_backend)[selection["SelectionId"]] = selection
    return json.dumps({key: selection[key] for key in ("BackupPlanId", "SelectionId", "CreationDate")})


def get_backup_selection(self):
    return json.dumps(_selection(self))


def delete_backup_selection(self):
    del _selections(self.backup_backend)[_selection(self)["SelectionId"]]
    return json.dumps({})


def list_tags(self):
    arn = unquote(self.path.rstrip("/").split("/tags/")[-1])
    return json.dumps({"Tags": self.backup_backend.list_tags(resource_arn=arn)})


def close():
    for call in (
        create_backup_selection,
        get_backup_selection,
        delete_backup_selection,
        list_tags,
    ):
        setattr(BackupResponse, call.__name__, call)

    delete_plan = BackupBackend.delete_backup_plan

    def delete_backup_plan(self, backup_plan_id):
        if any(selection["BackupPlanId"] == backup_plan_id for selection in _selections(self).values()):
            raise InvalidRequestException(
                "Related backup plan selections must be deleted prior to backup plan deletion"
            )
        answer = delete_plan(self, backup_plan_id)
        del self.plans[backup_plan_id]
        return answer

    BackupBackend.delete_backup_plan = delete_backup_plan
