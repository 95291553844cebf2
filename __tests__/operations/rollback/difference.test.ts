// What else has changed during a rollback.
import { discrepancies } from "../../../src/operations/rollback/difference";
import { GROUP_IDS, liveRule } from "../live-rules";

const [first, second] = [liveRule({ id: "sgr-1" }), liveRule({ id: "sgr-2", groupId: "sg-redis" })];

it("finds nothing where just the meant rules are gone", () => {
  expect(discrepancies([first, second], [{ ...second }], new Set(["sgr-1"]), GROUP_IDS)).toEqual([]);
});

it("says which rule is gone, added, changed or still there", () => {
  const [changed, added] = [liveRule({ id: "sgr-3", toPort: 5433 }), liveRule({ id: "sgr-4" })];
  const before = [first, second, liveRule({ id: "sgr-3" })];
  expect(discrepancies(before, [first, changed, added], new Set(["sgr-1"]), GROUP_IDS)).toEqual([
    "sgr-2 (redis <- django 5432/tcp) is gone, too.",
    "sgr-1 (postgres <- django 5432/tcp) is still there.",
    "sgr-3 (postgres <- django 5432-5433/tcp) was changed meanwhile.",
    "sgr-4 (postgres <- django 5432/tcp) was added meanwhile.",
  ]);
});
