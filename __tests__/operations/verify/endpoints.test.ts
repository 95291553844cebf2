// Whether calls of AWS's APIs stay in the VPC.

import type { VpcEndpoint } from "@aws-sdk/client-ec2";
import { modelOf } from "../../../src/model/model";
import type { LiveResources } from "../../../src/operations/live/resources";
import { type EndpointFacts, judgeEndpoints } from "../../../src/operations/verify/endpoints";
import { judgeResources } from "../../../src/operations/verify/resources";
import { allOptions } from "../../support/all-options";
import { environment } from "./fixtures";

const SERVICES = [
  "ecr.api",
  "ecr.dkr",
  "logs",
  "secretsmanager",
  "ssm",
  "sqs",
  "monitoring",
  "xray",
  "ssmmessages",
];

const endpoint = (service: string, changed: Partial<VpcEndpoint> = {}): VpcEndpoint => ({
  VpcEndpointId: `vpce-${service}`,
  ServiceName: `com.amazonaws.us-east-1.${service}`,
  State: "available" as never,
  VpcId: "vpc-1",
  PrivateDnsEnabled: true,
  Groups: [{ GroupId: "sg-endpoints" }],
  Tags: [
    { Key: "Environment", Value: "all-options" },
    { Key: "Name", Value: `all-options-${service}` },
  ],
  ...changed,
});

function judge(endpoints: readonly VpcEndpoint[], facts: Partial<EndpointFacts> = {}) {
  return judgeEndpoints(allOptions, {
    endpoints,
    vpcIds: ["vpc-1"],
    groupIds: new Map([["endpoints", "sg-endpoints"]]),
    ...facts,
  });
}

/** All as they should be, but for that of the logs. */
const withLogs = (...logs: readonly VpcEndpoint[]) => [
  ...SERVICES.filter((service) => service !== "logs").map((service) => endpoint(service)),
  ...logs,
];

it("pass where each is the API's, in the VPC and the group, with private DNS", () => {
  expect(judge(SERVICES.map((service) => endpoint(service)))).toEqual(
    SERVICES.map((service) => ({
      id: `endpoint:${service}`,
      title: `What tasks ask of ${service} stays in the VPC, by the endpoint all-options-${service}`,
      status: "pass",
      detail: `vpce-${service}`,
    })),
  );
});

it.each<[string, Partial<VpcEndpoint>, string]>([
  [
    "leads elsewhere",
    { ServiceName: "com.amazonaws.us-east-1.monitoring" },
    "vpce-logs leads to com.amazonaws.us-east-1.monitoring, not to com.amazonaws.us-east-1.logs",
  ],
  [
    "is another region's",
    { ServiceName: "com.amazonaws.eu-west-1.logs" },
    "vpce-logs leads to com.amazonaws.eu-west-1.logs, not to com.amazonaws.us-east-1.logs",
  ],
  ["is in another VPC", { VpcId: "vpc-2" }, "vpce-logs is in vpc-2, not in vpc-1"],
  [
    "is not what the API's name leads to",
    { PrivateDnsEnabled: false },
    "vpce-logs has no private DNS: tasks are given the API's addresses in the Internet",
  ],
  [
    "is in no group of the platform",
    { Groups: [{ GroupId: "sg-default" }] },
    "vpce-logs is not in the group sg-endpoints: nobody is let in",
  ],
])("fails one that %s, and no other", (_, changed, detail) => {
  const checks = judge(withLogs(endpoint("logs", changed)));
  expect(checks.filter(({ status }) => status !== "pass")).toEqual([
    expect.objectContaining({ id: "endpoint:logs", status: "fail", detail }),
  ]);
});

it("fails two of one name, and says everything that is wrong with either", () => {
  const other = endpoint("logs", { VpcEndpointId: "vpce-2", VpcId: "vpc-2", PrivateDnsEnabled: false });
  expect(judge(withLogs(endpoint("logs"), other))[2]).toMatchObject({
    id: "endpoint:logs",
    status: "fail",
    detail: [
      "2 VPC endpoints have the Name tag all-options-logs",
      "vpce-2 is in vpc-2, not in vpc-1",
      "vpce-2 has no private DNS: tasks are given the API's addresses in the Internet",
    ].join("\n"),
  });
});

it("says nothing of the VPC and the group where they are not certain", () => {
  const lost = SERVICES.map((service) => endpoint(service, { VpcId: "vpc-2", Groups: [] }));
  expect(judge(lost, { vpcIds: [], groupIds: new Map() }).map(({ status }) => status)).toEqual(
    SERVICES.map(() => "pass"),
  );
});

it("skips one that is not there: the check of the resource says so", () => {
  expect(judge(withLogs()).filter(({ status }) => status !== "pass")).toMatchObject([
    { id: "endpoint:logs", status: "skipped", detail: "not deployed yet" },
  ]);
  const live: LiveResources = {
    services: new Map(),
    database: undefined,
    cache: undefined,
    fileSystems: new Map(),
    loadBalancer: undefined,
    endpoints: withLogs(),
  };
  expect(judgeResources(modelOf(allOptions), live).find(({ id }) => id === "resource:endpoints")).toEqual({
    id: "resource:endpoints",
    title: "The VPC endpoint of all-options is up",
    status: "fail",
    detail: "8 of 9 available",
  });
});

it("is silent where the environment has none", () => {
  expect(judgeEndpoints(environment, { endpoints: [], vpcIds: [], groupIds: new Map() })).toEqual([]);
});
