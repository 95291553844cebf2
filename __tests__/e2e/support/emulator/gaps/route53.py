"""Route 53: ChangeResourceRecordSets, creating a record that was there before.

Real AWS refuses CREATE exactly when a record of that name and type (and set identifier) exists. moto refuses it when
the same change was made at any time before and any record sorts after it, so that a record once deleted, as when a load
balancer is replaced, can often not come back; and it lets a different record of the same name and type stand beside it.
"""

from moto.route53.exceptions import ResourceRecordAlreadyExists
from moto.route53.models import Route53Backend


def _key(record):
    return (record["Name"].rstrip(".").lower(), record["Type"], record.get("SetIdentifier"))


def close():
    original = Route53Backend.change_resource_record_sets

    def change_resource_record_sets(self, zoneid, change_list):
        zone = self.get_hosted_zone(zoneid)
        existing = {(found.name.rstrip(".").lower(), found.type, found.set_identifier) for found in zone.rrsets}
        for change in change_list:
            record = change["ResourceRecordSet"]
            if change["Action"] == "DELETE":
                existing.discard(_key(record))
            elif change["Action"] == "CREATE":
                if _key(record) in existing:
                    raise ResourceRecordAlreadyExists(name=record["Name"], _type=record["Type"])
                # moto looks for the change in its journal; the one before the deletion is history.
                while change in zone.rr_changes:
                    zone.rr_changes.remove(change)
        return original(self, zoneid, change_list)

    Route53Backend.change_resource_record_sets = change_resource_record_sets
