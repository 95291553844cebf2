// The file of import blocks: what it says, and that it is there only as long as it says something.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { keepImports, writeImports } from "../../src/terraform/import-blocks";

const [first, second] = [
  { address: "aws_vpc_security_group_ingress_rule.a-from-b-80-tcp", id: "sgr-1" },
  { address: "aws_vpc_security_group_egress_rule.b-to-a-80-tcp", id: "sgr-2" },
] as const;

let folder: string;
const content = () => JSON.parse(readFileSync(join(folder, "adopt.tf.json"), "utf8"));

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "import-blocks-"));
});

afterEach(() => rmSync(folder, { recursive: true, force: true }));

it("imports each rule as long as it is there", () => {
  expect(writeImports(folder, [first], "default")).toBe(join(folder, "adopt.tf.json"));
  expect(content()).toEqual({
    "//": expect.stringContaining("npm run -s ops -- adopt"),
    locals: { adopt_in_workspace: "default" },
    data: {
      aws_vpc_security_group_rules: {
        "a-from-b-80-tcp": { filter: [{ name: "security-group-rule-id", values: ["sgr-1"] }] },
      },
    },
    import: [
      {
        for_each:
          "${terraform.workspace == local.adopt_in_workspace ? " +
          "toset(data.aws_vpc_security_group_rules.a-from-b-80-tcp.ids) : toset([])}",
        to: "aws_vpc_security_group_ingress_rule.a-from-b-80-tcp",
        id: "sgr-1",
      },
    ],
  });
});

it("is written anew, and removed where there is nothing to import", () => {
  writeImports(folder, [first, second], "default");
  writeImports(folder, [second], "default");
  expect(content().import).toMatchObject([{ id: "sgr-2" }]);
  expect(writeImports(folder, [], "default")).toBeUndefined();
  expect(readdirSync(folder)).toEqual([]);
});

it("keeps what is to be kept", () => {
  writeImports(folder, [first, second], "default");
  expect(
    keepImports(folder, (address) => (address === second.address ? `${address}-now` : undefined)),
  ).toEqual([first]);
  expect(content().import).toMatchObject([{ to: `${second.address}-now`, id: "sgr-2" }]);
  keepImports(folder, () => undefined);
  expect(readdirSync(folder)).toEqual([]);
  keepImports(folder, (address) => address);
  expect(readdirSync(folder)).toEqual([]);
});

it("keeps the workspace that they are for", () => {
  writeImports(folder, [first, second], "blue");
  keepImports(folder, (address) => (address === second.address ? address : undefined));
  expect(content()).toMatchObject({ locals: { adopt_in_workspace: "blue" }, import: [{ id: "sgr-2" }] });
});

it.each(["{", "[]", '{"import": [{"to": "aws_vpc.a"}]}'])("takes %s for no blocks", (text) => {
  writeFileSync(join(folder, "adopt.tf.json"), text);
  keepImports(folder, (address) => address);
  expect(readdirSync(folder)).toEqual([]);
});
