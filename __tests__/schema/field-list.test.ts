// The list of all fields of the environment file: paths, types in words, defaults.
import { type Field, fieldList } from "../../src/schema/field-list";

const fields = new Map(fieldList().map((field) => [field.path, field]));
const of = (path: string): Partial<Field> | undefined => fields.get(path);

it("names fields within objects, tables and lists, each once", () => {
  expect([...fields.keys()]).toEqual(
    expect.arrayContaining([
      "name",
      "names.services.*.logGroup",
      "network.subnets.*.data",
      "services",
      "services.*.healthCheck.intervalSeconds",
      "services.*.routes[].priority",
      "services.*.egress[].port.to",
      "services.*.secrets.*.generate.length",
      "loadBalancer.responseHeaders.strictTransportSecurity.maxAgeSeconds",
      "queues.*.maxReceiveCount",
      "extraFlows[].description",
    ]),
  );
  expect(fieldList()).toHaveLength(fields.size);
});

it("says what each takes, in words, with unit and bounds", () => {
  expect(of("services.*.healthCheck.intervalSeconds")).toMatchObject({
    type: "whole number of seconds from 5 to 300",
    required: false,
    default: "30",
  });
  expect(of("region")).toMatchObject({ type: "text", required: true, default: undefined });
  expect(of("tags")).toMatchObject({ type: "texts by key", default: "{}" });
  expect(of("services")).toMatchObject({ type: "objects by key", required: true });
  expect(of("services.*.memory")).toMatchObject({ type: "whole number of MiB", required: true });
  expect(of("network.natGateways")).toMatchObject({
    type: '"none", "single" or "per-zone"',
    default: '"per-zone"',
  });
  expect(of("monitoring.thresholds.latencySeconds")).toMatchObject({ type: "number of seconds above 0" });
  expect(of("accountSecurity.guardDuty")).toMatchObject({
    type: "false or object",
    default: "its own defaults",
  });
  expect(of("services.*.cpu")?.type).toMatch(/^256, .* or 16384 CPU units$/);
});

it("has a field of several forms once, and shows the forms", () => {
  expect(of("state")?.forms).toEqual([
    '{ backend: "local" }',
    expect.stringMatching(/^\{ backend: "s3", bucket, region, /),
    '{ backend: "none" }',
  ]);
  expect(of("state.backend")).toMatchObject({ type: '"local" or "s3" or "none"', required: true });
  expect(of("services.*.secrets")?.forms).toEqual([
    "{ secretsManager, jsonKey }",
    "{ ssmParameter }",
    "{ generate }",
    "{ shared }",
  ]);
});

/** Numbers that count nothing: a port, and places in an order. */
const WITHOUT_UNIT = /\.(port|formerPort|from|to|dataSubnetAclNumbers)$/;

it("names the unit of every number", () => {
  const numbers = [...fields.values()].filter(({ type }) => /^(whole )?number/.test(type));
  const bare = numbers.filter(({ type, path }) => !/number of /.test(type) && !WITHOUT_UNIT.test(path));
  expect(bare).toEqual([]);
});
