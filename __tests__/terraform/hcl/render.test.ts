// HCL says what the JSON says: checked by reading it back with HashiCorp's own parser, and by examples of its layout.
import { parse } from "@cdktf/hcl2json";
import * as fc from "fast-check";
import type { Json, JsonObject } from "../../../src/terraform/hcl/json";
import { renderHcl } from "../../../src/terraform/hcl/render";
import { type Body, block } from "../../../src/terraform/hcl/shape";

const nothingTyped = () => ({});

function hcl(config: JsonObject, typed: Record<string, Body["slots"]> = {}): string {
  return renderHcl(config, (kind, type) => typed[`${kind} ${type}`] ?? {});
}

/** Writes one local value, and gives back what stands right of its equals sign. */
function written(value: Json): string {
  const [, right = ""] = /^locals \{\n {2}x = ([\s\S]*)\n\}\n$/.exec(hcl({ locals: { x: value } })) ?? [];
  return right.replaceAll("\n  ", "\n");
}

/** Text with all the characters that mean something in a template, escaped as Terraform's JSON wants it. */
const text = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        "$",
        "%",
        "{",
        "}",
        "\\",
        '"',
        "\n",
        "\r",
        "\t",
        "~",
        "#",
        "//",
        "<<EOT\n",
        "\u0001",
        "é",
        "日",
        "😀",
      ),
      fc.string({ unit: "grapheme", maxLength: 5 }),
    ),
    { maxLength: 12 },
  )
  .map((parts) =>
    parts
      .join("")
      .normalize("NFC")
      .replace(/([$%])(?=\{)/g, "$1$1"),
  );

const value: fc.Arbitrary<Json> = fc.letrec<{ value: Json }>((tie) => ({
  value: fc.oneof(
    { depthSize: "small", withCrossShrink: true },
    text,
    fc.integer(),
    fc.boolean(),
    fc.array(tie("value"), { maxLength: 4 }),
    fc.dictionary(fc.oneof(text, fc.constantFrom("for", "null", "a-b", "aws:SourceArn")), tie("value"), {
      maxKeys: 4,
      noNullPrototype: true,
    }),
  ),
})).value;

describe("strings", () => {
  test("of any text come back from the parser as they were, in any value", async () => {
    await fc.assert(
      fc.asyncProperty(value, async (it) => {
        const read: { locals: JsonObject[] } = JSON.parse(
          JSON.stringify(await parse("x.tf", hcl({ locals: { it } }))),
        );
        expect(read.locals).toEqual([{ it }]);
      }),
      { numRuns: 50 },
    );
  });

  test("that Terraform doesn't evaluate keep what looks like an interpolation", async () => {
    await fc.assert(
      fc.asyncProperty(text, async (raw) => {
        const read = await parse("x.tf", hcl({ variable: { v: { default: raw } } }));
        const escaped = raw.replace(/([$%])(?=\{)/g, "$1$1");
        expect(read).toEqual({ variable: { v: [{ default: escaped }] } });
      }),
      { numRuns: 50 },
    );
  });

  test.each([
    ["${var.a}", "var.a"],
    ['${"${var.a}"}', "var.a"],
    ["${var.a}${var.b}", '"${var.a}${var.b}"'],
    ["a ${f({a=1,b=[-1]})} b", '"a ${f({ a = 1, b = [-1] })} b"'],
    ['${jsonencode({"a" = "x\\"}"})}', 'jsonencode({ a = "x\\"}" })'],
    ['${[for k,v in var.m:"${k}=${v}" if v!=null]}', '[for k, v in var.m : "${k}=${v}" if v != null]'],
    ["${{ a = 1\n b = 2 # two\n}}", "{ a = 1, b = 2 }"],
    ["%{ if var.a }y\n%{ else }n%{ endif }", '"%{if var.a}y\\n%{else}n%{endif}"'],
    ["${var.a ? -1 : !var.b}", "var.a ? -1 : !var.b"],
    ["$${var.a} costs 5% of $", '"$${var.a} costs 5% of $"'],
    ["${aws_subnet.a[*].id[0]}", "aws_subnet.a[*].id[0]"],
    ["${provider::aws::arn_parse(var.a).region}", "provider::aws::arn_parse(var.a).region"],
  ])("%j is written as %s", (source, expected) => {
    expect(written(source)).toBe(expected);
  });

  test.each(["${var.a", '${f("x)}', "${f(a]}", "${<<EOT\nx\nEOT\n}", '${"a\nb"}'])(
    "%j is no template",
    (source) => {
      expect(() => written(source)).toThrow("Terraform expression or template");
    },
  );
});

describe("the layout", () => {
  test("aligns neighbouring one-line values, and gives every item of a long list a line", () => {
    const words = Array.from({ length: 4 }, (_, index) => String(index).repeat(25));
    expect(written({ a: 1, bcd: null, "e:f": { g: [] }, h: words })).toBe(
      [
        "{",
        "  a   = 1",
        "  bcd = null",
        '  "e:f" = {',
        "    g = []",
        "  }",
        "  h = [",
        ...words.map((word) => `    "${word}",`),
        "  ]",
        "}",
      ].join("\n"),
    );
  });

  test("puts what readers look for first at the front, and blocks after attributes", () => {
    const config = {
      resource: {
        aws_x: {
          y: {
            lifecycle: {
              ignore_changes: ["tags"],
              precondition: [{ condition: "${true}", error_message: "No." }],
            },
            rule: [{ n: 1 }, { n: 2 }],
            name: "z",
            depends_on: ["aws_a.b"],
            for_each: "${toset([1])}",
            "//": { metadata: {} },
          },
        },
      },
      terraform: {
        required_version: ">= 1.11.0",
        backend: { s3: { bucket: "b" } },
      },
    };
    expect(hcl(config)).toMatchInlineSnapshot(`
      "terraform {
        required_version = ">= 1.11.0"

        backend "s3" {
          bucket = "b"
        }
      }

      resource "aws_x" "y" {
        for_each = toset([1])
        name     = "z"

        rule {
          n = 1
        }

        rule {
          n = 2
        }

        depends_on = [aws_a.b]

        lifecycle {
          ignore_changes = [tags]

          precondition {
            condition     = true
            error_message = "No."
          }
        }
      }
      "
    `);
  });
});

describe("blocks", () => {
  const typed = {
    "resource aws_x": {
      one: block(0, { inner: block(0, {}), list: "expression" }),
      list: "expression",
    },
    "resource aws_security_group": {
      ingress: block(0, {}),
      tags: "expression",
    },
  } as const;

  test("are told from attributes by the provider's types", () => {
    const config = {
      resource: {
        aws_x: {
          y: { one: { inner: [{ a: 1 }], list: [{ b: 2 }] }, list: [{ c: 3 }] },
        },
      },
    };
    expect(hcl(config, typed)).toMatchInlineSnapshot(`
      "resource "aws_x" "y" {
        list = [
          {
            c = 3
          },
        ]

        one {
          list = [
            {
              b = 2
            },
          ]

          inner {
            a = 1
          }
        }
      }
      "
    `);
  });

  test("may be dynamic, or an expression for all of them", () => {
    const config = {
      resource: {
        aws_x: {
          y: {
            dynamic: {
              one: {
                for_each: "${var.a}",
                iterator: "each",
                content: { inner: { a: "${each.value}" } },
              },
            },
          },
          z: { one: "${var.ones}" },
        },
      },
    };
    expect(hcl(config, typed)).toMatchInlineSnapshot(`
      "resource "aws_x" "y" {
        dynamic "one" {
          for_each = var.a
          iterator = each

          content {
            inner {
              a = each.value
            }
          }
        }
      }

      resource "aws_x" "z" {
        one = var.ones
      }
      "
    `);
  });

  test("that are attributes too may be emptied", () => {
    const config = {
      resource: {
        aws_security_group: { g: { ingress: [] } },
        aws_x: { y: { one: [] } },
      },
    };
    expect(hcl(config, typed)).toBe(
      'resource "aws_security_group" "g" {\n  ingress = []\n}\n\nresource "aws_x" "y" {}\n',
    );
  });

  test("of the language: check, ephemeral, variable, output, module, moved, import, removed, provider", () => {
    const config = {
      output: {
        o: {
          value: "${var.v}",
          sensitive: true,
          depends_on: ["aws_x.y"],
          precondition: [{ condition: "${true}" }],
        },
      },
      check: {
        c: {
          data: { aws_d: { c: { filter: [{ name: "n" }] } } },
          assert: [{ condition: "${1 > 0}", error_message: "m" }],
        },
      },
      ephemeral: { aws_e: { p: { length: 32 } } },
      variable: {
        v: {
          type: "object({a=string,b=optional(number,3)})",
          nullable: false,
          validation: [{ condition: "${true}" }],
        },
        l: { type: "list", default: [] },
      },
      module: {
        m: {
          source: "./m",
          providers: { aws: "aws", "aws.b": "aws.c" },
          rules: [{ a: 1 }],
        },
      },
      moved: [{ from: "aws_x.a", to: "aws_x.b" }],
      import: [{ to: "aws_x.b", id: "i-${var.v}" }],
      removed: { from: "aws_x.c", lifecycle: { destroy: false } },
      provider: {
        aws: [{ region: "r" }, { alias: "c", default_tags: [{ tags: { "a:b": "c" } }] }],
      },
    };
    expect(hcl(config)).toMatchInlineSnapshot(`
      "provider "aws" {
        region = "r"
      }

      provider "aws" {
        alias = "c"

        default_tags {
          tags = {
            "a:b" = "c"
          }
        }
      }

      variable "v" {
        type     = object({ a = string, b = optional(number, 3) })
        nullable = false

        validation {
          condition = true
        }
      }

      variable "l" {
        type    = list(any)
        default = []
      }

      ephemeral "aws_e" "p" {
        length = 32
      }

      module "m" {
        source = "./m"
        providers = {
          aws   = aws
          aws.b = aws.c
        }
        rules = [
          {
            a = 1
          },
        ]
      }

      moved {
        from = aws_x.a
        to   = aws_x.b
      }

      removed {
        from = aws_x.c

        lifecycle {
          destroy = false
        }
      }

      import {
        to = aws_x.b
        id = "i-\${var.v}"
      }

      check "c" {
        data "aws_d" "c" {
          filter {
            name = "n"
          }
        }

        assert {
          condition     = 1 > 0
          error_message = "m"
        }
      }

      output "o" {
        value     = var.v
        sensitive = true

        precondition {
          condition = true
        }

        depends_on = [aws_x.y]
      }
      "
    `);
  });

  test("that the language doesn't have are refused", () => {
    expect(() => renderHcl({ widget: {} }, nothingTyped)).toThrow(
      'Cannot write the top-level block "widget" as HCL',
    );
  });
});
