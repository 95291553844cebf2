// The bucket for the state, where the environment makes it.
import { STATE_BUCKET_NAME_LENGTH, stateLogsBucket } from "../state";
import { type Check, problem } from "./check";

export const checkState: Check = ({ state }) => {
  if (state?.backend !== "s3" || !state.createBucket || state.bucket.length <= STATE_BUCKET_NAME_LENGTH) {
    return [];
  }
  const remedy =
    `Use ${STATE_BUCKET_NAME_LENGTH} characters at most: its access logs go to a bucket of their own, ` +
    `"${stateLogsBucket(state.bucket)}".`;
  return [problem("state.bucket", state.bucket, remedy)];
};
