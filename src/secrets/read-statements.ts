// What a service's own code needs to read secrets of which it is told the ARN.
import type { RoleStatement } from "../iam/document";
import { keyStatements } from "../iam/statements";
import type { SecretSource } from "./container-secret";

/** How code reads each: "GetSecretValue", and "GetParameter", which takes an ARN for a name. */
const READING = [
  { service: "secretsmanager", action: "secretsmanager:GetSecretValue", what: "SharedSecrets" },
  { service: "ssm", action: "ssm:GetParameter", what: "SharedParameters" },
] as const;

/**
 * @param region the platform's
 * @param kmsKeyArn the platform's own key; AWS's own if left out
 */
export function readStatements(
  sources: readonly SecretSource[],
  region: string,
  kmsKeyArn: string | undefined,
): RoleStatement[] {
  return READING.flatMap(({ service, action, what }) => {
    const arns = sources.filter((one) => one.service === service).map(({ arn }) => arn);
    const resources = [...new Set(arns)];
    return resources.length === 0
      ? []
      : [
          { sid: `Read${what}`, actions: [action], resources },
          ...keyStatements(`Decrypt${what}`, kmsKeyArn, ["kms:Decrypt"], `${service}.${region}`),
        ];
  });
}
