// What of a regular expression CloudWatch Logs is asked to look for.
import { filterPattern } from "../../../src/operations/contain/log-pattern";

it.each([
  ["ERROR|WARN|FAIL", "%ERROR|WARN|FAIL%"],
  ["ERROR", "%ERROR%"],
  ["auth_failed|500", "%auth_failed|500%"],
])("has CloudWatch Logs look for words: %s", (pattern, expected) => {
  expect(filterPattern(pattern)).toBe(expected);
});

// Either CloudWatch Logs has no such syntax, or it could mean something else by it.
it.each(["", "a.b", "(a|b)", "a||b", "|a", "a|", "\\d+", "a b", "50%", "^ERROR", "Fehler|für"])(
  "looks itself for anything else: %s",
  (pattern) => {
    expect(filterPattern(pattern)).toBeUndefined();
  },
);
