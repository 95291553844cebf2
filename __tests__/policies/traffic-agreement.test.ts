// The synthesized Terraform and the traffic matrix agree; whatever is changed in the one, the disagreement is found.

import fc from "fast-check";
import type { Environment } from "../../src/model/environment";
import { modelOf } from "../../src/model/model";
import trafficReadable from "../../src/policies/rules/traffic-readable";
import { trafficDisagreements } from "../../src/policies/traffic-agreement";
import { evaluated } from "../../src/reachability/evaluated";
import { defineEnvironment } from "../../src/validation/define-environment";
import { allOptions } from "../support/all-options";
import { arbitraryEnvironment, defineRandom } from "../support/arbitrary-environment";
import { refusals } from "../support/guards";
import { platformConfigs } from "../support/platform-configs";
import { possibleEdits, seeds } from "../support/random-edits";
import { systems } from "../support/systems";

type Configs = ReturnType<typeof platformConfigs>;

/** Applies one edit, looks, and takes it back by starting from a copy each time. */
function editor(environment: Environment, configs: Configs) {
  const model = modelOf(environment);
  // Parsed sooner than cloned.
  const text = JSON.stringify(configs);
  expect(refusals(model, configs, [trafficReadable])).toEqual([]);
  return (pick: (kinds: readonly string[]) => number): { kind: string; found: string[] } => {
    const copy: Configs = JSON.parse(text);
    const edits = possibleEdits(copy);
    const edit = edits[pick(edits.map(({ kind }) => kind))];
    edit?.apply();
    return { kind: edit?.kind ?? "none", found: refusals(model, copy, [trafficReadable]) };
  };
}

/** What of the configurations has to do with traffic: the rest would only be copied and read for every edit. */
const TRAFFIC =
  /^aws_(vpc|vpc_endpoint|default_security_group|security_group|vpc_security_group_.*|lb|ecs_service|db_instance|elasticache_replication_group|efs_mount_target)$/;

/** What stands beside resources, and decides nothing of what they are. */
const ASIDE = ["moved", "check", "validation"];

function trafficOnly(configs: Configs): Configs {
  return JSON.parse(
    JSON.stringify(configs, function (this: unknown, key: string, value: unknown) {
      return (/^aws_/.test(key) && !TRAFFIC.test(key)) || ASIDE.includes(key) ? undefined : value;
    }),
  );
}

