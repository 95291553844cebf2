// Which live group is which of the platform's.
import { governingIds, groupIdsOf } from "../../../src/operations/verify/groups";
import { discovered } from "./fixtures";

describe("a group's ID", () => {
  it.each([
    ["the one with the Name tag", { tagged: ["sg-1"], attached: ["sg-1"] }, "sg-1"],
    [
      "the one with the Name tag, though the resource is elsewhere",
      { tagged: ["sg-1"], attached: ["sg-2"] },
      "sg-1",
    ],
    [
      "the one with the Name tag, before there is a resource",
      { tagged: ["sg-1"], attached: undefined },
      "sg-1",
    ],
    [
      "of several with the Name tag the resource's",
      { tagged: ["sg-1", "sg-2"], attached: ["sg-2", "sg-3"] },
      "sg-2",
    ],
    ["the resource's, where nothing has the Name tag", { tagged: [], attached: ["sg-2"] }, "sg-2"],
    [
      "none, where the resource is in several without the Name tag",
      { tagged: [], attached: ["sg-2", "sg-3"] },
      undefined,
    ],
    [
      "none, where the resource is in several with the Name tag",
      { tagged: ["sg-1", "sg-2"], attached: ["sg-1", "sg-2"] },
      undefined,
    ],
    ["none, where there is nothing", { tagged: [], attached: undefined }, undefined],
  ])("is that of %s", (_what, facts, id) => {
    expect(groupIdsOf({ groups: [discovered("django", facts)] }).get("django")).toBe(id);
  });
});

describe("the groups that decide who reaches a resource", () => {
  it("are its own and every other that it is in", () => {
    const ids = new Map([["django", "sg-1"]]);
    expect(governingIds(discovered("django", { attached: ["sg-2", "sg-1"] }), ids)).toEqual(["sg-1", "sg-2"]);
    expect(governingIds(discovered("django", { attached: undefined }), ids)).toEqual(["sg-1"]);
    expect(governingIds(discovered("django", { attached: ["sg-2"] }), new Map())).toEqual(["sg-2"]);
  });
});
