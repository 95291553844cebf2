// A long expression is broken where a person would break it, and says what it said.
import * as fc from "fast-check";
import { evaluate } from "../../../src/terraform/hcl/evaluate";
import { layout } from "../../../src/terraform/hcl/layout";
import { expressionTokens } from "../../../src/terraform/hcl/tokens";

const laid = (expression: string) => layout(expressionTokens(expression));
const long = (name: string) => `var.${name}_${"x".repeat(45)}`;

test("a short one stays on its line, with the keys of its objects as a person writes them", () => {
  expect(laid('jsonencode({"Version" = "2012-10-17", "aws:x" = 1, "for" = 2})')).toBe(
    'jsonencode({ Version = "2012-10-17", "aws:x" = 1, "for" = 2 })',
  );
});

test("a document has an item a line, and one statement below the other", () => {
  const statement = `{"Effect" = "Allow", "Action" = ["s3:GetObject", "s3:PutObject"], "Resource" = "\${aws_s3_bucket.uploads.arn}/*"}`;
  expect(
    laid(`jsonencode({"Version" = "2012-10-17", "Statement" = [${statement}, {"Effect" = "Deny"}]})`),
  ).toBe(
    `jsonencode({
  Version = "2012-10-17"
  Statement = [
    {
      Effect   = "Allow"
      Action   = ["s3:GetObject", "s3:PutObject"]
      Resource = "\${aws_s3_bucket.uploads.arn}/*"
    },
    { Effect = "Deny" },
  ]
})`,
  );
});

test("conditions have an operand a line, in brackets where there are none", () => {
  expect(laid(`${long("a")} > 0 && ${long("b")} > 0 && ${long("c")} > 0`)).toBe(
    `(\n  ${long("a")} > 0 &&\n  ${long("b")} > 0 &&\n  ${long("c")} > 0\n)`,
  );
  expect(
    laid(`anytrue([for rule in data.rules.all : rule.a == "${"x".repeat(90)}" && rule.b == 2 || rule.c])`),
  ).toBe(
    `anytrue([
  for rule in data.rules.all :
  (
    rule.a == "${"x".repeat(90)}" &&
    rule.b == 2
  ) ||
  rule.c
])`,
  );
  expect(laid(`${long("a")} ? [${long("b")}, ${long("c")}] : []`)).toBe(
    `(\n  ${long("a")} ?\n  [\n    ${long("b")},\n    ${long("c")},\n  ] :\n  []\n)`,
  );
});

test("a call with several arguments has one a line, and an object made by for keeps its arrow", () => {
  expect(laid(`merge(${long("a")}, ${long("b")}, {"k" = 1})`)).toBe(
    `merge(\n  ${long("a")},\n  ${long("b")},\n  { k = 1 }\n)`,
  );
  expect(laid(`{for key, value in ${long("a")} : key => upper(${long("b")})}`)).toBe(
    `{\n  for key, value in ${long("a")} :\n  key => upper(${long("b")})\n}`,
  );
});

test("what has nowhere to break stays long", () => {
  const text = `"${"a".repeat(150)}\${var.x}"`;
  expect(laid(text)).toBe(text);
  expect(laid(long(`a.${"b".repeat(90)}`))).toBe(long(`a.${"b".repeat(90)}`));
});

/** Literal values, nested deep and wide enough to be broken. */
const literal = fc.letrec<{ value: string }>((tie) => ({
  value: fc.oneof(
    { depthSize: "medium", withCrossShrink: true },
    fc
      .string({ unit: "grapheme-ascii", maxLength: 30 })
      .map((text) => JSON.stringify(text.replaceAll(/[$%]/g, ""))),
    fc.integer().map(String),
    fc.constantFrom("true", "false", "null"),
    fc.array(tie("value"), { maxLength: 6 }).map((items) => `[${items.join(", ")}]`),
    fc
      .uniqueArray(fc.tuple(fc.constantFrom("a", "b-c", "for", "x y", "null", "D"), tie("value")), {
        selector: ([key]) => key,
      })
      .map((entries) => `{${entries.map(([key, item]) => `"${key}" = ${item}`).join(", ")}}`),
    fc.tuple(tie("value"), tie("value")).map(([one, other]) => `true ? ${one} : (${other})`),
  ),
})).value;

const nothing = () => undefined;

test("says what it said", () => {
  fc.assert(
    fc.property(literal, (expression) => {
      expect(evaluate(`\${${laid(expression)}}`, nothing)).toEqual(evaluate(`\${${expression}}`, nothing));
      expect(laid(laid(expression))).toBe(laid(expression));
    }),
  );
});
