// What stands around and in a block of a file by topic: the comment for readers, and those for scanners.
import { filesOf, type Note } from "../../../src/terraform/hcl/files";
import type { Block } from "../../../src/terraform/hcl/render";

const written = (lines: readonly string[], note: Partial<Note>) => {
  const block: Block = { kind: "resource", labels: ["aws_s3_bucket", "logs"], lines };
  return filesOf([block], () => ({ topic: "logs", position: 0, ...note })).get("logs.tf");
};

const scanners = {
  above: ["#trivy:ignore:AWS-0089 it has none"],
  beside: " # tflint-ignore: terraform_naming_convention",
  inside: ["#checkov:skip=CKV_AWS_18: it has none"],
};

it("has what scanners read where each looks for it: above the block and below the comment, beside its header, in its body", () => {
  const lines = ['resource "aws_s3_bucket" "logs" {', '  bucket = "logs"', "}"];
  expect(written(lines, { comment: "Why it is there.", scanners })).toBe(`# Why it is there.
#trivy:ignore:AWS-0089 it has none
resource "aws_s3_bucket" "logs" { # tflint-ignore: terraform_naming_convention
  #checkov:skip=CKV_AWS_18: it has none
  bucket = "logs"
}
`);
});

it("opens an empty body for them", () => {
  expect(
    written(['resource "aws_s3_bucket" "logs" {}'], { scanners: { ...scanners, above: [], beside: "" } }),
  ).toBe(`resource "aws_s3_bucket" "logs" {
  #checkov:skip=CKV_AWS_18: it has none
}
`);
});

it("has nothing for them where nothing is said", () => {
  const lines = ['resource "aws_s3_bucket" "logs" {', '  bucket = "logs"', "}"];
  expect(written(lines, {})).toBe(`${lines.join("\n")}\n`);
});
