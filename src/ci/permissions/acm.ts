// AWS Certificate Manager: a certificate has no name, so that its tag says whose it is.
import { actions, type PermissionsOf } from "../grant";

export const acm: PermissionsOf = (scope) => {
  const { dns } = scope.environment;
  if (!dns) {
    return undefined;
  }
  const certificates = [scope.arn("acm", "certificate/*")];
  return {
    grants: [
      {
        sid: "ReadCertificates",
        access: "read",
        actions: actions("acm", ["DescribeCertificate", "ListTagsForCertificate"]),
        resources: ["*"],
      },
      ...(dns.certificateArn === undefined
        ? [
            {
              sid: "RequestCertificate",
              access: "write",
              actions: ["acm:RequestCertificate"],
              resources: ["*"],
              tag: "new",
            } as const,
            {
              sid: "TagNewCertificate",
              access: "write",
              actions: ["acm:AddTagsToCertificate"],
              resources: certificates,
              tag: "untagged",
            } as const,
            {
              sid: "OwnCertificates",
              access: "write",
              actions: actions("acm", [
                "AddTagsToCertificate",
                "DeleteCertificate",
                "RemoveTagsFromCertificate",
              ]),
              resources: certificates,
              tag: "own",
            } as const,
          ]
        : []),
    ],
  };
};
