// The account's audit against the rest of the environment.
import { placeOf } from "../schema/arn";
import { type Check, problem } from "./check";

/** "The KMS key must be in the same Region as the S3 bucket": CloudTrail user guide, which is the environment's. */
export const checkTrailKey: Check = ({ accountSecurity, region }) => {
  const kmsKeyArn = accountSecurity?.cloudTrail ? accountSecurity.cloudTrail.kmsKeyArn : undefined;
  return kmsKeyArn !== undefined && region !== undefined && placeOf(kmsKeyArn).region !== region
    ? [
        problem(
          "accountSecurity.cloudTrail.kmsKeyArn",
          kmsKeyArn,
          `Name a key of the region ${region}, where the trail's bucket is.`,
        ),
      ]
    : [];
};
