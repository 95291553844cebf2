// The policy `repositories-immutable`: images in ECR cannot be replaced under their tag, and are scanned when they are
// pushed.
import { finding, type Policy } from "../policy";
import { isTrue, nested } from "../reading/values";

const repositoriesImmutable: Policy = {
  id: "repositories-immutable",
  severity: "medium",
  rule: "Images in ECR cannot be replaced under their tag, and are scanned when they are pushed.",
  reason:
    "A tag that can be overwritten lets whoever may push change what production runs, without a deployment.",
  remedy: "Set image_tag_mutability to IMMUTABLE, and scan_on_push to true.",
  *check({ resources }) {
    for (const repository of resources.of("aws_ecr_repository")) {
      if (repository.body.image_tag_mutability !== "IMMUTABLE") {
        yield finding(repository, "Its tags can be overwritten");
      }
      if (
        !nested(repository.body, "image_scanning_configuration").some(({ scan_on_push: scan }) =>
          isTrue(scan),
        )
      ) {
        yield finding(repository, "It does not scan what is pushed");
      }
    }
  },
};

export default repositoriesImmutable;
