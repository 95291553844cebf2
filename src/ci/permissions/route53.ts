// Route 53: the records of the environment's own names in the hosted zone that it is given, and no others.
import { actions, type PermissionsOf } from "../grant";

export const route53: PermissionsOf = ({ environment: { dns } }) => {
  if (dns?.hostedZoneId === undefined) {
    return undefined;
  }
  const zone = [`arn:aws:route53:::hostedzone/${dns.hostedZoneId}`];
  const changes = ["arn:aws:route53:::change/*"];
  // A wildcard's validation record is that of the name under it.
  const names = new Set([dns.domain, ...dns.alternativeNames].map((name) => name.replace(/^\*\./, "")));
  return {
    grants: [
      {
        sid: "ReadRecords",
        access: "read",
        actions: actions("route53", ["GetHostedZone", "ListResourceRecordSets"]),
        resources: zone,
      },
      {
        sid: "ReadRecordChanges",
        access: "read",
        actions: ["route53:GetChange"],
        resources: changes,
      },
      {
        sid: "OwnRecords",
        access: "write",
        actions: ["route53:ChangeResourceRecordSets"],
        resources: zone,
        conditions: {
          // The aliases, and the records by which ACM sees that the domain is ours.
          "ForAllValues:StringLike": {
            "route53:ChangeResourceRecordSetsNormalizedRecordNames": [...names].flatMap((name) => [
              name,
              `_*.${name}`,
            ]),
          },
          Null: { "route53:ChangeResourceRecordSetsNormalizedRecordNames": "false" },
        },
        boundaryConditions: {},
      },
    ],
    own: [...zone, ...changes],
  };
};
