// What only `preflight` asks for: quotas, whether the images are there, and whose the buckets of the states are.
import { parseEcrRepository, parseImage } from "../../config/image";
import { stateLogsBucket } from "../../config/state";
import { actions, type PermissionsOf } from "../grant";

export const preflight: PermissionsOf = ({ environment }) => {
  const repositories = Object.values(environment.services).flatMap(({ image }) => {
    const ecr = parseEcrRepository(parseImage(image)?.repository ?? "");
    return ecr ? [`arn:aws:ecr:${ecr.region}:${ecr.account}:repository/${ecr.name}`] : [];
  });
  const { state } = environment;
  const buckets =
    state.backend === "s3" && state.createBucket ? [state.bucket, stateLogsBucket(state.bucket)] : [];
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
      ...(buckets.length > 0
        ? [
            {
              sid: "FindStateBuckets",
              access: "read",
              actions: actions("s3", ["GetBucketTagging", "ListBucket"]),
              resources: buckets.map((bucket) => `arn:aws:s3:::${bucket}`),
            } as const,
          ]
        : []),
    ],
  };
};
