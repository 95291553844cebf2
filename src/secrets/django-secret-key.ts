// Django's SECRET_KEY and what it was before: one for each environment, because services that share sessions or signed values
// must share it.

import type { IResolvable } from "cdktf";
import type { Construct } from "constructs";
import { HANDOVER } from "../model/handover";
import { djangoPreviousSecretKey, djangoSecretKey } from "../model/names/services";
import { PREVIOUS_SECRET_KEY_RESOURCE, SECRET_KEY_RESOURCE } from "../model/names/terraform";
import type { ContainerSecret } from "./container-secret";
import { GeneratedSecret } from "./generated-secret";

/** Longer than the 50 characters below which Django's deployment checklist warns (security.W009). */
const LENGTH = 64;

export interface DjangoSecretKeyProps {
  /** What the names of the environment's secrets begin with. */
  readonly secretsPrefix: string;
  /** Whether a deleted key can be restored, for 30 days. */
  readonly deletionProtection: boolean | IResolvable;
  /** The KMS key of the secret. Default: Secrets Manager's own. */
  readonly kmsKeyArn?: string | undefined;
}

/**
 * The secret of Django's SECRET_KEY, and the one of its predecessor. That begins as a random value that nobody has signed
 * anything with: a task whose secret has no value does not start. docs/secret-key.md says how a key becomes the former one.
 */
export class DjangoSecretKey extends GeneratedSecret {
  /** The key as the environment variable `SECRET_KEY`, its predecessor as `SECRET_KEY_FALLBACKS`. */
  readonly secrets: readonly ContainerSecret[];
  /** What the key was before. */
  readonly previous: GeneratedSecret;

  constructor(scope: Construct, id: string, { secretsPrefix, ...props }: DjangoSecretKeyProps) {
    super(scope, id, {
      ...props,
      resourceName: SECRET_KEY_RESOURCE,
      name: djangoSecretKey(secretsPrefix),
      description: "Django's SECRET_KEY",
      length: LENGTH,
    });
    this.previous = new GeneratedSecret(this, "previous", {
      ...props,
      resourceName: PREVIOUS_SECRET_KEY_RESOURCE,
      name: djangoPreviousSecretKey(secretsPrefix),
      description: "What Django's SECRET_KEY was before",
      length: LENGTH,
    });
    this.secrets = [
      this.containerSecret("SECRET_KEY"),
      this.previous.containerSecret(HANDOVER.secretKeyFallbacks),
    ];
  }
}
