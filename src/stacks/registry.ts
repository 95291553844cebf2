// The stack registry: the repositories that images are pushed to. Deployed before the others, which run the images.
import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import { encryptionKeyArn } from "../encryption/encryption-key";
import { Repository } from "../registry/repository";
import { type Registry, repositoryName } from "../schema/registry";
import { BaseStack } from "../terraform/base-stack";
import { DeletionProtection } from "../terraform/deletion-protection";
import { baseStackProps, type EnvironmentStackProps } from "./environment-stack";

export interface RegistryStackProps extends EnvironmentStackProps {
  readonly registry: Registry;
}

export class RegistryStack extends BaseStack {
  constructor(scope: Construct, id: string, { environment, registry }: RegistryStackProps) {
    super(scope, id, baseStackProps(environment));
    const { name, names, region, encryption } = environment;
    const { keepImages, untaggedDays } = registry;
    const deletionProtection = new DeletionProtection(this, "deletion-protection", {
      enabled: environment.deletionProtection,
      of: "repositories with images",
    }).value;
    const kmsKeyArn = encryptionKeyArn(this, encryption, {
      alias: `${names.keyAlias}-registry`,
      description: `Images of ${name}`,
      region,
    });
    const repositories = registry.repositories.map((service) => {
      const repository = new Repository(this, service, {
        name: repositoryName(name, service),
        keepImages,
        untaggedDays,
        deletionProtection,
        kmsKeyArn,
      });
      return [service, repository.url];
    });
    new TerraformOutput(this, "repository_urls", {
      value: Object.fromEntries(repositories),
      description: "What the images' names begin with, by service",
    });
  }
}
