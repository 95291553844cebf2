// A repository whose tags stay, whose images are scanned, and which does not grow for ever.
import { EcrRepository } from "@cdktf/provider-aws/lib/ecr-repository";
import { Testing } from "cdktf";
import { Repository, type RepositoryProps } from "../../src/registry/repository";
import { parseJsonencode } from "../support/jsonencode";
import { synthScope } from "../support/synth-scope";

Testing.setupJest();

const synth = (props: Partial<RepositoryProps> = {}) =>
  synthScope((scope) => {
    new Repository(scope, "web", {
      name: "shop/web",
      keepImages: 50,
      untaggedDays: 7,
      deletionProtection: true,
      ...props,
    });
  });

describe("Repository", () => {
  it("takes each tag once, and scans what is pushed", () => {
    expect(synth()).toHaveResourceWithProperties(EcrRepository, {
      name: "shop/web",
      image_tag_mutability: "IMMUTABLE",
      image_scanning_configuration: { scan_on_push: true },
      encryption_configuration: [{ encryption_type: "AES256" }],
      force_delete: false,
    });
  });

  it("can be encrypted with a KMS key, and destroyed with its images where it is not protected", () => {
    const kmsKeyArn = "arn:aws:kms:eu-west-1:111122223333:key/1";
    expect(synth({ kmsKeyArn, deletionProtection: false })).toHaveResourceWithProperties(EcrRepository, {
      encryption_configuration: [{ encryption_type: "KMS", kms_key: kmsKeyArn }],
      force_delete: true,
    });
  });

  it("throws away what has no tag, and all but the newest of the rest", () => {
    const [policy] = Object.values<{ policy: string }>(JSON.parse(synth()).resource.aws_ecr_lifecycle_policy);
    expect(parseJsonencode(policy?.policy ?? "")).toEqual({
      rules: [
        {
          rulePriority: 1,
          description: "Untagged images for 7 days",
          selection: {
            tagStatus: "untagged",
            countType: "sinceImagePushed",
            countUnit: "days",
            countNumber: 7,
          },
          action: { type: "expire" },
        },
        {
          rulePriority: 2,
          description: "The newest 50 images",
          selection: {
            tagStatus: "tagged",
            tagPatternList: ["*"],
            countType: "imageCountMoreThan",
            countNumber: 50,
          },
          action: { type: "expire" },
        },
      ],
    });
  });
});
