// Route 53: the records of the environment's own names in the hosted zone that it is given, and no others.
import { hasHostedZone } from "../../model/dns";
import { actions, type PermissionsOf } from "../grant";

/** What a request would change, without the dots at the ends of names. */
const RECORD_NAMES = "route53:ChangeResourceRecordSetsNormalizedRecordNames";
const RECORD_TYPES = "route53:ChangeResourceRecordSetsRecordTypes";

/**
 * What ACM puts in front of a name to see that it is ours, "DNS validation", ACM user guide: so many characters and no more,
 * for `*` would let in the names below, which may be another environment's.
 */
const VALIDATION = `_${"?".repeat(32)}`;

export const route53: PermissionsOf = ({ environment: { dns } }) => {
  if (!dns || !hasHostedZone(dns)) {
    return undefined;
  }
  const { hostedZoneId, hostedZoneName } = dns;
  // A wildcard's validation record is that of the name under it.
  const names = new Set([dns.domain, ...dns.alternativeNames].map((name) => name.replace(/^\*\./, "")));
  const changes = ["arn:aws:route53:::change/*"];
  // An ARN has a zone's ID: where only its name is known, it is any zone, of which the names of records leave this one.
  const zones = [`arn:aws:route53:::hostedzone/${hostedZoneId ?? "*"}`];
  const anywhere = hostedZoneId === undefined ? { boundaryResources: ["*"] } : {};
  return {
    grants: [
      ...(hostedZoneId === undefined
        ? [
            {
              sid: "FindZone",
              access: "read",
              actions: ["route53:ListHostedZones"],
              resources: ["*"],
            } as const,
          ]
        : []),
      {
        sid: "ReadRecords",
        access: "read",
        actions: actions("route53", ["GetHostedZone", "ListResourceRecordSets", "ListTagsForResource"]),
        resources: zones,
        ...anywhere,
      },
      {
        sid: "ReadRecordChanges",
        access: "read",
        actions: ["route53:GetChange"],
        resources: changes,
        ...anywhere,
      },
      {
        sid: "OwnRecords",
        access: "write",
        actions: ["route53:ChangeResourceRecordSets"],
        resources: zones,
        conditions: {
          // The aliases and the validation records: never, say, where the mail of a domain goes.
          "ForAllValues:StringLike": {
            [RECORD_NAMES]: [...names].flatMap((name) => [name, `${VALIDATION}.${name}`]),
          },
          "ForAllValues:StringEquals": { [RECORD_TYPES]: ["A", "AAAA", "CNAME"] },
          Null: { [RECORD_NAMES]: "false" },
        },
        boundaryConditions:
          hostedZoneName === undefined
            ? {}
            : { "ForAllValues:StringLike": { [RECORD_NAMES]: [hostedZoneName, `*.${hostedZoneName}`] } },
      },
    ],
    ...(hostedZoneId !== undefined && { own: [...zones, ...changes] }),
  };
};
