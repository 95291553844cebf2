// The stack state-backend: makes the bucket that the other stacks keep their state in. Deployed once, before them.
import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { S3State } from "../schema/state";
import { StateBucket } from "../storage/state-bucket";
import { EnvironmentStack, type EnvironmentStackProps } from "./environment-stack";

export interface StateBackendStackProps extends EnvironmentStackProps {
  /** The environment's `state`, which describes the bucket. */
  readonly state: S3State;
}

/** The stack `state-backend`. */
export class StateBackendStack extends EnvironmentStack {
  /** The bucket of the states, and that of its access logs. */
  readonly bucket: StateBucket;

  constructor(scope: Construct, id: string, { environment, state }: StateBackendStackProps) {
    // Its own state cannot lie in the bucket that it makes.
    super(scope, id, { environment, region: state.region, state: { backend: "local" } });
    this.bucket = new StateBucket(this, "bucket", {
      name: state.bucket,
      kmsKeyId: state.kmsKeyId,
      deletionProtection: state.protectBucket,
    });
    const { name, accessLogsName } = this.bucket;
    new TerraformOutput(this, "state_bucket", { value: name, description: "Bucket of the states" });
    new TerraformOutput(this, "access_logs_bucket", {
      value: accessLogsName,
      description: "Bucket of the log of every request to the bucket of the states",
    });
  }
}
