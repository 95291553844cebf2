// Strings of Terraform's JSON syntax come to what Terraform would make of them, as far as it can be known beforehand.
import { evaluate, evaluateAll } from "../../../src/terraform/hcl/evaluate";
import type { Lookup } from "../../../src/terraform/hcl/evaluator";
import type { Json } from "../../../src/terraform/hcl/json";

const lookup: Lookup = (kind, name) => {
  const known: Record<string, Json> = {
    "var.on": true,
    "var.off": "false",
    "var.tag": "1.0.0",
    "local.n": 3,
    "local.ports": { app: [8000, 8001], ssh: [22] },
    "local.group": "${aws_security_group.app.id}",
    "each.key": "app",
  };
  return known[`${kind}.${name}`];
};

describe("evaluate", () => {
  it.each<[string, Json]>([
    ["plain text", "plain text"],
    ["", ""],
    ['C:\\new "folder"', 'C:\\new "folder"'],
    ["$${kept} %%{kept}", "${kept} %{kept}"],
    ["${var.on}", true],
    ["${local.n}", 3],
    ["v${var.tag}-${local.n}", "v1.0.0-3"],
    ["${!var.on}", false],
    ["${var.off ? 1 : 2}", 2],
    ["${(var.on) ? null : 2}", null],
    ['${startswith(var.tag, "sha256:") ? "@" : ":"}', ":"],
    ['a/b${startswith(var.tag, "sha256:") ? "@" : ":"}${var.tag}', "a/b:1.0.0"],
    ['${[1, "a", var.on]}', [1, "a", true]],
    ['${{"a b" = 1, c : var.tag}}', { "a b": 1, c: "1.0.0" }],
    ["${local.ports.app[1]}", 8001],
    ['${local.ports["ssh"][0]}', 22],
    ["${local.ports[each.key]}", [8000, 8001]],
    ["${local.group}", "${aws_security_group.app.id}"],
    ["${concat([local.group], [each.key])}", ["${aws_security_group.app.id}", "app"]],
    ["${toset([1, 2, 1])}", [1, 2]],
    ["${keys(merge(local.ports, {udp = []}))}", ["app", "ssh", "udp"]],
    ["${length(flatten(values(local.ports)))}", 3],
    ["${max(1, min(local.n, 5))}", 3],
    ['${"a\\"b\\\\c\\n\\u00e9 $${x}"}', 'a"b\\c\né ${x}'],
  ])("%j comes to %j", (source, value) => {
    expect(evaluate(source, lookup)).toEqual(value);
  });

  it.each<[string]>([
    ["${aws_lb.web.arn}"],
    ["${data.aws_iam_policy_document.a.json}"],
    ["${aws_db_instance.a.master_user_secret[0].secret_arn}"],
    ["${var.unset}"],
    ["${!var.unset}"],
    ["${var.unset ? 1 : 2}"],
    ["${cidrsubnet(var.unset, 4, 1)}"],
    ["${1 + 2}"],
    ["${local.ports.none}"],
    ["${local.ports[var.unset]}"],
    ["${concat([1], var.unset)}"],
    ["${max(1, var.unset)}"],
    ["${each.value.port}"],
    ['${var.tag != "latest"}'],
    ["${[for each in aws_subnet.a : each.id if each.on][0]}"],
    ["${aws_subnet.a[*].id}"],
    ["${<<EOT}"],
    ["%{if var.on}yes%{endif}"],
  ])("%j stays as it is", (source) => {
    expect(evaluate(source, lookup)).toBe(source);
  });

  it("keeps what is not known within what is", () => {
    expect(evaluate("arn:${aws_lb.web.arn}/${var.tag}", lookup)).toBe("arn:${aws_lb.web.arn}/1.0.0");
    const list = '${[var.tag, aws_lb.web[0].arn, "x-${aws_lb.web.id}", [for a in b : a], 1 + 1, -1]}';
    expect(evaluate(list, lookup)).toEqual([
      "1.0.0",
      "${aws_lb.web[0].arn}",
      "x-${aws_lb.web.id}",
      "${[for a in b : a]}",
      "${1 + 1}",
      "${-1}",
    ]);
  });

  it("writes what jsonencode does, references and all", () => {
    const source =
      '${jsonencode([{"name" = "web", "host" = aws_db_instance.a.address, "url" = "$${X}?a=\\"1\\""}])}';
    expect(JSON.parse(String(evaluate(source, lookup)))).toEqual([
      { name: "web", host: "${aws_db_instance.a.address}", url: '${X}?a="1"' },
    ]);
  });

  it("takes nothing that is partly unknown for known", () => {
    expect(evaluate('${startswith("${aws_lb.web.arn}", "arn") ? 1 : 2}', lookup)).toBe(
      '${startswith("${aws_lb.web.arn}", "arn") ? 1 : 2}',
    );
  });

  it("evaluates every string of a body, however deep", () => {
    expect(evaluateAll({ a: ["${var.on}", { b: "${local.n}" }], c: 1, d: null }, lookup)).toEqual({
      a: [true, { b: 3 }],
      c: 1,
      d: null,
    });
  });
});
