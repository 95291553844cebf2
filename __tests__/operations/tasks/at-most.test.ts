// No more than so many things go on at the same time, and one that fails holds up no other.
import { atMost } from "../../../src/operations/tasks/at-most";

it("starts what comes later when something has ended, in the order in which it came", async () => {
  const inTurn = atMost(2);
  const started: number[] = [];
  const ends: (() => void)[] = [];
  const run = (index: number) =>
    inTurn(
      () =>
        new Promise<number>((resolve, reject) => {
          started.push(index);
          ends[index] = () => (index === 1 ? reject(new Error("1 fails")) : resolve(index));
        }),
    ).catch((error: unknown) => String(error));
  const all = [0, 1, 2, 3, 4].map(run);
  const settle = () => new Promise((resolve) => setImmediate(resolve));

  await settle();
  expect(started).toEqual([0, 1]);
  ends[1]?.();
  await settle();
  expect(started).toEqual([0, 1, 2]);
  ends[0]?.();
  ends[2]?.();
  await settle();
  expect(started).toEqual([0, 1, 2, 3, 4]);
  ends[3]?.();
  ends[4]?.();
  expect(await Promise.all(all)).toEqual([0, "Error: 1 fails", 2, 3, 4]);
  // Nothing is left in the way of what comes after that.
  const [again, another] = [run(0), run(2)];
  await settle();
  expect(started.slice(5)).toEqual([0, 2]);
  ends[0]?.();
  ends[2]?.();
  expect(await Promise.all([again, another])).toEqual([0, 2]);
});
