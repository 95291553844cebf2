// Shared files: what is refused, all at once and in words, and what follows from what is not.
import { modelOf } from "../../src/model/model";
import { Port } from "../../src/model/traffic/port";
import { ruleId } from "../../src/model/traffic/rules";
import type { EnvironmentInput } from "../../src/schema/environment";
import { defineEnvironment } from "../../src/validation/define-environment";
import { problemsIn } from "../support/problems";

const web = { image: "shop/web:1", port: 8000, cpu: 256, memory: 512 } as const;
const shop: EnvironmentInput = {
  name: "shop",
  region: "us-east-1",
  network: { cidr: "10.0.0.0/16", availabilityZones: ["us-east-1a", "us-east-1b"] },
  services: { web: { ...web, mounts: [{ fileSystem: "media", path: "/app/media", reason: "Uploads" }] } },
  fileSystems: { media: {} },
};

const problems = (changes: object) =>
  problemsIn({ ...shop, ...changes }).map(({ path, remedy }) => `${path}: ${remedy}`);
const ofMounts = (...mounts: readonly object[]) => problems({ services: { web: { ...web, mounts } } });

describe("a mount", () => {
  it("is of a file system that is there, at a path of its own: all of it at once", () => {
    expect(problems({})).toEqual([]);
    expect(
      ofMounts(
        { fileSystem: "medai", path: "/app/media" },
        { fileSystem: "drafts", path: "/tmp" },
        { fileSystem: "media", path: "/app/../etc" },
      ),
    ).toEqual([
      'services.web.mounts[2].path: Write the path of a folder of its own, such as "/app/media": names with one / before each.',
      'services.web.mounts[0].fileSystem: There is no file system "medai"; did you mean "media"?',
      'services.web.mounts[1].fileSystem: Add it to "fileSystems", or name one that is there: media.',
      "services.web.mounts[1].path: Choose another path: something else is there in this container.",
    ]);
    expect(
      ofMounts({ fileSystem: "media", path: "/media" }, { fileSystem: "media", path: "/media" }),
    ).toEqual(["services.web.mounts: Use each path once."]);
  });

  it("of a sidecar is looked at as the service's own, beside the sidecar's other folders", () => {
    const nginx = {
      image: "shop/nginx:1",
      sharedVolumes: { pages: { path: "/pages", readOnly: true } },
      mounts: [
        { fileSystem: "media", path: "/pages" },
        { fileSystem: "drafts", path: "/drafts" },
      ],
    };
    const sharedVolumes = { pages: { path: "/app/pages" } };
    expect(problems({ services: { web: { ...web, sharedVolumes, sidecars: { nginx } } } })).toEqual([
      "services.web.sidecars.nginx.mounts[0].path: Choose another path: something else is there in this container.",
      'services.web.sidecars.nginx.mounts[1].fileSystem: Add it to "fileSystems", or name one that is there: media.',
    ]);
  });

  it("of a section that is no object is not refused as well", () => {
    expect(problems({ fileSystems: "media" })).toEqual(["fileSystems: Give an object here."]);
    expect(problems({ fileSystems: undefined })).toEqual([
      'services.web.mounts[0].fileSystem: Add it to "fileSystems", or name one that is there: none.',
    ]);
  });
});

it("has a key that no other member has", () => {
  const taken = (key: string, more: object = {}) =>
    problems({ services: { web }, fileSystems: { [key]: {} }, ...more }).filter((one) =>
      one.includes("Choose another key"),
    );
  expect(taken("web")).toEqual([
    "fileSystems.web: Choose another key: alb, postgres, redis, endpoints, internet, waf, web are taken.",
  ]);
  expect(taken("redis")).toHaveLength(1);
  expect(taken("media", { extraMembers: { media: { tier: "data" } } })).toEqual([
    "extraMembers.media: Choose another key: alb, postgres, redis, endpoints, internet, waf, web, media are taken.",
  ]);
});

it("is called after environment and key, within what EFS takes", () => {
  expect(defineEnvironment(shop).names.fileSystems).toEqual({ media: "shop-media" });
  const long = "m".repeat(60);
  expect(problems({ services: { web }, fileSystems: { [long]: {} } })).toEqual([
    expect.stringMatching(/^fileSystems\.m+: Use 59 characters at most, or shorten the environment's "name"/),
  ]);
});

it("moves files after days that EFS has", () => {
  expect(problems({ fileSystems: { media: { infrequentAccessAfterDays: 31 } } })).toEqual([
    "fileSystems.media.infrequentAccessAfterDays: Choose days that EFS has, or false: 1, 7, 14, 30, 60, 90, 180, 270, 365.",
  ]);
});

describe("the traffic that follows", () => {
  const { members, traffic, dataSubnetAcl } = modelOf(
    defineEnvironment({
      ...shop,
      production: true,
      services: {
        web: {
          ...web,
          mounts: [
            { fileSystem: "media", path: "/a", reason: "Uploads" },
            { fileSystem: "media", path: "/b", reason: "Not said twice" },
          ],
        },
        worker: { ...web, port: undefined, egress: [], mounts: [{ fileSystem: "media", path: "/media" }] },
        proxy: {
          ...web,
          port: undefined,
          sidecars: {
            nginx: { image: "shop/nginx:1", mounts: [{ fileSystem: "media", path: "/srv", readOnly: true }] },
          },
        },
        other: { ...web, port: undefined },
      },
      fileSystems: { media: { label: "Pictures" }, drafts: {} },
    }),
  );

  it("is a member that keeps data, on port 2049 of the data subnets", () => {
    expect(members.get("media")).toEqual({
      key: "media",
      kind: "file-system",
      label: "Pictures",
      ports: [Port.tcp(2049)],
      tier: "data",
      holdsData: true,
      replicates: false,
      isEntrance: false,
      groupName: "shop-media-sg",
    });
  });

  it("is a flow from each service that mounts it, and from nobody else", () => {
    const flows = traffic.flows.flatMap(({ source, destination, description, reason }) =>
      destination.kind === "group" && ["media", "drafts"].includes(destination.group)
        ? [[source.kind === "group" ? source.group : "", destination.group, description, reason]]
        : [],
    );
    expect(flows).toEqual([
      ["web", "media", "Pictures from Web: Uploads", "Uploads"],
      ["worker", "media", "Pictures from Worker", undefined],
      // By a container beside its own.
      ["proxy", "media", "Pictures from Proxy", undefined],
    ]);
    const rules = traffic.rules().filter(({ group }) => group === "media");
    expect(rules.map((rule) => [ruleId(rule), rule.holder])).toEqual([
      ["media-from-web-2049-tcp", "security-group-rules"],
      ["media-from-worker-2049-tcp", "security-group-rules"],
      ["media-from-proxy-2049-tcp", "security-group-rules"],
    ]);
    // A service that may not connect to everything gets a rule of its own.
    expect(traffic.rules().map(ruleId)).toContain("worker-to-media-2049-tcp");
    expect(traffic.denied().map(({ source, destination }) => [source, destination])).toContainEqual([
      expect.objectContaining({ group: "other" }),
      expect.objectContaining({ group: "media" }),
    ]);
  });

  it("passes the data subnets' network ACL, from the subnets of services alone", () => {
    expect(
      dataSubnetAcl.filter(({ port }) => port.from === 2049).map(({ direction, cidr }) => [direction, cidr]),
    ).toEqual([
      ["ingress", "10.0.64.0/21"],
      ["ingress", "10.0.72.0/21"],
    ]);
  });
});
