// Shared files: encrypted, in each zone, refused to whoever comes without TLS, as root, or past the access point.
import { EfsAccessPoint } from "@cdktf/provider-aws/lib/efs-access-point";
import { EfsFileSystem } from "@cdktf/provider-aws/lib/efs-file-system";
import { TerraformOutput, Testing } from "cdktf";
import type { z } from "zod";
import { fileSystemSchema } from "../../src/schema/file-systems";
import { SharedFiles, type SharedFilesProps } from "../../src/storage/shared-files";
import { statementsIn } from "../support/policy-document";
import { synthScope } from "../support/synth-scope";

Testing.setupJest();

function synth(
  section: z.input<typeof fileSystemSchema> = {},
  props: Partial<SharedFilesProps> = {},
): string {
  return synthScope((scope) => {
    const { isBackedUp, access } = new SharedFiles(scope, "files", {
      resourceName: "media",
      name: "shop-media",
      fileSystem: fileSystemSchema.parse(section),
      subnetIds: { "eu-west-1a": "subnet-a", "eu-west-1b": "subnet-b" },
      securityGroupId: "sg-media",
      dailyBackups: true,
      ...props,
    });
    new TerraformOutput(scope, "facts", { value: { isBackedUp, waits: access.length } });
  });
}

const resources = (config: string) => JSON.parse(config).resource;

it("is encrypted, grows by itself, and moves what nobody opens to where it is cheaper", () => {
  const config = synth();
  expect(config).toHaveResourceWithProperties(EfsFileSystem, {
    creation_token: "shop-media",
    encrypted: true,
    performance_mode: "generalPurpose",
    throughput_mode: "elastic",
    lifecycle_policy: [
      { transition_to_ia: "AFTER_30_DAYS" },
      { transition_to_primary_storage_class: "AFTER_1_ACCESS" },
    ],
    tags: { Name: "shop-media" },
  });
  expect(resources(config).aws_efs_file_system.media).not.toHaveProperty("kms_key_id");
});

it("takes a key, another throughput, and other days, of which one has its own word, or none", () => {
  const kmsKeyArn = "arn:aws:kms:eu-west-1:111122223333:key/1";
  const own = synth({ throughput: "bursting", infrequentAccessAfterDays: 1 }, { kmsKeyArn });
  expect(own).toHaveResourceWithProperties(EfsFileSystem, {
    kms_key_id: kmsKeyArn,
    throughput_mode: "bursting",
    lifecycle_policy: expect.arrayContaining([{ transition_to_ia: "AFTER_1_DAY" }]),
  });
  const never = resources(synth({ infrequentAccessAfterDays: false }));
  expect(never.aws_efs_file_system.media).not.toHaveProperty("lifecycle_policy");
});

it("has an address in each zone, in its group alone, and none before its policy stands", () => {
  const { aws_efs_mount_target: targets } = resources(synth());
  expect(Object.keys(targets)).toEqual(["media_eu_west_1a", "media_eu_west_1b"]);
  expect(targets.media_eu_west_1b).toMatchObject({
    file_system_id: "${aws_efs_file_system.media.id}",
    subnet_id: "subnet-b",
    security_groups: ["sg-media"],
    depends_on: ["aws_efs_file_system_policy.media"],
  });
});

it("lets nobody in by its policy, and refuses plain connections, root, and whoever goes past the access point", () => {
  const { media } = resources(synth()).aws_efs_file_system_policy;
  const about = { Effect: "Deny", Principal: "*", Resource: "${aws_efs_file_system.media.arn}" };
  expect(statementsIn(media.policy)).toEqual([
    {
      Sid: "DenyPlainNfs",
      ...about,
      Action: "elasticfilesystem:*",
      Condition: { Bool: { "aws:SecureTransport": "false" } },
    },
    { Sid: "DenyRoot", ...about, Action: "elasticfilesystem:ClientRootAccess" },
    {
      Sid: "DenyPastAccessPoints",
      ...about,
      Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
      Condition: { Null: { "elasticfilesystem:AccessPointArn": "true" } },
    },
  ]);
});

it("gives all files to one owner, never root, and keeps the way in until there is another", () => {
  expect(synth({ owner: { uid: 10_001, gid: 10_002 } })).toHaveResourceWithProperties(EfsAccessPoint, {
    posix_user: { uid: 10_001, gid: 10_002 },
    root_directory: {
      path: "/files",
      creation_info: { owner_uid: 10_001, owner_gid: 10_002, permissions: "0750" },
    },
    lifecycle: { create_before_destroy: true },
  });
  expect(fileSystemSchema.parse({}).owner).toEqual({ uid: 1000, gid: 1000 });
  expect(fileSystemSchema.safeParse({ owner: { uid: 0 } }).success).toBe(false);
});

it("is backed up by one plan: EFS's own, or the environment's", () => {
  const status = (config: string) => resources(config).aws_efs_backup_policy.media.backup_policy.status;
  const facts = (config: string) => JSON.parse(config).output.facts.value;
  expect([status(synth()), facts(synth())]).toEqual(["ENABLED", { isBackedUp: true, waits: 3 }]);
  const planned = synth({}, { dailyBackups: false });
  expect([status(planned), facts(planned).isBackedUp]).toEqual(["DISABLED", true]);
  const none = synth({ backup: false });
  expect([status(none), facts(none).isBackedUp]).toEqual(["DISABLED", false]);
});
