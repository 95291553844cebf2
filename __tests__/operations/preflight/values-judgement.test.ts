// Whether a secret holds what a task will be given; its value never comes out.
import { judgeValues, type SecretFacts, valueIn } from "../../../src/operations/preflight/values-judgement";

const NAME = "shop/mail";

const judge = (secret: SecretFacts, jsonKey?: string) =>
  judgeValues(
    [{ variable: "MAIL_PASSWORD", source: { secretsManager: NAME, ...(jsonKey && { jsonKey }) }, secret }],
    "us-east-1",
  );

describe("a secret", () => {
  it.each([
    ["absent", "MAIL_PASSWORD: there is no secret shop/mail: create it"],
    ["scheduled-for-deletion", "MAIL_PASSWORD: the secret shop/mail is scheduled for deletion: take it back"],
    ["empty", "MAIL_PASSWORD: the secret shop/mail has no current value: give it one"],
  ] as const)("that is %s fails", (state, words) => {
    const { status, detail } = judge({ state });
    expect(status).toBe("fail");
    expect(detail).toContain(words);
  });

  it("with a value passes, and does not show it", () => {
    expect(judge({ state: "filled", value: "hunter2" })).toEqual({
      status: "pass",
      detail: "MAIL_PASSWORD from shop/mail.",
    });
  });

  it("may be binary where it is taken as a whole", () => {
    expect(judge({ state: "filled", value: undefined }).status).toBe("pass");
  });

  it.each([
    ['{"password":"hunter2"}', "pass"],
    ['{"password":""}', "pass"],
    ['{"user":"hunter2"}', "fail"],
    ["hunter2", "fail"],
    ['["hunter2"]', "fail"],
    ["null", "fail"],
  ])("%s has the key password: %s", (value, status) => {
    const finding = judge({ state: "filled", value }, "password");
    expect(finding.status).toBe(status);
    expect(finding.detail).not.toContain("hunter2");
  });
});

describe("a parameter", () => {
  const judgeParameter = (secret: SecretFacts) =>
    judgeValues([{ variable: "MAIL_KEY", source: { ssmParameter: "/shop/mail" }, secret }], "us-east-1");

  it("that is absent fails, one that is there passes, and does not show its value", () => {
    const { status, detail } = judgeParameter({ state: "absent" });
    expect(status).toBe("fail");
    expect(detail).toContain(
      'MAIL_KEY: there is no parameter /shop/mail: create it with "aws ssm put-parameter',
    );
    expect(judgeParameter({ state: "filled", value: "hunter2" })).toEqual({
      status: "pass",
      detail: "MAIL_KEY from /shop/mail.",
    });
    expect(valueIn({ ssmParameter: "/shop/mail" }, { state: "filled", value: "hunter2" })).toBe("hunter2");
  });
});

describe("the value that a variable takes", () => {
  it("is the whole secret, or one key of its JSON", () => {
    const secret = { state: "filled", value: '{"dsn":"https://k@s.example/1"}' } as const;
    expect(valueIn({ secretsManager: NAME }, secret)).toBe('{"dsn":"https://k@s.example/1"}');
    expect(valueIn({ secretsManager: NAME, jsonKey: "dsn" }, secret)).toBe("https://k@s.example/1");
    expect(valueIn({ secretsManager: NAME, jsonKey: "toString" }, secret)).toBeUndefined();
    expect(valueIn({ secretsManager: NAME }, { state: "absent" })).toBeUndefined();
  });
});
