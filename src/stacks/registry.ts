// The stack registry: the repositories that images are pushed to. Deployed before the others, which run the images.

import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { encryptionKeyArn } from "../encryption/encryption-key";
import { registryKeyAlias } from "../model/names/keys";
import { repositoryName } from "../model/names/services";
import { Repository } from "../registry/repository";
import type { Registry } from "../schema/registry";
import { DeletionProtection } from "../terraform/deletion-protection";
import { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack";

export interface RegistryStackProps extends EnvironmentStackProps {
  readonly registry: Registry;
}

/** The stack `registry`. */
export class RegistryStack extends EnvironmentStack {
  /** The repositories, by the services whose images they hold. */
  readonly repositories: ReadonlyMap<string, Repository>;

  constructor(scope: Construct, id: string, { environment, registry }: RegistryStackProps) {
    super(scope, id, { environment });
    const { name, names, encryption } = environment;
    const { keepImages, untaggedDays, pulledBy } = registry;
    const deletionProtection = new DeletionProtection(this, "deletion-protection", {
      enabled: environment.deletionProtection,
      of: "repositories with images",
    }).value;
    const kmsKeyArn = encryptionKeyArn(this, encryption, {
      alias: registryKeyAlias(names.keyAlias),
      description: `Images of ${name}`,
    });
    this.repositories = new Map(
      registry.repositories.map((service) => [
        service,
        new Repository(this, service, {
          name: repositoryName(environment, service),
          keepImages,
          untaggedDays,
          pulledBy,
          deletionProtection,
          kmsKeyArn,
        }),
      ]),
    );
    new TerraformOutput(this, "repository_urls", {
      value: Object.fromEntries([...this.repositories].map(([service, { url }]) => [service, url])),
      description: "What the images' names begin with, by service",
    });
  }
}
