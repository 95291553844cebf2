// The secrets that an environment file lists, under its services and for several of them: generated, or looked up, as it says.

import type { IResolvable } from "cdktf";
import { Construct } from "constructs";
import { containersOf } from "../model/containers";
import { parameterResource } from "../model/names/parameters";
import { generatedSecret, sharedSecret } from "../model/names/services";
import { generatedSecretResource, sharedSecretResource } from "../model/names/terraform";
import { existingSecrets, type SecretSections, type SecretUser, type SharedSecrets } from "../model/secrets";
import type { OwnSecretSource } from "../schema/service";
import { accountIdOf } from "../terraform/account";
import { distinctNames } from "../terraform/addresses";
import { type ContainerSecret, containerParameter, type SecretSource } from "./container-secret";
import { ExistingSecret } from "./existing-secret";
import { GeneratedSecret, type GeneratedSecretProps } from "./generated-secret";

export interface ServiceSecretsProps {
  /** The services by key, each with its secrets, and its sidecars', by environment variable. */
  readonly services: Readonly<Record<string, SecretSections["services"][string]>>;
  /** What several of them share, by key. Default: nothing. */
  readonly sharedSecrets?: SharedSecrets;
  /** The region of parameters that are named without one. */
  readonly region: string;
  /** What the names of generated secrets begin with. */
  readonly secretsPrefix: string;
  /** Whether a deleted generated secret can be restored, for 30 days. */
  readonly deletionProtection: boolean | IResolvable;
  /** The KMS key of generated secrets. Default: Secrets Manager's own. */
  readonly kmsKeyArn?: string | undefined;
}

/** What makes a container secret of a variable. */
type Giver = (variable: string) => ContainerSecret;

/**
 * The secrets of all services. A generated one is named `<prefix>/<service>/<variable>`, of a sidecar
 * `<prefix>/<service>/<sidecar>/<variable>`, one that services share `<prefix>/shared/<key>`; an existing one is looked up once, however many services and variables use it.
 */
export class ServiceSecrets extends Construct {
  private readonly existing: ReadonlyMap<string, ExistingSecret>;
  private readonly shared: ReadonlyMap<string, Giver>;
  private readonly byFolder: ReadonlyMap<string, readonly ContainerSecret[]>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ServiceSecretsProps,
  ) {
    super(scope, id);
    this.existing = new Map(
      distinctNames(existingSecrets(props)).map(([secret, resourceName]) => [
        secret,
        new ExistingSecret(this, existingId(secret), { resourceName, secret }),
      ]),
    );
    const { secretsPrefix } = props;
    this.shared = new Map(
      Object.entries(props.sharedSecrets ?? {}).map(([key, source]) => [
        key,
        this.giver(source, `shared_${key}`, {
          resourceName: sharedSecretResource(key),
          name: sharedSecret(secretsPrefix, key),
          description: `${key}, which services share`,
        }),
      ]),
    );
    this.byFolder = new Map(
      Object.entries(props.services)
        .flatMap(([service, own]) => containersOf<SecretUser, SecretUser>(service, own))
        .map(({ key, name, secrets, said }) => [
          secrets,
          Object.entries(said.secrets ?? {}).map(([variable, source]) =>
            ("shared" in source
              ? this.sharedGiver(source.shared)
              : this.giver(source, `${key === name ? "" : "sidecar_"}${key}-${variable}`, {
                  resourceName: generatedSecretResource(key, variable),
                  name: generatedSecret(secretsPrefix, secrets, variable),
                  description: `${variable} of the ${key === name ? "service" : "container"} ${secrets}`,
                }))(variable),
          ),
        ]),
    );
  }

  /**
   * The secrets of one container, in the order of its environment file; none for an unknown one.
   * @param folder the container's: the service's key, and behind a slash the sidecar's
   */
  of(folder: string): readonly ContainerSecret[] {
    return this.byFolder.get(folder) ?? [];
  }

  /** The ARN of a secret that exists already, as a service names it. */
  existingArn({ secretsManager }: { readonly secretsManager: string }): string {
    return this.lookUp(secretsManager).arn;
  }

  /** Where a secret that services share is kept. */
  sharedSource(key: string): SecretSource {
    return this.sharedGiver(key)("").source;
  }

  private sharedGiver(key: string): Giver {
    const found = this.shared.get(key);
    if (!found) throw new Error(`${this.node.path}: there is no shared secret ${key}`);
    return found;
  }

  /** @param id of the construct of one that is generated, and what that is called */
  private giver(
    source: OwnSecretSource,
    id: string,
    named: Pick<GeneratedSecretProps, "resourceName" | "name" | "description">,
  ): Giver {
    if ("secretsManager" in source) {
      return (variable) => this.lookUp(source.secretsManager).containerSecret(variable, source.jsonKey);
    }
    if ("ssmParameter" in source) {
      return (variable) => containerParameter(variable, this.parameterArn(source.ssmParameter));
    }
    const { deletionProtection, kmsKeyArn } = this.props;
    const { length } = source.generate;
    const generated = new GeneratedSecret(this, id, { ...named, length, deletionProtection, kmsKeyArn });
    return (variable) => generated.containerSecret(variable);
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
 * tells it from a generated secret's id, `<service>-<variable>`, for no service's key has one; so it does for shared ones.
 */
function existingId(secret: string): string {
  return `existing_${secret.replaceAll("%", "%25").replaceAll("/", "%2F")}`;
}
