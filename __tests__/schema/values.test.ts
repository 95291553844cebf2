// The small values of an environment: blocks of addresses, Fargate's sizes, image references, subnets.
import fc from "fast-check";
import { planSubnets } from "../../src/model/subnets";
import { cidrProblem, contains, isPrivate, overlaps, prefixLength, subnet } from "../../src/schema/cidr";
import { isFargateSize, memoryFor } from "../../src/schema/fargate";
import { parseEcrRepository, parseImage } from "../../src/schema/image";
import { networkSchema } from "../../src/schema/network";
import { windowsOverlap } from "../../src/schema/windows";

describe("CIDR blocks", () => {
  it("are checked and corrected", () => {
    expect(cidrProblem("10.0.0.0/16")).toBeUndefined();
    expect(cidrProblem("203.0.113.7/32")).toBeUndefined();
    expect(cidrProblem("0.0.0.0/0")).toBeUndefined();
    expect(cidrProblem("10.0.3.7/16")).toContain("10.0.0.0/16");
    for (const malformed of ["10.0.0.0", "10.0.0/16", "10.0.0.0/33", "300.0.0.0/8", "::/0", "10.0.0.0/16 "]) {
      expect(cidrProblem(malformed)).toContain("IPv4 CIDR block");
    }
  });

  it("contain, overlap and are private", () => {
    expect(contains("10.0.0.0/16", "10.0.255.0/24")).toBe(true);
    expect(contains("10.0.0.0/16", "10.1.0.0/24")).toBe(false);
    expect(contains("10.0.1.0/24", "10.0.0.0/16")).toBe(false);
    expect(overlaps("10.0.1.0/24", "10.0.0.0/16")).toBe(true);
    expect(overlaps("10.0.0.0/24", "10.0.1.0/24")).toBe(false);
    expect(contains("0.0.0.0/0", "255.255.255.255/32")).toBe(true);
    expect(isPrivate("172.31.0.0/16")).toBe(true);
    expect(isPrivate("172.32.0.0/16")).toBe(false);
    expect(prefixLength("10.0.0.0/9")).toBe(9);
  });

  it("fall into parts that do not overlap and lie within the whole", () => {
    const cut = fc.record({
      prefix: fc.integer({ min: 8, max: 22 }),
      bits: fc.integer({ min: 1, max: 6 }),
      seed: fc.nat(),
    });
    fc.assert(
      fc.property(cut, ({ prefix, bits, seed }) => {
        const whole = `10.0.0.0/${prefix}`;
        const index = seed % 2 ** bits;
        const part = subnet(whole, bits, index);
        expect(cidrProblem(part)).toBeUndefined();
        expect(contains(whole, part)).toBe(true);
        if (index > 0) {
          expect(overlaps(part, subnet(whole, bits, index - 1))).toBe(false);
        }
      }),
    );
    expect(subnet("10.0.0.0/16", 8, 5)).toBe("10.0.5.0/24");
    expect(() => subnet("10.0.0.0/31", 2, 0)).toThrow(RangeError);
    expect(() => subnet("10.0.0.0/16", 1, 2)).toThrow(RangeError);
  });
});

describe("planSubnets", () => {
  const plan = (zones: string[]) =>
    planSubnets(networkSchema.parse({ cidr: "10.0.0.0/16", availabilityZones: zones }));

  it("gives each tier its quarter", () => {
    expect(plan(["us-east-1a", "us-east-1b"])).toEqual({
      public: ["10.0.0.0/21", "10.0.8.0/21"],
      private: ["10.0.64.0/21", "10.0.72.0/21"],
      data: ["10.0.128.0/21", "10.0.136.0/21"],
    });
  });

  it("renumbers nothing when a zone is added", () => {
    const three = plan(["us-east-1a", "us-east-1b", "us-east-1c"]);
    const two = plan(["us-east-1a", "us-east-1b"]);
    for (const tier of ["public", "private", "data"] as const) {
      expect(three[tier].slice(0, 2)).toEqual(two[tier]);
    }
  });
});

describe("Fargate sizes", () => {
  it.each([
    [256, 512, true],
    [256, 2048, true],
    [256, 1536, false],
    [512, 512, false],
    [1024, 8192, true],
    [4096, 30_720, true],
    [4096, 31_744, false],
    [8192, 20_480, true],
    [8192, 18_432, false],
    [16_384, 122_880, true],
    [300, 1024, false],
  ])("%i CPU units with %i MiB: %s", (cpu, memory, exists) => {
    expect(isFargateSize(cpu, memory)).toBe(exists);
  });

  it("are named in words", () => {
    expect(memoryFor(512)).toBe("1024 to 4096 MiB in steps of 1024");
  });
});

describe("image references", () => {
  const digest = `sha256:${"0a".repeat(32)}`;

  it.each([
    ["nginx:1.27", { repository: "nginx", version: "1.27" }],
    ["localhost:5000/team/app:v1", { repository: "localhost:5000/team/app", version: "v1" }],
    [`team/app@${digest}`, { repository: "team/app", version: digest }],
    ["nginx", undefined],
    ["localhost:5000/app", undefined],
    ["Team App:1", undefined],
    ["team/app@sha256:12", undefined],
    ["team/app:", undefined],
  ])("%s", (image, expected) => {
    expect(parseImage(image)).toEqual(expected);
  });

  it("know ECR's repositories", () => {
    expect(parseEcrRepository("123456789012.dkr.ecr.eu-west-1.amazonaws.com/team/app")).toEqual({
      account: "123456789012",
      region: "eu-west-1",
      name: "team/app",
    });
    expect(parseEcrRepository("docker.io/team/app")).toBeUndefined();
  });
});

describe("windows", () => {
  it.each<[daily: string, weekly: string, overlap: boolean]>([
    ["02:00-03:00", "sun:04:00-sun:05:00", false],
    ["02:00-04:00", "sun:04:00-sun:05:00", false],
    ["05:00-06:00", "sun:04:00-sun:05:00", false],
    ["02:00-04:01", "sun:04:00-sun:05:00", true],
    ["04:59-06:00", "sun:04:00-sun:05:00", true],
    ["04:15-04:30", "sun:04:00-sun:05:00", true],
    ["03:00-06:00", "sun:04:00-sun:05:00", true],
    // Across midnight, and from one week into the next.
    ["23:30-00:30", "wed:00:00-wed:00:15", true],
    ["23:30-00:30", "sun:23:45-mon:00:15", true],
    ["00:10-00:20", "sun:23:45-mon:00:15", true],
    ["12:00-13:00", "sat:00:00-sun:00:00", true],
    ["00:20-23:40", "sun:23:45-mon:00:15", false],
    ["04:00-04:00", "sun:04:00-sun:05:00", false],
    ["03:00-06:00", "sun:04:00-sun:04:00", false],
    ["at night", "sun:04:00-sun:05:00", false],
  ])("%s and %s: %s", (daily, weekly, overlap) => {
    expect(windowsOverlap(daily, weekly)).toBe(overlap);
  });
});
