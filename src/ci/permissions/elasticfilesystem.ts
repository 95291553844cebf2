// EFS: file systems, with what leads to them. They have IDs and no names, so that the tag says whose they are.
import { actions, type PermissionsOf } from "../grant";

export const elasticfilesystem: PermissionsOf = ({ environment, arn }) => {
  if (Object.keys(environment.fileSystems).length === 0) {
    return undefined;
  }
  const all = [arn("elasticfilesystem", "file-system/*"), arn("elasticfilesystem", "access-point/*")];
  return {
    grants: [
      {
        sid: "ReadFileSystems",
        access: "read",
        actions: actions("elasticfilesystem", [
          "DescribeAccessPoints",
          "DescribeBackupPolicy",
          "DescribeFileSystemPolicy",
          "DescribeFileSystems",
          "DescribeLifecycleConfiguration",
          "DescribeMountTargetSecurityGroups",
          "DescribeMountTargets",
          "ListTagsForResource",
        ]),
        // `preflight` looks one up by its creation token: whose it is, it says itself.
        resources: all,
        boundaryResources: ["*"],
      },
      {
        sid: "NewFileSystem",
        access: "write",
        actions: ["elasticfilesystem:CreateFileSystem"],
        resources: ["*"],
        tag: "new",
      },
      {
        sid: "TagNewFileSystem",
        access: "write",
        actions: ["elasticfilesystem:TagResource"],
        resources: all,
        tag: "untagged",
      },
      {
        sid: "OwnFileSystems",
        access: "write",
        actions: actions("elasticfilesystem", [
          "CreateAccessPoint",
          "CreateMountTarget",
          "DeleteAccessPoint",
          "DeleteFileSystem",
          "DeleteFileSystemPolicy",
          "DeleteMountTarget",
          "ModifyMountTargetSecurityGroups",
          "PutBackupPolicy",
          "PutFileSystemPolicy",
          "PutLifecycleConfiguration",
          "TagResource",
          "UntagResource",
          "UpdateFileSystem",
        ]),
        resources: all,
        tag: "own",
      },
    ],
  };
};
