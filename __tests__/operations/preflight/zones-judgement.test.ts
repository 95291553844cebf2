// Zones that an account, Fargate or RDS lacks, typed out.
import {
  judgeDatabaseZones,
  judgeFargate,
  judgeZones,
  type ZoneFacts,
} from "../../../src/operations/preflight/zones-judgement";

const zone = (
  ZoneName: string,
  ZoneId: string,
  State: "available" | "impaired" = "available",
): ZoneFacts => ({
  ZoneName,
  ZoneId,
  State,
});
const TOKYO = [
  zone("ap-northeast-1a", "apne1-az4"),
  zone("ap-northeast-1c", "apne1-az1"),
  zone("ap-northeast-1d", "apne1-az3"),
];
const network = (...availabilityZones: string[]) => ({ availabilityZones });

describe("the account's zones", () => {
  it("are the environment's", () => {
    expect(judgeZones(network("ap-northeast-1a", "ap-northeast-1c"), TOKYO).status).toBe("pass");
  });

  it("lack one, with those that there are", () => {
    expect(judgeZones(network("ap-northeast-1a", "ap-northeast-1b"), TOKYO)).toEqual({
      status: "fail",
      detail:
        "The account has no zone ap-northeast-1b; it has ap-northeast-1a, ap-northeast-1c, ap-northeast-1d. " +
        "Change network.availabilityZones.",
    });
  });

  it("have one that is out of order", () => {
    const impaired = [zone("ap-northeast-1a", "apne1-az4", "impaired"), ...TOKYO.slice(1)];
    expect(judgeZones(network("ap-northeast-1a", "ap-northeast-1c"), impaired)).toMatchObject({
      status: "fail",
      detail: expect.stringContaining("ap-northeast-1a is impaired"),
    });
  });
});

describe("Fargate's zones", () => {
  it("are all of a region for which AWS names no others", () => {
    expect(judgeFargate(network("us-east-1a"), [zone("us-east-1a", "use1-az3")], "us-east-1").status).toBe(
      "pass",
    );
  });

  it("are known by their IDs, whatever letters the account has for them", () => {
    const asked = network("ap-northeast-1a", "ap-northeast-1c");
    expect(judgeFargate(asked, TOKYO, "ap-northeast-1").status).toBe("pass");
    expect(judgeFargate(network("ap-northeast-1a", "ap-northeast-1d"), TOKYO, "ap-northeast-1")).toEqual({
      status: "fail",
      detail:
        "Fargate does not run in ap-northeast-1d (apne1-az3): choose out of ap-northeast-1a, ap-northeast-1c in " +
        "network.availabilityZones.",
    });
  });
});

describe("the database's zones", () => {
  const option = (EngineVersion: string, ...zones: string[]) => ({
    EngineVersion,
    AvailabilityZones: zones.map((Name) => ({ Name })),
  });
  const OPTIONS = [option("16.8", "us-east-1a", "us-east-1b"), option("17.4", "us-east-1a")];
  const database = { engineVersion: "16", instanceClass: "db.t4g.medium", multiAz: true };
  const zones = network("us-east-1a", "us-east-1b", "us-east-1e");

  it("are enough, and the others are said", () => {
    expect(judgeDatabaseZones(zones, database, OPTIONS)).toEqual({
      status: "pass",
      detail:
        "db.t4g.medium with PostgreSQL 16 is to be had in us-east-1a, us-east-1b. RDS uses no other zone: us-east-1e has none.",
    });
    expect(judgeDatabaseZones(zones, { ...database, engineVersion: "16.8" }, OPTIONS).status).toBe("pass");
  });

  it("are too few for a standby in another", () => {
    expect(judgeDatabaseZones(network("us-east-1a", "us-east-1e"), database, OPTIONS)).toEqual({
      status: "fail",
      detail:
        "RDS has db.t4g.medium with PostgreSQL 16 in us-east-1a alone, and needs 2 of us-east-1a, us-east-1e, since " +
        "database.multiAz is true. It is to be had in us-east-1a, us-east-1b: change network.availabilityZones or " +
        "database.instanceClass.",
    });
    const single = { ...database, multiAz: false };
    expect(judgeDatabaseZones(network("us-east-1a", "us-east-1e"), single, OPTIONS).status).toBe("pass");
    expect(judgeDatabaseZones(network("us-east-1c", "us-east-1e"), single, OPTIONS).status).toBe("fail");
  });

  it("are none for a class or a version that RDS does not have", () => {
    expect(judgeDatabaseZones(zones, { ...database, engineVersion: "1" }, OPTIONS).status).toBe("fail");
    expect(judgeDatabaseZones(zones, { ...database, engineVersion: "15" }, OPTIONS)).toMatchObject({
      status: "fail",
      detail: expect.stringContaining("RDS has no db.t4g.medium with PostgreSQL 15 in this region"),
    });
  });
});
