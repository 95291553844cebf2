// The policy `file-systems-closed`: every file system refuses connections without TLS, and everybody that IAM does not let in.
import { finding, type Policy } from "../policy";
import { deniesPlainHttp } from "../reading/plain-http";
import type { Resource, Resources } from "../reading/resources";
import { isAboutEverybody, statements } from "../reading/statements";
import { nested } from "../reading/values";

const ROOT = /^(\*|elasticfilesystem:(\*|ClientRootAccess))$/;

const fileSystemsClosed: Policy = {
  id: "file-systems-closed",
  severity: "high",
  rule: "Every file system refuses connections without TLS, refuses root, and lets in tasks by IAM and an access point alone.",
  reason:
    "Without a policy of its own, a file system gives every file to whoever reaches its address, as any user.",
  remedy:
    "Give it a policy that denies elasticfilesystem:* where aws:SecureTransport is false, and elasticfilesystem:ClientRootAccess; in " +
    "each efs_volume_configuration, name an access point and set iam to ENABLED.",
  *check({ resources }) {
    for (const files of resources.of("aws_efs_file_system")) {
      const policies = resources.attached("aws_efs_file_system_policy", "file_system_id", files, "id");
      if (!policies.some((holder) => deniesPlainHttp(resources, holder))) {
        yield finding(files, "It takes connections without TLS");
      }
      if (!policies.some((holder) => deniesRoot(resources, holder))) {
        yield finding(files, "It lets clients be root");
      }
    }
    for (const definition of resources.of("aws_ecs_task_definition")) {
      const volumes = nested(definition.body, "volume").flatMap((volume) =>
        nested(volume, "efs_volume_configuration"),
      );
      const isAuthorized = (volume: (typeof volumes)[number]) =>
        nested(volume, "authorization_config").some(
          ({ iam, access_point_id }) => iam === "ENABLED" && access_point_id !== undefined,
        );
      if (!volumes.every(isAuthorized)) {
        yield finding(definition, "It mounts a file system past IAM, or past its access points");
      }
    }
  },
};

function deniesRoot(resources: Resources, holder: Resource): boolean {
  return (statements(resources, holder, holder.body.policy) ?? []).some(
    (statement) =>
      statement.effect === "Deny" &&
      isAboutEverybody(statement) &&
      statement.actions.some((action) => ROOT.test(action)) &&
      statement.conditions.length === 0,
  );
}

export default fileSystemsClosed;
