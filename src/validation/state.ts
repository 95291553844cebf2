// The bucket for the state against its key: both are in one region.
import { placeOf } from "../schema/arn";
import { type Check, problem } from "./check";

export const checkState: Check = ({ state, refused }) => {
  if (state?.backend !== "s3") {
    return [];
  }
  const { kmsKeyId, region } = state;
  const { region: keyRegion } = placeOf(kmsKeyId);
  return keyRegion !== undefined && keyRegion !== region && !refused("state.region")
    ? [problem("state.kmsKeyId", kmsKeyId, `Give a key in ${region}, where the bucket is.`)]
    : [];
};
