// What elements are called in Terraform, and what happens where two would be called the same.
import { S3Bucket } from "@cdktf/provider-aws/lib/s3-bucket";
import { S3BucketPolicy } from "@cdktf/provider-aws/lib/s3-bucket-policy";
import { Testing } from "cdktf";
import { Construct } from "constructs";
import { terraformName } from "../../src/model/names/terraform";
import { distinctNames } from "../../src/terraform/addresses";
import { aStack } from "./stacks";

it.each([
  ["uploads", "uploads"],
  ["UploadsBucket", "uploads_bucket"],
  ["VPCEndpoint", "vpc_endpoint"],
  ["public-us-east-1a", "public_us_east_1a"],
  ["policy:access-logs", "access_logs"],
  ["worker-SIGNING_KEY", "worker_signing_key"],
  ["a--b", "a__b"],
  ["1st", "id_1st"],
])("an element with the id %s is called %s", (id, name) => {
  expect(terraformName(id)).toBe(name);
});

it("tells texts apart that differ in what no name can hold", () => {
  const texts = ["on-call@example.com", "on.call@example.com", "*.example.com"];
  expect(distinctNames(texts).map(([, name]) => name)).toEqual([
    "on_call_at_example_com",
    "on_call_at_example_com_2",
    "wildcard_example_com",
  ]);
});

it("does not change when a construct moves", () => {
  const stack = aStack();
  new S3Bucket(new Construct(new Construct(stack, "team"), "uploads"), "uploads");
  expect(Object.keys(JSON.parse(Testing.synth(stack)).resource.aws_s3_bucket)).toEqual(["uploads"]);
});

it("refuses two elements of one address, and names both", () => {
  const stack = aStack();
  for (const team of ["one", "two"]) {
    const scope = new Construct(stack, team);
    new S3Bucket(scope, "uploads");
    new S3BucketPolicy(scope, "policy:uploads", { bucket: "uploads", policy: "{}" });
  }
  const synth = () => Testing.synth(stack);
  expect(synth).toThrow(
    "aws_s3_bucket.uploads is the address of django/one/uploads and of django/two/uploads.",
  );
  expect(synth).toThrow("django/one/policy:uploads and of django/two/policy:uploads");
  expect(synth).toThrow(/another construct id/);
});
