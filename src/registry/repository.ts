// A repository in ECR: what is pushed under a tag stays what it is, is scanned, and goes when nobody needs it any more.
import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { EcrRepositoryPolicy } from "@cdktf/provider-aws/lib/ecr-repository-policy";
import { Fn, type IResolvable, Op } from "cdktf";
import { Construct } from "constructs";
import type { Statement } from "../iam/document";
import { policyDocument } from "../iam/policy-document";

export interface RepositoryProps {
  /** The repository's name, such as `shop/web`. */
  readonly name: string;
  /** Images with a tag that are kept, the newest ones. */
  readonly keepImages: number;
  /** Days that an image without a tag is kept. */
  readonly untaggedDays: number;
  /** Other accounts, twelve digits each, that may pull the images. Default: none. */
  readonly pulledBy?: readonly string[] | undefined;
  /** Whether the repository cannot be destroyed while there are images in it. */
  readonly deletionProtection: boolean | IResolvable;
  /**
   * The KMS key of the images.
   *
   * @default - ECR's own
   */
  readonly kmsKeyArn?: string | undefined;
}

/** A private repository with tags that cannot be moved to another image. */
export class Repository extends Construct {
  /** What an image's name begins with: `<account>.dkr.ecr.<region>.amazonaws.com/<name>`. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: RepositoryProps) {
    super(scope, id);
    const { name, pulledBy, deletionProtection, kmsKeyArn } = props;
    const repository = new EcrRepository(this, `repository:${id}`, {
      name,
      imageTagMutability: "IMMUTABLE",
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [
        kmsKeyArn === undefined ? { encryptionType: "AES256" } : { encryptionType: "KMS", kmsKey: kmsKeyArn },
      ],
      forceDelete: typeof deletionProtection === "boolean" ? !deletionProtection : Op.not(deletionProtection),
      tags: { Name: name },
    });
    new EcrLifecyclePolicy(this, `lifecycle:${id}`, {
      repository: repository.name,
      policy: lifecycle(props),
    });
    if (pulledBy !== undefined) {
      new EcrRepositoryPolicy(this, `policy:${id}`, {
        repository: repository.name,
        policy: policyDocument([pulling(pulledBy)]),
      });
    }
    this.url = repository.repositoryUrl;
  }
}

/**
 * Pulling, and looking whether an image is there, which `preflight` does: "Amazon ECR repository policies", Amazon ECR user guide.
 * Each account's own roles say who of it may.
 */
function pulling(accounts: readonly string[]): Statement {
  return {
    sid: "OtherStagesPull",
    principal: { AWS: accounts.map((account) => `arn:aws:iam::${account}:root`) },
    actions: [
      "ecr:BatchCheckLayerAvailability",
      "ecr:BatchGetImage",
      "ecr:DescribeImages",
      "ecr:GetDownloadUrlForLayer",
    ],
  };
}

/** "Lifecycle policy properties", Amazon ECR user guide. */
function lifecycle({ keepImages, untaggedDays }: RepositoryProps): string {
  const expire = { type: "expire" };
  return Fn.jsonencode({
    rules: [
      {
        rulePriority: 1,
        description: `Untagged images for ${untaggedDays} days`,
        selection: {
          tagStatus: "untagged",
          countType: "sinceImagePushed",
          countUnit: "days",
          countNumber: untaggedDays,
        },
        action: expire,
      },
      {
        rulePriority: 2,
        description: `The newest ${keepImages} images`,
        selection: {
          tagStatus: "tagged",
          tagPatternList: ["*"],
          countType: "imageCountMoreThan",
          countNumber: keepImages,
        },
        action: expire,
      },
    ],
  });
}
