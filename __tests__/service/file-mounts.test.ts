// Shared files in a task: one volume for each file system, over TLS and by IAM, and rights by the access point alone.
import { type FileMount, fileFolders, fileVolumes, mountStatements } from "../../src/service/file-mounts";
import { writableFolders } from "../../src/service/writable-folders";

const fileSystem = (key: string): FileMount["fileSystem"] => ({
  id: `fs-${key}`,
  arn: `arn:fs-${key}`,
  accessPointId: `fsap-${key}`,
  accessPointArn: `arn:fsap-${key}`,
  access: [],
});

const mount = (key: string, path: string, readOnly = false): FileMount => ({
  key,
  fileSystem: fileSystem(key),
  path,
  readOnly,
});

const mounts = [
  mount("media", "/app/media"),
  mount("static-files", "/static", true),
  mount("media", "/thumbs", true),
];

it("is one volume a file system, which Fargate mounts over TLS and as the task's role", () => {
  expect(fileVolumes(mounts)).toEqual([
    {
      name: "efs_media",
      efsVolumeConfiguration: {
        fileSystemId: "fs-media",
        transitEncryption: "ENABLED",
        authorizationConfig: { accessPointId: "fsap-media", iam: "ENABLED" },
      },
    },
    {
      name: "efs_static-files",
      efsVolumeConfiguration: {
        fileSystemId: "fs-static-files",
        transitEncryption: "ENABLED",
        authorizationConfig: { accessPointId: "fsap-static-files", iam: "ENABLED" },
      },
    },
  ]);
  expect([fileVolumes(), fileFolders(), mountStatements()]).toEqual([[], [], []]);
});

it("is found at each path, to be read alone where it says so", () => {
  expect(fileFolders(mounts)).toEqual([
    { path: "/app/media", volume: "efs_media", readOnly: false },
    { path: "/static", volume: "efs_static-files", readOnly: true },
    { path: "/thumbs", volume: "efs_media", readOnly: true },
  ]);
});

it("may be written where one mount writes, and only by its own access point", () => {
  expect(mountStatements(mounts)).toEqual([
    {
      sid: "Mountmedia",
      actions: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
      resources: ["arn:fs-media"],
      conditions: { StringEquals: { "elasticfilesystem:AccessPointArn": "arn:fsap-media" } },
    },
    {
      sid: "MountstaticX2dfiles",
      actions: ["elasticfilesystem:ClientMount"],
      resources: ["arn:fs-static-files"],
      conditions: { StringEquals: { "elasticfilesystem:AccessPointArn": "arn:fsap-static-files" } },
    },
  ]);
});

it("shares its volume's name with no writable folder's", () => {
  const paths = ["/efs", "/media", "/efs_media", "/efs/media", "/efs-media", "/efs_6dedia"];
  const folders = [undefined, "efs"].flatMap((sidecar) =>
    writableFolders({ writablePaths: paths, executeCommand: false, sidecar }),
  );
  expect(folders.map(({ volume }) => volume)).not.toContain("efs_media");
});
