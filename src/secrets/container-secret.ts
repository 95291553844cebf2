// What a service has to know of a secret, wherever the secret comes from: the one shape that all kinds of them share.

/** A secret that ECS puts into a container's environment when a task starts. */
export interface ContainerSecret {
  /** The environment variable. */
  readonly name: string;
  /** What ECS reads: a secret's ARN, with `:<key>::` behind it where the value is one key of a JSON document. */
  readonly valueFrom: string;
  /** The ARN of the secret itself: what the execution role may read. */
  readonly secretArn: string;
}

/**
 * The container secret for a whole secret, or for one key of the JSON in it.
 *
 * The form is `<arn>:<json key>:<version stage>:<version id>`; with the last two empty, ECS reads the current version:
 * "Pass Secrets Manager secrets through Amazon ECS environment variables", Amazon ECS developer guide.
 */
export function containerSecret(name: string, secretArn: string, jsonKey?: string): ContainerSecret {
  return { name, secretArn, valueFrom: jsonKey === undefined ? secretArn : `${secretArn}:${jsonKey}::` };
}
