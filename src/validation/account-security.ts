// The account's audit against the rest of the environment.
import { monitoringOf } from "../model/monitoring";
import { placeOf } from "../schema/arn";
import { type Check, problem } from "./check";

/** The topic is that of the environment's alarms. */
export const checkFindings: Check = ({ accountSecurity, monitoring, production, refused }) => {
  const { findings, guardDuty, securityHub } = accountSecurity ?? {};
  if (!accountSecurity || !findings || refused("monitoring") || production === undefined) {
    return [];
  }
  const refuse = (remedy: string) => [problem("accountSecurity.findings", findings, remedy)];
  if (!monitoringOf(production, monitoring)) {
    return refuse('Remove it, or switch "monitoring" on: findings are told to the topic of its alarms.');
  }
  return guardDuty === false && securityHub === false
    ? refuse("Remove it, or switch guardDuty or securityHub on: nothing else finds anything.")
    : [];
};

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
