// Cloud Map: the domain of services' private names and the names in it, which have IDs, so that their tags say whose they are.

import { privatelyNamed } from "../../model/private-names";
import { actions, type PermissionsOf } from "../grant";

export const servicediscovery: PermissionsOf = ({ environment: { services } }) => {
  if (privatelyNamed(services).length === 0) {
    return undefined;
  }
  return {
    grants: [
      {
        sid: "ReadPrivateNames",
        access: "read",
        actions: actions("servicediscovery", [
          "GetNamespace",
          "GetOperation",
          "GetService",
          "ListInstances",
          "ListTagsForResource",
        ]),
        resources: ["*"],
      },
      {
        sid: "NewPrivateNames",
        access: "write",
        actions: actions("servicediscovery", ["CreatePrivateDnsNamespace", "CreateService", "TagResource"]),
        resources: ["*"],
        tag: "new",
      },
      {
        sid: "OwnPrivateNames",
        access: "write",
        actions: actions("servicediscovery", [
          "DeleteNamespace",
          "DeleteService",
          "DeregisterInstance",
          "TagResource",
          "UntagResource",
          "UpdatePrivateDnsNamespace",
          "UpdateService",
        ]),
        resources: ["*"],
        tag: "own",
      },
      {
        // Cloud Map keeps the domain in a private hosted zone, which it makes and removes in the name of whoever asks it, and in no
        // other way may anybody do that: "AWS Cloud Map API permissions reference", developer guide.
        sid: "ZoneOfPrivateNames",
        access: "write",
        actions: actions("route53", ["CreateHostedZone", "DeleteHostedZone"]),
        resources: ["*"],
        conditions: { Bool: { "aws:ViaAWSService": "true" } },
      },
      {
        sid: "LookForZoneOfPrivateNames",
        access: "write",
        actions: [
          ...actions("ec2", ["DescribeRegions", "DescribeVpcs"]),
          ...actions("route53", ["GetHostedZone", "ListHostedZonesByName"]),
        ],
        resources: ["*"],
      },
    ],
  };
};
