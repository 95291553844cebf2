// What a change of the file's own fields does: what all resources share, the state, the pipeline, what is accepted.
import type { PathsOf } from "../../schema/field-path";
import type { Change } from "./change";
import { namesChanges } from "./names";

type Own =
  | "name"
  | "region"
  | "account"
  | "production"
  | "tags"
  | "state"
  | "terraformModule"
  | "outputs"
  | "ci"
  | "deletionProtection"
  | "policies"
  | "extraMembers"
  | "extraFlows"
  | "describedFlows"
  | "quotas";

/** The arguments that hold a name, and cannot be changed. */
const NAMED_AFTER = Object.values(namesChanges).flatMap((change) =>
  typeof change === "string" ? [] : change.replaces,
);

const SECOND = "Build a second environment beside this one, and move the domain.";

export const projectChanges: Readonly<Record<PathsOf<Own>, Change>> = {
  name: {
    replaces: NAMED_AFTER,
    instead: `Nearly everything is called after it, and its state, too. ${SECOND}`,
  },
  region: {
    replaces: ["aws_subnet.availability_zone"],
    instead: `Nothing moves to another region. ${SECOND}`,
  },
  account: { replaces: [], instead: `Nothing moves to another account. ${SECOND}` },
  production: "added",
  tags: "in place",
  state: "its fields",
  "state.backend": "nothing",
  "state.bucket": {
    replaces: ["aws_s3_bucket.bucket"],
    instead:
      "S3 renames no bucket. Make the other one, move each stack's state (terraform init -migrate-state), then remove this one.",
  },
  "state.region": "nothing",
  "state.createBucket": "added",
  "state.protectBucket": "in place",
  "state.keyPrefix": "nothing",
  "state.kmsKeyId": "in place",
  terraformModule: "nothing",
  outputs: "added",
  "outputs.parameterPrefix": "in place",
  ci: "added",
  "ci.github": "its fields",
  "ci.github.repository": "in place",
  "ci.github.deployFrom": "its fields",
  "ci.github.deployFrom.environment": "in place",
  "ci.github.deployFrom.branch": "in place",
  "ci.github.planFrom": "in place",
  "ci.createProvider": "added",
  "ci.own": "its fields",
  "ci.own.stacks": "in place",
  "ci.own.resources": "in place",
  "ci.own.resources[].types": "nothing",
  "ci.own.resources[].read": "in place",
  "ci.own.resources[].write": "in place",
  "ci.own.resources[].resources": "in place",
  "ci.own.roles": "in place",
  "ci.own.roles[].actions": "in place",
  "ci.own.roles[].resources": "in place",
  deletionProtection: "in place",
  policies: "its fields",
  "policies.suppress": "nothing",
  "policies.suppress[].policy": "nothing",
  "policies.suppress[].resource": "nothing",
  "policies.suppress[].reason": "nothing",
  extraMembers: "added",
  "extraMembers.*.label": "nothing",
  "extraMembers.*.tier": "added",
  "extraMembers.*.holdsData": "nothing",
  extraFlows: "added",
  "extraFlows[].source": "added",
  "extraFlows[].destination": "added",
  "extraFlows[].port": "added",
  "extraFlows[].port.from": "added",
  "extraFlows[].port.to": "added",
  "extraFlows[].protocol": "added",
  "extraFlows[].description": "in place",
  "extraFlows[].reason": "in place",
  describedFlows: "its fields",
  "describedFlows[].source": "in place",
  "describedFlows[].destination": "in place",
  "describedFlows[].port": "in place",
  "describedFlows[].description": "in place",
  "describedFlows[].reason": "in place",
  quotas: "its fields",
  "quotas.rulesPerSecurityGroup": "nothing",
  "quotas.rulesPerNetworkAcl": "nothing",
};
