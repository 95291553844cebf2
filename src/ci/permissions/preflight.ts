// What only `preflight` asks for: quotas, and whether the images are there.
import { parseEcrRepository, parseImage } from "../../config/image";
import { actions, type PermissionsOf } from "../grant";

export const preflight: PermissionsOf = ({ environment }) => {
  const repositories = Object.values(environment.services).flatMap(({ image }) => {
    const ecr = parseEcrRepository(parseImage(image)?.repository ?? "");
    return ecr ? [`arn:aws:ecr:${ecr.region}:${ecr.account}:repository/${ecr.name}`] : [];
  });
  const quotas = actions("servicequotas", ["GetAWSDefaultServiceQuota", "GetServiceQuota"]);
  return {
    grants: [
      // A quota that was never changed has no ARN: IAM knows no resource for it.
      { sid: "ReadQuotas", access: "read", actions: quotas, resources: ["*"] },
      ...(repositories.length > 0
        ? [
            {
              sid: "FindImages",
              access: "read",
              actions: ["ecr:DescribeImages"],
              resources: [...new Set(repositories)],
            } as const,
          ]
        : []),
    ],
  };
};
