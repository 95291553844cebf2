// The bucket for the state: the name of its logs' bucket, where the environment makes both, and the region of its key.

import { STATE_BUCKET_NAME_LENGTH, stateLogsBucket } from "../model/names/buckets";
import { placeOf } from "../schema/arn";
import type { Problem } from "../schema/problem";
import { type Check, problem } from "./check";

export const checkState: Check = ({ state, refused }) => {
  if (state?.backend !== "s3") {
    return [];
  }
  const { bucket, createBucket, kmsKeyId, region } = state;
  const { region: keyRegion } = placeOf(kmsKeyId);
  const problems: Problem[] = [];
  if (createBucket && bucket.length > STATE_BUCKET_NAME_LENGTH) {
    const remedy =
      `Use ${STATE_BUCKET_NAME_LENGTH} characters at most: its access logs go to a bucket of their own, ` +
      `"${stateLogsBucket(bucket)}".`;
    problems.push(problem("state.bucket", bucket, remedy));
  }
  if (keyRegion !== undefined && keyRegion !== region && !refused("state.region")) {
    problems.push(problem("state.kmsKeyId", kmsKeyId, `Give a key in ${region}, where the bucket is.`));
  }
  return problems;
};
