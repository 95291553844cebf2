// Route 53: the records of the environment's own names in the hosted zone that it is given, and no others.
import { actions, type PermissionsOf } from "../grant";

/** What a request would change, without the dots at the ends of names. */
const RECORD_NAMES = "route53:ChangeResourceRecordSetsNormalizedRecordNames";

export const route53: PermissionsOf = ({ environment: { dns } }) => {
  const { hostedZoneId, hostedZoneName } = dns ?? {};
  if (!dns || (hostedZoneId === undefined && hostedZoneName === undefined)) {
    return undefined;
  }
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
          // The aliases, and the records by which ACM sees that the domain is ours.
          "ForAllValues:StringLike": {
            [RECORD_NAMES]: [...names].flatMap((name) => [name, `_*.${name}`]),
          },
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
