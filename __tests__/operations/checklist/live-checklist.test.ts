// What the checklist says of an account by what was read of it.

import { modelOf } from "../../../src/model/model";
import { judgeAccount } from "../../../src/operations/checklist/live-checklist";
import type { Resources } from "../../../src/operations/checklist/resources";
import type { LiveResources } from "../../../src/operations/live/resources";
import type { LivePlatform } from "../../../src/operations/verify/live-platform";
import lightwave from "../../systems/lightwave-prod";
import { nothingRead } from "./nothing-read";

const nothing = nothingRead.resources;

function answers(resources: LiveResources, view: Resources = {}) {
  const platform: LivePlatform = { ...nothingRead, resources };
  const items = judgeAccount({ name: "lightwave-prod", model: modelOf(lightwave) }, platform, view);
  return (id: string) => items.find((item) => item.id === id);
}

it.each([
  "https",
  "debug-off",
  "database-private",
  "cache-encrypted",
  "backups",
  "logs",
  "multi-az",
  "autoscaling",
])("does not call %s met while nothing is deployed", (id) =>
  expect(answers(nothing)(id)).toMatchObject({ state: "confirm", detail: "It is not deployed yet." }),
);

it("does not call security groups met while something is not deployed", () => {
  expect(answers({ ...nothing, database: {} })("security-groups")).toMatchObject({
    state: "confirm",
    detail: "Some of it is not deployed yet.",
  });
});

it("judges the account by the rules for the output, and names it in Terraform's words", () => {
  const database = { publicly_accessible: true, storage_encrypted: true, db_subnet_group_name: "shop" };
  const answer = answers(
    { ...nothing, database: {} },
    { aws_db_instance: { "lightwave-django-prod": database } },
  );
  const where = ["account/aws_db_instance.lightwave-django-prod"];
  expect(answer("database-private")).toMatchObject({ state: "not met", where });
  expect(answer("database-encrypted")).toMatchObject({ state: "met", where });
});

it("asks verify's check about the network ACL of the data subnets", () => {
  const everything: LiveResources = {
    services: new Map([["django", {}]]),
    database: {},
    cache: { group: {}, members: [] },
    loadBalancer: {},
    fileSystems: new Map(),
    endpoints: [],
  };
  expect(answers(nothing)("network-acls")).toMatchObject({
    state: "confirm",
    detail: "Some of it is not deployed yet.",
  });
  // Deployed, and no subnet was found.
  expect(answers(everything)("network-acls")).toMatchObject({
    state: "confirm",
    detail: expect.stringMatching(/^None of it could be checked: /),
  });
});

it("finds a cache that takes no patches", () => {
  const cache = { group: {}, members: [] };
  const answer = answers(
    { ...nothing, database: {}, cache },
    { aws_elasticache_replication_group: { "lightwave-django-prod": { auto_minor_version_upgrade: false } } },
  );
  expect(answer("patches")).toMatchObject({
    state: "not met",
    where: ["account/aws_elasticache_replication_group.lightwave-django-prod"],
  });
});

it("does not call a database private whose subnet group is RDS's own", () => {
  const answer = answers(
    { ...nothing, database: {} },
    { aws_db_instance: { db: { publicly_accessible: false, db_subnet_group_name: "default" } } },
  );
  expect(answer("database-private")).toMatchObject({
    state: "not met",
    where: ["account/aws_db_instance.db"],
  });
});

it("says of what it did not read that it did not", () => {
  const answer = answers(
    { ...nothing, database: {}, loadBalancer: {} },
    {
      aws_db_instance: {
        db: { publicly_accessible: false, deletion_protection: true, db_subnet_group_name: "shop" },
      },
      aws_db_subnet_group: { shop: { name: "shop" } },
      aws_lb: { lb: { enable_deletion_protection: "true" } },
    },
  );
  expect(answer("database-private")).toMatchObject({
    state: "met",
    detail:
      "It has no public address. The routes of its subnets were not read: aws ec2 describe-route-tables.",
  });
  expect(answer("deletion-protection")).toMatchObject({
    state: "met",
    detail: expect.stringMatching(/Whether a cache leaves a last snapshot, only Terraform knows/),
  });
});

it("does not call a service scaling whose autoscaling somebody has suspended", () => {
  const scaling = (dynamic_scaling_out_suspended: boolean) =>
    answers(
      { ...nothing, services: new Map([["django", {}]]) },
      {
        aws_ecs_service: { "lightwave-django-prod": { name: "lightwave-django-prod" } },
        aws_appautoscaling_target: {
          "lightwave-django-prod": {
            resource_id: "service/lightwave-prod/lightwave-django-prod",
            min_capacity: 2,
            max_capacity: 10,
            suspended_state: [{ dynamic_scaling_out_suspended }],
          },
        },
      },
    )("autoscaling")?.state;
  expect(scaling(false)).toBe("met");
  expect(scaling(true)).toBe("not met");
});

it.each([
  ["rate-limiting", /aws wafv2 get-web-acl-for-resource/],
  ["waf", /aws wafv2 get-web-acl-for-resource/],
  ["database-tls", /aws rds describe-db-parameters/],
  ["state-encrypted", /without --live/],
  ["cdn", /aws cloudfront list-distributions/],
  ["monitoring", /aws sns list-subscriptions/],
  ["audit", /aws cloudtrail describe-trails/],
  ["image-scanning", /aws ecr describe-repositories/],
  ["response-headers", /"verify" asks for them over the wire/],
  ["penetration-test", /report of this year/],
  ["load-test", /k6/],
  ["access-review", /generate-credential-report/],
  ["assessments", /aws securityhub get-findings/],
  ["security-audit", /manage\.py check --deploy/],
  ["minimal-image", /Dockerfile/],
])("says where to look for %s, which is not read", (id, detail) => {
  expect(answers(nothing)(id)).toMatchObject({ state: "confirm", detail: expect.stringMatching(detail) });
});
