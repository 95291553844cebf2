// The stack state-backend as a whole: the bucket that the environment's state describes, and a state outside of it.
import { Testing } from "cdktf";
import type { Environment } from "../../src/model/environment";
import type { S3State } from "../../src/schema/state";
import { addPlatform } from "../../src/stacks/platform";
import { StateBackendStack } from "../../src/stacks/state-backend";
import { defineEnvironment } from "../../src/validation/define-environment";
import { synthesized } from "../support/synthesized";

const environmentWith = (state: Environment["state"]): Environment =>
  defineEnvironment({
    name: "jobs",
    region: "eu-west-1",
    network: { cidr: "10.0.0.0/16", availabilityZones: ["eu-west-1a", "eu-west-1b"] },
    services: { worker: { image: "a/b:1", cpu: 256, memory: 512 } },
    state,
  });

const state: S3State = {
  backend: "s3",
  bucket: "jobs-states",
  region: "eu-central-1",
  createBucket: true,
  protectBucket: true,
};

const stackOf = (given: S3State) =>
  synthesized(
    new StateBackendStack(Testing.app(), "state-backend", {
      environment: environmentWith(given),
      state: given,
    }),
  );

describe("StateBackendStack", () => {
  const config = stackOf(state);

  it("makes the bucket in the bucket's region, and keeps its own state elsewhere", () => {
    expect(config).toMatchObject({
      provider: { aws: [{ region: "eu-central-1" }] },
      terraform: { backend: { local: { path: "../../../terraform.jobs.state-backend.tfstate" } } },
      output: {
        state_bucket: { value: "jobs-states" },
        access_logs_bucket: { value: "jobs-states-logs" },
      },
    });
  });

  it("protects the bucket unless the environment says otherwise", () => {
    const protections = ({ resource = {} }: typeof config) =>
      Object.values(resource.aws_s3_bucket ?? {}).map(({ bucket, force_destroy, lifecycle }) => ({
        bucket,
        force_destroy,
        lifecycle,
      }));
    expect(protections(config)).toEqual([
      { bucket: "jobs-states-logs", force_destroy: false, lifecycle: undefined },
      { bucket: "jobs-states", force_destroy: false, lifecycle: { prevent_destroy: true } },
    ]);
    expect(protections(stackOf({ ...state, protectBucket: false }))).toEqual([
      { bucket: "jobs-states-logs", force_destroy: true, lifecycle: undefined },
      { bucket: "jobs-states", force_destroy: true, lifecycle: undefined },
    ]);
  });

  it("encrypts with the key that the states are encrypted with", () => {
    const encrypted = JSON.stringify(stackOf({ ...state, kmsKeyId: "alias/states" }));
    expect(encrypted).toContain('"kms_master_key_id":"alias/states"');
  });

  it("is there only where the environment makes its bucket", () => {
    const stacksOf = (given: Environment["state"]) => {
      const app = Testing.app();
      addPlatform(app, environmentWith(given));
      return app.node.children.map(({ node }) => node.id);
    };
    expect(stacksOf(state)).toEqual(["django", "security-group-rules", "state-backend"]);
    expect(stacksOf({ ...state, createBucket: false })).toEqual(["django", "security-group-rules"]);
    expect(stacksOf({ backend: "local" })).toEqual(["django", "security-group-rules"]);
  });
});
