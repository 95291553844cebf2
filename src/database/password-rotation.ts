// When RDS replaces the master password that it keeps. The secret is RDS's own, and so is the rotation: no function of ours
// takes part in it.
import { SecretsmanagerSecretRotation } from "@cdktf/provider-aws/lib/secretsmanager-secret-rotation";
import { Construct } from "constructs";
import type { PasswordRotation as Rotation } from "../schema/password-rotation";

export interface PasswordRotationProps {
  /** The secret that RDS made. */
  readonly secretArn: string;
  readonly rotation: Rotation;
}

/**
 * The schedule of a secret that RDS manages: "Managed rotation for AWS Secrets Manager secrets". What sets a schedule would
 * also rotate at once, which a running platform must not do in the middle of an apply.
 */
export class PasswordRotation extends Construct {
  constructor(scope: Construct, id: string, { secretArn, rotation }: PasswordRotationProps) {
    super(scope, id);
    new SecretsmanagerSecretRotation(this, "rotation:database", {
      secretId: secretArn,
      rotateImmediately: false,
      rotationRules: { scheduleExpression: rotation.schedule, duration: `${rotation.windowHours}h` },
    });
  }
}
