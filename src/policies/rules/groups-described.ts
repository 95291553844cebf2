// The policy `groups-described`: every security group has a description of its own and a Name tag.
import { asText, isObject } from "../../reachability/terraform-config";
import { finding, type Policy } from "../policy";

/** What the provider writes where nothing is said. */
const PROVIDER_DEFAULT = "Managed by Terraform";

const groupsDescribed: Policy = {
  id: "groups-described",
  severity: "low",
  rule: "Every security group has a description of its own and a Name tag.",
  reason:
    "The rules stack finds groups by their Name, and whoever reads a group in the console has only its name and description to go by.",
  remedy: "Give the group a description and a Name tag.",
  *check({ resources }) {
    for (const group of resources.of("aws_security_group")) {
      const { description, tags } = group.body;
      if ([undefined, null, "", PROVIDER_DEFAULT].includes(asText(description))) {
        yield finding(group, "It has no description");
      }
      if (!isObject(tags) || !asText(tags.Name)) {
        yield finding(group, "It has no Name tag");
      }
    }
  },
};

export default groupsDescribed;
