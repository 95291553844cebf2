// A check says in both formats what it asserts, and on which data.
import { Op, Testing } from "cdktf";
import { Check } from "../../src/terraform/check";
import { aStack, configuration } from "./stacks";

test("asserts on a data source of its own", () => {
  const stack = aStack();
  const check = new Check(stack, "alb-admits", {
    dataSource: {
      type: "aws_security_group",
      arguments: { vpc_id: "vpc-1", filter: [{ name: "n", values: ["v"] }] },
    },
  });
  check.addAssertion({
    condition: Op.eq(check.dataAttribute("name"), "sg"),
    errorMessage: "Not sg.",
  });

  const { json, hcl } = configuration(stack);
  expect(json.check).toEqual({
    alb_admits: {
      data: {
        aws_security_group: {
          alb_admits: {
            vpc_id: "vpc-1",
            filter: [{ name: "n", values: ["v"] }],
          },
        },
      },
      assert: [
        {
          condition: '${(data.aws_security_group.alb_admits.name == "sg")}',
          error_message: "Not sg.",
        },
      ],
    },
  });
  expect(hcl.slice(hcl.indexOf("check"))).toMatchInlineSnapshot(`
    "check "alb_admits" {
      data "aws_security_group" "alb_admits" {
        vpc_id = "vpc-1"

        filter {
          name   = "n"
          values = ["v"]
        }
      }

      assert {
        condition     = (data.aws_security_group.alb_admits.name == "sg")
        error_message = "Not sg."
      }
    }
    "
  `);
});

test("has no data to refer to without a data source", () => {
  const check = new Check(aStack(), "c", {
    assertions: [{ condition: "${true}", errorMessage: "No." }],
  });
  expect(() => check.dataAttribute("name")).toThrow(
    'The check django/c has no data source to read "name" from',
  );
});

test("is invalid without an assertion", () => {
  const stack = aStack();
  new Check(stack, "empty", {});
  expect(() => Testing.synth(stack, true)).toThrow("A check needs at least one assertion");
});
