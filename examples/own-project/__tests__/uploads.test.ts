// The shop's own resources, each by itself, and all of it together with the platform.
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { S3BucketPublicAccessBlock } from "@cdktf/provider-aws/lib/s3-bucket-public-access-block";
import { Testing } from "cdktf";
import { addPlatform } from "django-on-aws-cdktf";
import shop from "../environments/shop-prod";
import { extend } from "../extend";
import { Uploads } from "../uploads";

const TOPIC = "arn:aws:sns:eu-central-1:123456789012:alarms";

test("uploads are private, and somebody hears of it when there are too many", () => {
  const synthesized = Testing.synthScope((scope) => {
    new Uploads(scope, "uploads", {
      bucketName: "example-uploads",
      taskRoleName: "web-task",
      alarmTopicArn: TOPIC,
      deletionProtection: true,
    });
  });
  const has = (resource: { readonly tfResourceType: string }, properties: Record<string, unknown>) =>
    Testing.toHaveResourceWithProperties(synthesized, resource.tfResourceType, properties);
  expect(has(S3BucketPublicAccessBlock, { block_public_acls: true, restrict_public_buckets: true })).toBe(
    true,
  );
  expect(has(CloudwatchMetricAlarm, { metric_name: "BucketSizeBytes", alarm_actions: [TOPIC] })).toBe(true);
});

test("the platform and what the shop adds keep to the policies, and allow only the traffic that is declared", () => {
  const app = Testing.app();
  extend(addPlatform(app, shop));
  expect(app.node.validate()).toEqual([]);
});
