// A secret whose value is made up at apply.
import { Fn } from "cdktf";
import type { Construct } from "constructs";
import { EphemeralResource } from "../terraform/ephemeral-resource";
import { type SecretValue, StoredSecret, type StoredSecretProps } from "./stored-secret";

export interface GeneratedSecretProps extends StoredSecretProps {
  /** Length of the generated value in characters, each a letter or a digit (5.95 bits of entropy). */
  readonly length: number;
  /**
   * Turns the secret into JSON: these fields, and the generated value as `password`; or what is made of the value.
   *
   * @default - the generated value alone
   */
  readonly fields?: Readonly<Record<string, string>> | ((value: string) => Readonly<Record<string, string>>);
}

interface Generated extends SecretValue {
  readonly generated: string;
}

/** A secret in Secrets Manager with a random value. */
export class GeneratedSecret extends StoredSecret<Generated> {
  constructor(scope: Construct, id: string, { length, fields, ...props }: GeneratedSecretProps) {
    super(scope, id, props, (self) => {
      const generated = new EphemeralResource(self, `value:${props.resourceName}`, {
        type: "aws_secretsmanager_random_password",
        arguments: {
          password_length: length,
          // Letters and digits survive URLs, shells and .env files, and are all that RDS takes without exception.
          exclude_punctuation: true,
        },
      }).getStringAttribute("random_password");
      return {
        generated,
        stored: fields === undefined ? generated : Fn.jsonencode(documentOf(fields, generated)),
      };
    });
  }

  /** The generated value, for a write-only argument that takes it in the apply that writes the version, and in no other. */
  get value(): string {
    return this.written.generated;
  }
}

function documentOf(fields: NonNullable<GeneratedSecretProps["fields"]>, value: string): object {
  return typeof fields === "function" ? fields(value) : { ...fields, password: value };
}
