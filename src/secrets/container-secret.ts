// What a service has to know of a secret, wherever the secret comes from: the one shape that all kinds of them share.

/** A secret that ECS puts into a container's environment when a task starts. */
export interface ContainerSecret {
  /** The environment variable. */
  readonly name: string;
  /** What ECS reads: an ARN, with `:<key>::` behind it where the value is one key of a JSON document in Secrets Manager. */
  readonly valueFrom: string;
  /** Where it is kept: what the execution role may read. */
  readonly source: SecretSource;
}

/** A secret of Secrets Manager, or a parameter of Systems Manager. */
export interface SecretSource {
  readonly service: "secretsmanager" | "ssm";
  readonly arn: string;
}

/**
 * The container secret for a whole secret, or for one key of the JSON in it.
 *
 * The form is `<arn>:<json key>:<version stage>:<version id>`; with the last two empty, ECS reads the current version:
 * "Pass Secrets Manager secrets through Amazon ECS environment variables", Amazon ECS developer guide.
 */
export function containerSecret(name: string, arn: string, jsonKey?: string): ContainerSecret {
  return {
    name,
    source: { service: "secretsmanager", arn },
    valueFrom: jsonKey === undefined ? arn : `${arn}:${jsonKey}::`,
  };
}

/** The container secret for a parameter: "Pass Systems Manager parameters through Amazon ECS environment variables". */
export function containerParameter(name: string, arn: string): ContainerSecret {
  return { name, source: { service: "ssm", arn }, valueFrom: arn };
}
