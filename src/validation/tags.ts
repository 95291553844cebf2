// The tags against what gets them: two services of the account's audit take less than all others.
import { type Check, problem } from "./check";

/** GuardDuty API reference, CreateDetector, "tags": no space, no @, and the letters of English alone. */
const GUARD_DUTY_KEY = /^[a-zA-Z+-=._:/]+$/;

export const checkTags: Check = ({ tags, accountSecurity }) => {
  const entries = Object.entries(tags ?? {});
  const ofDetector = accountSecurity?.guardDuty ? entries : [];
  const ofTrail = accountSecurity?.cloudTrail ? entries : [];
  return [
    ...ofDetector
      .filter(([key]) => !GUARD_DUTY_KEY.test(key))
      .map(([key]) =>
        problem(
          `tags.${key}`,
          key,
          "Use letters from A to Z, digits and _ . : / = + - in its name, or write accountSecurity.guardDuty: false: GuardDuty " +
            "takes nothing else.",
        ),
      ),
    ...ofTrail
      .filter(([, value]) => value === "")
      .map(([key, value]) =>
        problem(
          `tags.${key}`,
          value,
          "Give it a value, or write accountSecurity.cloudTrail: false: CloudTrail takes none empty.",
        ),
      ),
  ];
};
