// The policy `image-pinned`: every container runs an image with a tag that does not move, or a digest.

import { asText } from "../../reachability/terraform-config";
import { parseImage } from "../../schema/image";
import type { Policy } from "../policy";
import { containerFindings } from "../reading/containers";

const imagePinned: Policy = {
  id: "image-pinned",
  severity: "high",
  rule: "Every container runs an image with a tag that does not move, or a digest.",
  reason: 'What "latest" means can change between two tasks of one deployment, and cannot be rolled back to.',
  remedy: "Write repository:tag, or repository@sha256:digest.",
  check: ({ resources }) =>
    containerFindings(resources, function* ({ who, body }) {
      const image = parseImage(asText(body.image) ?? "");
      if (!image) {
        yield `${who} runs an image without a tag or digest that could be read`;
      } else if (image.version === "latest") {
        yield `${who} runs the image ${image.repository} with the tag "latest"`;
      }
    }),
};

export default imagePinned;
