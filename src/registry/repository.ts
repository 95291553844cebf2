// A repository in ECR: what is pushed under a tag stays what it is, is scanned, and goes when nobody needs it any more.
import { EcrLifecyclePolicy } from "@cdktf/provider-aws/lib/ecr-lifecycle-policy";
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { Fn, type IResolvable, Op } from "cdktf";
import { Construct } from "constructs";

export interface RepositoryProps {
  /** The repository's name, such as `shop/web`. */
  readonly name: string;
  /** Images with a tag that are kept, the newest ones. */
  readonly keepImages: number;
  /** Days that an image without a tag is kept. */
  readonly untaggedDays: number;
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
    const { name, deletionProtection, kmsKeyArn } = props;
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
    this.url = repository.repositoryUrl;
  }
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
