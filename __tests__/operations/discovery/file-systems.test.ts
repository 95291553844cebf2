// What the operations say of shared files: where their groups are found, when they are up, and where AWS refuses to show them.
import { modelOf } from "../../../src/model/model";
import { AwsFailure } from "../../../src/operations/aws/failure";
import { discoveryOf } from "../../../src/operations/discovery/discover";
import type { LiveFileSystem } from "../../../src/operations/live/file-systems";
import { fileSystemReadiness } from "../../../src/operations/live/readiness";
import type { LiveResources } from "../../../src/operations/live/resources";
import { judgeResources } from "../../../src/operations/verify/resources";
import { withUnread } from "../../../src/operations/verify/unread";
import { defineEnvironment } from "../../../src/validation/define-environment";

const model = modelOf(
  defineEnvironment({
    name: "shop",
    region: "eu-central-1",
    network: { cidr: "10.80.0.0/16", availabilityZones: ["eu-central-1a", "eu-central-1b"] },
    services: {
      web: {
        image: "shop/web:1.0.0",
        cpu: 256,
        memory: 512,
        mounts: [{ fileSystem: "media", path: "/media" }],
      },
    },
    fileSystems: { media: {} },
  }),
);

const target = (id: string, ...securityGroups: string[]): LiveFileSystem["mountTargets"][number] => ({
  target: {
    MountTargetId: id,
    FileSystemId: "fs-1",
    SubnetId: "subnet-1",
    LifeCycleState: "available",
  },
  securityGroups,
});

function live(...mountTargets: LiveFileSystem["mountTargets"]): LiveResources {
  const fileSystem = {
    OwnerId: "111122223333",
    CreationToken: "shop-media",
    FileSystemId: "fs-1",
    CreationTime: new Date(0),
    LifeCycleState: "available" as const,
    NumberOfMountTargets: mountTargets.length,
    SizeInBytes: { Value: 0 },
    PerformanceMode: "generalPurpose" as const,
    Tags: [],
  };
  return {
    services: new Map(),
    database: undefined,
    cache: undefined,
    fileSystems: new Map([["media", { fileSystem, mountTargets }]]),
    loadBalancer: undefined,
    endpoints: [],
  };
}

const nothing: LiveResources = { ...live(), fileSystems: new Map() };

const found = (resources: LiveResources) =>
  discoveryOf(
    model,
    { ids: ["vpc-1"], groups: [{ GroupId: "sg-media", Tags: [{ Key: "Name", Value: "shop-media-sg" }] }] },
    resources,
  ).groups.find(({ group }) => group === "media");

describe("discover", () => {
  it("finds the group at the mount targets of every zone", () => {
    expect(found(live(target("fsmt-a", "sg-media"), target("fsmt-b", "sg-media")))).toMatchObject({
      resource: "file system shop-media",
      attached: ["sg-media"],
      findings: [],
    });
  });

  it("finds another group at one of them, and misses the file system where there is none", () => {
    expect(found(live(target("fsmt-a", "sg-media"), target("fsmt-b", "sg-open")))?.findings).toEqual([
      "The file system shop-media is in sg-open, which has another name.",
    ]);
    expect(found(nothing)?.findings).toEqual(["There is no file system shop-media."]);
  });
});

describe("verify", () => {
  const judge = (resources: LiveResources) =>
    judgeResources(model, resources).find(({ id }) => id === "resource:media");

  it("wants an address in each zone", () => {
    expect(judge(live(target("fsmt-a", "sg-media"), target("fsmt-b", "sg-media")))).toEqual({
      id: "resource:media",
      title: "The file system shop-media is up",
      status: "pass",
      detail: "available, 2 of 2 mount targets available",
    });
    expect(judge(live(target("fsmt-a", "sg-media")))).toMatchObject({
      status: "fail",
      detail: "available, 1 of 2 mount targets available",
    });
    expect(judge(nothing)).toMatchObject({ status: "fail", detail: "not deployed" });
  });

  it("says of every file system's checks that they could not be made, where AWS shows none", () => {
    const checks = [
      "resource:media",
      "group:media",
      "undeclared:media",
      "flow:media-from-web-2049-tcp",
      "resource:web",
    ].map((id) => ({ id, title: id, status: "pass" as const, detail: "" }));
    const failure = new AwsFailure("AWS does not allow EFS DescribeFileSystems.", { kind: "not-allowed" });
    const judged = withUnread(checks, new Map([["file-systems", failure]]), model);
    expect(judged.filter(({ status }) => status === "fail").map(({ id }) => id)).toEqual([
      "resource:media",
      "group:media",
      "undeclared:media",
      "flow:media-from-web-2049-tcp",
    ]);
  });
});

it.each([
  ["available", "available", "ready"],
  ["updating", "available", "ready"],
  ["creating", "available", "pending"],
  ["available", "creating", "pending"],
  ["available", "error", "failed"],
  ["deleting", "available", "failed"],
] as const)("a file system that is %s with a mount target that is %s is %s", (state, ofTarget, expected) => {
  const targets = [{ MountTargetId: "fsmt-a", LifeCycleState: ofTarget }];
  expect(fileSystemReadiness({ LifeCycleState: state }, targets, 1).state).toBe(expected);
});
