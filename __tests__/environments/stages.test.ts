// Two stages of one definition: what differs is what the table of docs/stages.md says, typed by hand, and nothing else.

import { checklist } from "../../src/checklist/checklist";
import { modelOf } from "../../src/model/model";
import { destinationOf } from "../../src/schema/connection";
import { allConfigs, platformConfigs } from "../support/platform-configs";
import { stages } from "../support/stages";
import { resources } from "../support/synthesized";

const staging = stages.load("shop-staging");
const production = stages.load("shop-production");

it("differ in what the table says", () => {
  const facts = ({
    production,
    deletionProtection,
    network,
    dns,
    state,
    ci,
    registry,
    services,
    database,
    cache,
  }: typeof staging) => ({
    production,
    deletionProtection,
    cidr: network.cidr,
    natGateways: network.natGateways,
    domain: dns?.domain,
    state: state.backend === "s3" && [state.bucket, state.createBucket],
    createProvider: ci?.createProvider,
    repositories: registry && `${registry.namespace}/${registry.repositories}`,
    tasks: Object.entries(services).map(([key, { desiredCount }]) => `${key} ${desiredCount}`),
    zones: database?.multiAz,
    nodes: cache?.nodes,
  });
  expect(facts(staging)).toEqual({
    production: false,
    deletionProtection: false,
    cidr: "10.40.0.0/16",
    natGateways: "single",
    domain: "staging.shop.example.com",
    state: ["example-shop-states", true],
    createProvider: true,
    repositories: undefined,
    tasks: ["web 1", "worker 1", "beat 1", "flower 1"],
    zones: false,
    nodes: 1,
  });
  expect(facts(production)).toEqual({
    production: true,
    deletionProtection: true,
    cidr: "10.41.0.0/16",
    natGateways: "per-zone",
    domain: "shop.example.com",
    state: ["example-shop-states", false],
    createProvider: false,
    repositories: "shop/web",
    tasks: ["web 2", "worker 2", "beat 1", "flower 1"],
    zones: true,
    nodes: 2,
  });
});

it("run the same images, by the same commands, with the same variables but for what names the stage", () => {
  const containers = (environment: typeof staging) =>
    Object.entries(environment.services).map(([key, { image, command, environment, connectsTo }]) => ({
      key,
      image,
      command,
      variables: Object.keys(environment),
      stores: connectsTo.map(destinationOf),
    }));
  expect(containers(staging)).toEqual(containers(production));
  expect(new Set(containers(staging).map(({ image }) => image))).toEqual(
    new Set(["123456789012.dkr.ecr.eu-central-1.amazonaws.com/shop/web:1.4.0"]),
  );
});

it("let both stages' roles pull from the one repository, and nothing else", () => {
  for (const environment of [staging, production]) {
    const pulls = Object.values(platformConfigs(environment)).flatMap((config) =>
      resources(config, "aws_iam_role_policy").flatMap(([, { policy }]) =>
        [...JSON.stringify(policy).matchAll(/arn:aws:ecr:[\w:-]+repository\/[\w/*-]+/g)].map(([arn]) => arn),
      ),
    );
    expect(new Set(pulls)).toEqual(new Set(["arn:aws:ecr:eu-central-1:123456789012:repository/shop/web"]));
  }
});

it("leaves of production's checklist unmet what the page says, and nothing else", () => {
  const model = modelOf(production);
  const unmet = checklist(model, allConfigs(production))
    .filter(({ state }) => state === "not met")
    .map(({ id }) => id);
  expect(unmet.sort()).toEqual(["autoscaling", "cdn"]);
});
