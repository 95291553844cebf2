// vCPUs of cache nodes, as AWS's page of supported node types has them.
import { cacheCpus } from "../../src/model/cache-cpus";

it.each([
  ["cache.t2.micro", 1],
  ["cache.t2.medium", 2],
  ["cache.t3.small", 2],
  ["cache.t4g.micro", 2],
  ["cache.t4g.medium", 2],
  ["cache.m3.medium", 1],
  ["cache.m5.large", 2],
  ["cache.m6g.xlarge", 4],
  ["cache.r6gd.xlarge", 4],
  ["cache.r7g.2xlarge", 8],
  ["cache.m5.24xlarge", 96],
  ["cache.c7gn.large", 2],
])("%s has %d", (nodeType, cpus) => {
  expect(cacheCpus(nodeType)).toBe(cpus);
});

it.each(["cache.x9.large", "cache.t4g.xlarge", "cache.m5.nano", "cache.r6gd.large"])(
  "does not guess those of %s",
  (nodeType) => {
    expect(cacheCpus(nodeType)).toBeUndefined();
  },
);
