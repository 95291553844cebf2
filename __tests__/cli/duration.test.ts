// Durations as people type them, and as they read them.
import { durationText, parseDuration, parseTimer } from "../../src/cli/duration";

it.each([
  ["90s", 90_000],
  ["30m", 1_800_000],
  ["24h", 86_400_000],
  ["7d", 604_800_000],
  ["1.5h", 5_400_000],
  ["200ms", 200],
  ["10 minutes", 600_000],
])("%s is %d ms", (text, milliseconds) => {
  expect(parseDuration(text)).toBe(milliseconds);
});

it.each([["30"], [""], ["s"], ["0s"], ["-5m"], ["5 parsecs"], ["5m30s"], ["tomorrow"]])(
  "%j is no duration",
  (text) => {
    expect(() => parseDuration(text)).toThrow("Write a duration such as 90s, 30m, 24h or 7d.");
  },
);

it("does not wait for longer than a timer can", () => {
  expect(parseTimer("24d")).toBe(2_073_600_000);
  expect(() => parseTimer("25d")).toThrow("24 days are the longest.");
});

it.each([
  [2_000, "2s"],
  [1_800_000, "30m"],
  [20, "20ms"],
])("%d ms reads %s", (milliseconds, text) => {
  expect(durationText(milliseconds)).toBe(text);
});
