// Statements that more than one document says.
import type { RoleStatement, Statement } from "./document";

/**
 * Refuses whatever does not come over TLS, for a resource's own policy.
 * @param actions what of a service, such as `s3:*`
 */
export function denyPlainHttp(sid: string, actions: string, resources: readonly string[]): Statement {
  return {
    sid,
    effect: "Deny",
    principal: "*",
    actions: [actions],
    resources,
    conditions: { Bool: { "aws:SecureTransport": "false" } },
  };
}

/**
 * Leaves to the account's IAM who may use a KMS key, as AWS recommends ("Default key policy", KMS developer guide). In a key's
 * policy, * is the key itself.
 */
export function leaveKeyToIam(sid: string, accountId: string): Statement {
  return {
    sid,
    principal: { AWS: `arn:aws:iam::${accountId}:root` },
    actions: ["kms:*"],
    resources: ["*"],
  };
}

/**
 * Lets a role use a KMS key through one AWS service, such as `sqs.us-east-1`, and in no other way; nothing where there is
 * no key: AWS's own keys ask for no permission.
 */
export function keyStatements(
  sid: string,
  kmsKeyArn: string | undefined,
  actions: readonly string[],
  service: string,
): RoleStatement[] {
  return kmsKeyArn === undefined
    ? []
    : [
        {
          sid,
          actions,
          resources: [kmsKeyArn],
          conditions: { StringEquals: { "kms:ViaService": `${service}.amazonaws.com` } },
        },
      ];
}

/**
 * A name in the letters and digits that a statement's Sid takes. Everything else becomes X and its code, and so does X
 * itself: no two names of one role share a Sid, which IAM would refuse.
 */
export function sidOf(name: string): string {
  return name.replaceAll(
    /[^A-WYZa-z0-9]/g,
    (character) => `X${character.charCodeAt(0).toString(16).padStart(2, "0")}`,
  );
}
