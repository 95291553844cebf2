// The secrets that an environment file lists under its services: generated, or looked up, as it says.

import type { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { parameterResource } from "../model/names/parameters";
import { generatedSecret } from "../model/names/services";
import { generatedSecretResource } from "../model/names/terraform";
import { existingSecretsOf } from "../model/services";
import type { SecretSource } from "../schema/service";
import { accountIdOf } from "../terraform/account";
import { distinctNames } from "../terraform/addresses";
import { type ContainerSecret, containerParameter } from "./container-secret";
import { ExistingSecret } from "./existing-secret";
import { GeneratedSecret } from "./generated-secret";

export interface ServiceSecretsProps {
  /** The services by key, each with its secrets by environment variable. */
  readonly services: Readonly<Record<string, Parameters<typeof existingSecretsOf>[0]>>;
  /** The region of parameters that are named without one. */
  readonly region: string;
  /** What the names of generated secrets begin with. */
  readonly secretsPrefix: string;
  /** Whether a deleted generated secret can be restored, for 30 days. */
  readonly deletionProtection: boolean | IResolvable;
  /** The KMS key of generated secrets. Default: Secrets Manager's own. */
  readonly kmsKeyArn?: string | undefined;
}

/**
 * The secrets of all services. A generated one is named `<prefix>/<service>/<variable>`; an existing one is looked up
 * once, however many services and variables use it.
 */
export class ServiceSecrets extends Construct {
  private readonly existing: ReadonlyMap<string, ExistingSecret>;
  private readonly byService: ReadonlyMap<string, readonly ContainerSecret[]>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ServiceSecretsProps,
  ) {
    super(scope, id);
    const existing = Object.values(props.services).flatMap(existingSecretsOf);
    this.existing = new Map(
      distinctNames([...new Set(existing)]).map(([secret, resourceName]) => [
        secret,
        new ExistingSecret(this, existingId(secret), { resourceName, secret }),
      ]),
    );
    this.byService = new Map(
      Object.entries(props.services).map(([service, { secrets }]) => [
        service,
        Object.entries(secrets).map(([variable, source]) => this.containerSecret(service, variable, source)),
      ]),
    );
  }

  /** The container secrets of one service, in the order of its environment file; none for an unknown service. */
  of(service: string): readonly ContainerSecret[] {
    return this.byService.get(service) ?? [];
  }

  /** The ARN of a secret that exists already, as a service names it. */
  existingArn({ secretsManager }: { readonly secretsManager: string }): string {
    return this.lookUp(secretsManager).arn;
  }

  private containerSecret(service: string, variable: string, source: SecretSource): ContainerSecret {
    if ("secretsManager" in source) {
      return this.lookUp(source.secretsManager).containerSecret(variable, source.jsonKey);
    }
    if ("ssmParameter" in source) return containerParameter(variable, this.parameterArn(source.ssmParameter));
    const { secretsPrefix, deletionProtection, kmsKeyArn } = this.props;
    return new GeneratedSecret(this, `${service}-${variable}`, {
      resourceName: generatedSecretResource(service, variable),
      name: generatedSecret(secretsPrefix, service, variable),
      description: `${variable} of the service ${service}`,
      length: source.generate.length,
      deletionProtection,
      kmsKeyArn,
    }).containerSecret(variable);
  }

  /** Looking it up would put its value into the state. */
  private parameterArn(parameter: string): string {
    if (parameter.startsWith("arn:")) return parameter;
    return `arn:aws:ssm:${this.props.region}:${accountIdOf(this)}:${parameterResource(parameter)}`;
  }

  private lookUp(secret: string): ExistingSecret {
    const found = this.existing.get(secret);
    if (!found) {
      throw new Error(`${this.node.path}: the secret ${secret} was not looked up`);
    }
    return found;
  }
}

/**
 * The construct id of an existing secret. A slash would turn into "--", which a name may hold as well; the underscore
 * tells it from a generated secret's id, `<service>-<variable>`, for no service's key has one.
 */
function existingId(secret: string): string {
  return `existing_${secret.replaceAll("%", "%25").replaceAll("/", "%2F")}`;
}
