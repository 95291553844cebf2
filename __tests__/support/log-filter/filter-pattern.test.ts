// The evaluator of filter patterns against the examples of AWS's own guide, and against what it refuses.
import { checkLogGroup, takes } from "./filter-pattern";

/** Which of these events a pattern takes, by their numbers. */
const taken = (pattern: string, events: readonly string[]) =>
  events.flatMap((event, index) => (takes(pattern)(event) ? [index + 1] : []));

describe("terms, with the guide's own examples", () => {
  const words = ["ERROR WARN message", "ERROR message", "WARN message"];

  it.each<[pattern: string, events: readonly string[], numbers: readonly number[]]>([
    ["", words, [1, 2, 3]],
    [
      "ERROR",
      ["[ERROR] A fatal exception has occurred", "Exiting with ERRORCODE: -1", "[error] lower case"],
      [1, 2],
    ],
    ['"ERROR" - "Exiting"', ["[ERROR] A fatal exception has occurred", "Exiting with ERRORCODE: -1"], [1]],
    [
      "ERROR Exception",
      ["[ERROR] Caught IllegalArgumentException", "[ERROR] Unhandled Exception", "[ERROR] no"],
      [1, 2],
    ],
    [
      '"Failed to process the request"',
      [
        "[WARN] Failed to process the request",
        "[ERROR] Unable to continue: Failed to process the request",
        "Failed to process a request",
      ],
      [1, 2],
    ],
    ["?ERROR ?WARN", words, [1, 2, 3]],
    ["ERROR WARN", words, [1]],
    ["ERROR -WARN", words, [2]],
    [
      "%AUTHORIZED%",
      ["[ERROR 401] UNAUTHORIZED REQUEST", "[SUCCESS 200] AUTHORIZED REQUEST", "[ERROR] no"],
      [1, 2],
    ],
    ["%[Ee]rror|[Ff]ail%", ["An error", "It Failed", "ERROR"], [1, 2]],
    ["%^[hc]at%", ["hat", "cat", "a hat"], [1, 2]],
  ])("%s", (pattern, events, numbers) => {
    expect(taken(pattern, events)).toEqual(numbers);
  });
});

describe("JSON, with the guide's own examples", () => {
  const first = JSON.stringify({
    eventType: "UpdateTrail",
    sourceIPAddress: "111.111.111.111",
    arrayKey: ["value", "another value"],
    objectList: [
      { name: "a", id: 1 },
      { name: "b", id: 2 },
    ],
    SomeObject: null,
    ThisFlag: true,
  });
  const second = JSON.stringify({
    user: { id: 1, email: "John.Stiles@example.com" },
    users: [
      { id: 2, email: "John.Doe@example.com" },
      { id: 3, email: "Jane.Doe@example.com" },
    ],
    actions: ["GET", "PUT", "DELETE"],
    coordinates: [
      [0, 1, 2],
      [4, 5, 6],
      [7, 8, 9],
    ],
  });

  it.each<[pattern: string, event: string, matches: boolean]>([
    ['{ $.eventType = "UpdateTrail" }', first, true],
    ["{ $.sourceIPAddress != 123.123.* }", first, true],
    ["{ $.sourceIPAddress = 111.111.* }", first, true],
    ['{ $.arrayKey[0] = "value" }', first, true],
    ["{ $.objectList[1].id = 2 }", first, true],
    ["{ $.SomeObject IS NULL }", first, true],
    ["{ $.SomeOtherObject NOT EXISTS }", first, true],
    ["{ $.ThisFlag IS TRUE }", first, true],
    ["{ $.ThisFlag IS FALSE }", first, false],
    ['{ ($.user.id = 1) && ($.users[0].email = "John.Doe@example.com") }', second, true],
    ['{ ($.user.id = 2 && $.users[0].email = "nonmatch") || $.actions[2] = "GET" }', second, false],
    [
      '{ $.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch && $.actions[2] = nomatch }',
      second,
      true,
    ],
    [
      '{ ($.user.email = "John.Stiles@example.com" || $.coordinates[0][1] = nonmatch) && $.actions[2] = nomatch }',
      second,
      false,
    ],
    ["{ $.users = 1 }", '{"users": [1, 2, 3]}', false],
    ["{ $.users != 1 }", '{"users": [1, 2, 3]}', false],
    ["{ $.latency >= 500 }", '{"latency": 500}', true],
    ["{ $.numbers[0] < 10e3 }", '{"numbers": [10000]}', false],
    ["{ $.errorCode != 500 }", '{"errorCode": 400}', true],
    ["{ $.latency > +1000 }", '{"latency": 1001}', true],
    ["{ $.foo = bar }", "no JSON", false],
  ])("%s", (pattern, event, matches) => {
    expect(takes(pattern)(event)).toBe(matches);
  });
});

it.each<[pattern: string, remedy: RegExp]>([
  ["?ERROR ?CRITICAL -Exiting", /question mark are ignored/],
  ["?ERROR WARN", /question mark are ignored/],
  ["Login-failed.", /stands in quotes/],
  ["%something!%", /no such regular expression/],
  ["%(a|b)%", /no such regular expression/],
  ["{ $.a = %x% && $.b = %y% && $.c = %z% }", /More than 2 regular expressions/],
  ["{ $.a }", /compares nothing/],
  ["{ a = 1 }", /no selector/],
  ["[ip, user]", /not read here/],
])("refuses %s", (pattern, remedy) => {
  expect(() => takes(pattern)).toThrow(remedy);
});

it("a log group takes five filters with regular expressions", () => {
  const five = ["%a%", "%b%", "%c%", "{ $.d = %d% }", "%e%", "ERROR"];
  expect(() => checkLogGroup(five)).not.toThrow();
  expect(() => checkLogGroup([...five, "%f%"])).toThrow(/takes 5 filters/);
});