describe("trafficDisagreements", () => {
  const lightwave = systems.load("lightwave-prod");
  const lightwaveConfigs = platformConfigs(lightwave);

  it.each(systems.names())("finds none in %s", (name) => {
    const environment = systems.load(name);
    expect(trafficDisagreements(modelOf(environment), evaluated(platformConfigs(environment)))).toEqual([]);
  });

  it("finds every single edit of lightwave-prod", () => {
    const configs = trafficOnly(lightwaveConfigs);
    const kinds = possibleEdits(structuredClone(configs)).map(({ kind }) => kind);
    const disagreementsAfter = editor(lightwave, configs);
    const missed = kinds.filter((_kind, index) => disagreementsAfter(() => index).found.length === 0);
    expect(missed).toEqual([]);
    expect(kinds.length).toBeGreaterThan(90);
  });

  it("finds every single edit of an environment with VPC endpoints", () => {
    const configs = trafficOnly(platformConfigs(allOptions));
    expect(trafficDisagreements(modelOf(allOptions), evaluated(configs))).toEqual([]);
    const kinds = possibleEdits(structuredClone(configs)).map(({ kind }) => kind);
    const disagreementsAfter = editor(allOptions, configs);
    const missed = kinds.filter((_kind, index) => disagreementsAfter(() => index).found.length === 0);
    expect(missed).toEqual([]);
    expect(kinds).toContain("detach the group of aws_vpc_endpoint.endpoints");
    expect(kinds).toContain("attach a second group to aws_vpc_endpoint.endpoints");
    expect(kinds).toContain("detach the group of aws_efs_mount_target.media_us_east_1a");
    expect(kinds).toContain("attach a second group to aws_efs_mount_target.media_us_east_1b");
  });

  it("takes a mount target of nobody's in the group of shared files for a stranger", () => {
    const configs = structuredClone(platformConfigs(allOptions));
    Object(configs.django).resource.aws_efs_mount_target.another = {
      file_system_id: "fs-0123456789abcdef0",
      security_groups: ["${aws_security_group.media.id}"],
    };
    expect(trafficDisagreements(modelOf(allOptions), configs).join("\n")).toMatch(
      /aws_efs_mount_target\.another is in all-options-media-sg; the environment puts "\S*another" in no group/,
    );
  });

  it("takes a second endpoint in the group for a stranger", () => {
    const configs = structuredClone(platformConfigs(allOptions));
    Object(configs.django).resource.aws_vpc_endpoint.another = {
      vpc_endpoint_type: "Interface",
      security_group_ids: ["${aws_security_group.endpoints.id}"],
    };
    expect(trafficDisagreements(modelOf(allOptions), configs).join("\n")).toMatch(
      /aws_vpc_endpoint\.another is in all-options-endpoints-sg; the environment puts "endpoints" in no group/,
    );
  });

  it("agrees on random environments, and finds every random edit of them", () => {
    let tried = 0;
    let caught = 0;
    fc.assert(
      fc.property(arbitraryEnvironment, seeds, (input, picks) => {
        const environment = defineRandom(input);
        const configs = platformConfigs(environment);
        expect(trafficDisagreements(modelOf(environment), evaluated(configs))).toEqual([]);
        const disagreementsAfter = editor(environment, trafficOnly(configs));
        for (const seed of picks) {
          const { kind, found } = disagreementsAfter((kinds) => seed % kinds.length);
          tried += 1;
          caught += found.length > 0 ? 1 : 0;
          expect({ kind, found: found.length }).not.toEqual({ kind, found: 0 });
        }
      }),
      { numRuns: 4 },
    );
    expect(caught).toBe(tried);
    expect(tried).toBeGreaterThanOrEqual(400);
  });

  it.each([
    [
      "overlapping ranges",
      "all" as const,
      [
        { from: 400, to: 500 },
        { from: 450, to: 600 },
      ],
      false,
    ],
    [
      "a range that an egress rule meets",
      [{ cidr: "0.0.0.0/0", port: 443, description: "HTTPS" }],
      [{ from: 400, to: 500 }],
      false,
    ],
    ["a range into a database that is open to the VPC", [], [{ from: 5000, to: 6000 }], true],
  ])("agrees on %s", (_what, egress, ports, ingressFromVpc) => {
    const service = { image: "a/b:1", cpu: 256 as const, memory: 512, egress };
    const environment = defineEnvironment({
      name: "ranges",
      region: "eu-west-1",
      network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
      services: { web: service, other: service },
      database: { ingressFromVpc },
      extraFlows: ports.map((port) => ({
        source: "web",
        destination: ingressFromVpc ? "postgres" : "other",
        port,
        description: "A range",
      })),
    });
    expect(trafficDisagreements(modelOf(environment), evaluated(platformConfigs(environment)))).toEqual([]);
  });

  it.each([
    [
      "widen port of aws_vpc_security_group_ingress_rule.postgres",
      /postgres-sg <- lightwave-django-prod-ecs-sg 5432-5433\/tcp/,
    ],
    [
      "drop aws_vpc_security_group_ingress_rule.redis",
      /The flow django -> redis 6379\/tcp \(Allow Django ECS to Redis\) lacks its rule/,
    ],
    [
      "add inline ingress to redis",
      /allows lightwave-django-prod-redis-sg <- internet 22\/tcp, which is no flow/,
    ],
    [
      "attach a second group to aws_ecs_service.django",
      /is in lightwave-django-prod-alb-sg, lightwave-django-prod-ecs-sg; the environment puts "django" in/,
    ],
    [
      "detach the group of aws_db_instance",
      /is in no group; the environment puts "postgres" in lightwave-django-prod-postgres-sg/,
    ],
    [
      "open to the world aws_vpc_security_group_ingress_rule.postgres",
      /internet -> postgres 5432\/tcp gets through, which no flow allows/,
    ],
  ])("names the flow: %s", (kind, sentence) => {
    const pick = (kinds: readonly string[]) => kinds.findIndex((text) => text.startsWith(kind));
    const { found } = editor(lightwave, lightwaveConfigs)(pick);
    expect(found.join("\n")).toMatch(sentence);
  });
});
