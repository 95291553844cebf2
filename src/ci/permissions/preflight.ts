// What only `preflight` asks for: quotas, whether the images are there, and whose the names are that CI deploys no stack for.

import { stateLogsBucket } from "../../model/names/buckets";
import { repositoryName } from "../../model/names/services";
import { parseEcrRepository, parseImage } from "../../schema/image";
import { actions, type Grant, type PermissionsOf } from "../grant";

export const preflight: PermissionsOf = (scope) => {
  const { services, database, registry, state } = scope.environment;
  const runners = [
    ...Object.values(services),
    ...(database?.applicationUser ? [database.applicationUser] : []),
  ];
  const images = runners.flatMap(({ image }) => {
    const ecr = parseEcrRepository(parseImage(image)?.repository ?? "");
    return ecr ? [`arn:aws:ecr:${ecr.region}:${ecr.account}:repository/${ecr.name}`] : [];
  });
  const repositories = (registry?.repositories ?? []).map((service) =>
    scope.arn("ecr", `repository/${repositoryName(scope.environment, service)}`),
  );
  const buckets =
    state.backend === "s3" && state.createBucket ? [state.bucket, stateLogsBucket(state.bucket)] : [];
  return {
    grants: [
      // A quota that was never changed has no ARN: IAM knows no resource for it.
      ...read("ReadQuotas", "servicequotas", ["GetAWSDefaultServiceQuota", "GetServiceQuota"], ["*"]),
      ...read("FindImages", "ecr", ["DescribeImages"], images),
      ...read("FindRepositories", "ecr", ["DescribeRepositories", "ListTagsForResource"], repositories),
      ...read(
        "FindStateBuckets",
        "s3",
        ["GetBucketTagging", "ListBucket"],
        buckets.map((bucket) => `arn:aws:s3:::${bucket}`),
      ),
    ],
  };
};

/** A grant to look at resources; none where there are none. */
function read(sid: string, service: string, names: readonly string[], resources: readonly string[]): Grant[] {
  return resources.length > 0
    ? [{ sid, access: "read", actions: actions(service, names), resources: [...new Set(resources)] }]
    : [];
}
