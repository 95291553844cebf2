// Whether a name is free, the environment's own already, or taken.
import {
  type Holder,
  isOwn,
  judgeNames,
  type NameFacts,
} from "../../../src/operations/preflight/names/judgement";

const OWN = { Environment: "shop", ManagedBy: "cdktf", Project: "web" };

const ours: Holder = {
  arn: "arn:ours",
  tags: { ManagedBy: "cdktf", Environment: "shop", Name: "whatever" },
};
const theirs: Holder = { arn: "arn:theirs", tags: { Environment: "shop" } };

const logGroup = (name: string, ...holders: Holder[]): NameFacts => ({ kind: "log group", name, holders });

describe("a resource", () => {
  it.each([
    [{ Environment: "shop", ManagedBy: "cdktf" }, true],
    [{ Environment: "shop", ManagedBy: "hand" }, false],
    [{ Environment: "other", ManagedBy: "cdktf" }, false],
    [{}, false],
  ])("with the tags %j is the environment's own: %s", (tags, own) => {
    expect(isOwn(tags, OWN)).toBe(own);
  });
});

describe("names", () => {
  it("are free where nothing has them", () => {
    expect(
      judgeNames([logGroup("/a"), logGroup("/b"), { kind: "queue", name: "jobs", holders: [] }], OWN),
    ).toEqual({ status: "pass", detail: "Free: log group /a, /b; queue jobs." });
  });

  it("are the environment's own where they have its tags", () => {
    expect(judgeNames([logGroup("/a", ours)], OWN)).toEqual({
      status: "pass",
      detail: "Deployed already: log group /a.",
    });
  });

  it("may be free in part", () => {
    expect(judgeNames([logGroup("/a", ours), logGroup("/b")], OWN)).toEqual({
      status: "pass",
      detail: "Free: log group /b. The others, 1, are deployed already.",
    });
  });

  it("are taken by what lacks the tags, one and all", () => {
    expect(judgeNames([logGroup("/a", theirs), logGroup("/b", ours), logGroup("/c", theirs)], OWN)).toEqual({
      status: "fail",
      detail:
        "The log group /a exists and is not this environment's (arn:theirs): it lacks the tags Environment=shop and " +
        "ManagedBy=cdktf. Choose another name, remove it, or import it. " +
        "The log group /c exists and is not this environment's (arn:theirs): it lacks the tags Environment=shop and " +
        "ManagedBy=cdktf. Choose another name, remove it, or import it.",
    });
  });

  it("are held by what is on its way out, also if that was the environment's own", () => {
    expect(judgeNames([logGroup("/a", { ...ours, leaving: "It is being deleted." })], OWN)).toEqual({
      status: "fail",
      detail: "The log group /a (arn:ours) still holds its name. It is being deleted.",
    });
  });

  it("must not be given twice where AWS allows that", () => {
    const { status, detail } = judgeNames([{ kind: "VPC", name: "shop-vpc", holders: [ours, theirs] }], OWN);
    expect(status).toBe("fail");
    expect(detail).toMatch(/^2 resources of the kind VPC have the name shop-vpc \(arn:ours, arn:theirs\)/);
  });
});
