// What the operations say of a member that a team's own code adds: of its group everything, of what is in it nothing.
import { modelOf } from "../../../src/model/model";
import { discoveryOf } from "../../../src/operations/discovery/discover";
import type { LiveResources } from "../../../src/operations/live/resources";
import { judgeResources } from "../../../src/operations/verify/resources";
import { defineEnvironment } from "../../../src/validation/define-environment";

const model = modelOf(
  defineEnvironment({
    name: "shop",
    region: "eu-central-1",
    network: { cidr: "10.80.0.0/16", availabilityZones: ["eu-central-1a", "eu-central-1b"] },
    services: { web: { image: "shop/web:1.0.0", cpu: 256, memory: 512 } },
    extraMembers: { search: { label: "OpenSearch", tier: "data" } },
    extraFlows: [{ source: "web", destination: "search", port: 443, description: "search" }],
  }),
);

const nothing: LiveResources = {
  services: new Map(),
  database: undefined,
  cache: undefined,
  loadBalancer: undefined,
  fileSystems: new Map(),
  endpoints: [],
};

const found = (tags: Readonly<Record<string, readonly string[]>>) =>
  discoveryOf(
    model,
    {
      ids: ["vpc-1"],
      groups: Object.entries(tags).flatMap(([name, ids]) =>
        ids.map((id) => ({ GroupId: id, Tags: [{ Key: "Name", Value: name }] })),
      ),
    },
    nothing,
  ).groups.find(({ group }) => group === "search");

it("discover finds its group by the Name tag, and misses it where it is not there", () => {
  expect(found({ "shop-search-sg": ["sg-1"] })).toMatchObject({
    name: "shop-search-sg",
    tagged: ["sg-1"],
    resource: "OpenSearch",
    findings: [],
  });
  expect(found({})?.findings).toContain("No security group has the Name tag shop-search-sg.");
});

it("verify does not look for it among the platform's own resources", () => {
  expect(judgeResources(model, nothing).map(({ id }) => id)).toEqual(["resource:web"]);
});
