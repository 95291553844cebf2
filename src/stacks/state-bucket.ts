// The stack state-bucket: makes the bucket that the other stacks keep their state in. Deployed once, before them.
import type { Construct } from "constructs";
import { StateBucket } from "../storage/state-bucket";
import { BaseStack } from "../terraform/base-stack";
import { baseStackProps, type EnvironmentStackProps } from "./environment-stack";

export interface StateBucketStackProps extends EnvironmentStackProps {
  /** The bucket's name. */
  readonly bucket: string;
  /** The bucket's region. */
  readonly region: string;
}

export class StateBucketStack extends BaseStack {
  constructor(scope: Construct, id: string, { environment, bucket, region }: StateBucketStackProps) {
    // Its own state cannot lie in the bucket that it makes.
    super(scope, id, { ...baseStackProps(environment), region, state: { backend: "local" } });
    new StateBucket(this, "bucket", { name: bucket });
  }
}
