// Terraform's state in S3: read and locked by both roles, written by the one that deploys.
import { RULE_HOLDERS } from "../../model/traffic/rules";
import type { Own } from "../../schema/own-resources";
import { type PermissionsOf, THROUGH_A_SERVICE } from "../grant";

/** The platform's stacks that CI deploys. The others are deployed by hand, once: what CI stands on, it must not change. */
export const DEPLOYED_STACKS = RULE_HOLDERS;

/** Every stack that CI deploys, a team's own included. */
export function deployedStacks(own: Pick<Own, "stacks"> | undefined): readonly string[] {
  return [...DEPLOYED_STACKS, ...(own?.stacks ?? [])];
}

export const state: PermissionsOf = ({ environment, account }) => {
  const { name, state } = environment;
  if (state.backend !== "s3") {
    return undefined;
  }
  const bucket = `arn:aws:s3:::${state.bucket}`;
  const folder = `${bucket}/${state.keyPrefix === undefined ? "" : `${state.keyPrefix}/`}${name}`;
  const states = deployedStacks(environment.ci?.own).map((stack) => `${folder}/${stack}.tfstate`);
  const { kmsKeyId } = state;
  const through = { StringEquals: { "kms:ViaService": `s3.${state.region}.amazonaws.com` } };
  const locks = states.map((object) => `${object}.tflock`);
  return {
    grants: [
      { sid: "FindState", access: "read", actions: ["s3:ListBucket"], resources: [bucket] },
      {
        sid: "ReadState",
        access: "read",
        actions: ["s3:GetObject"],
        resources: [...states, ...locks],
      },
      {
        sid: "LockState",
        access: "read",
        actions: ["s3:DeleteObject", "s3:PutObject"],
        resources: locks,
      },
      { sid: "WriteState", access: "write", actions: ["s3:PutObject"], resources: states },
      ...(kmsKeyId === undefined
        ? []
        : [
            {
              sid: "StateKey",
              access: "read",
              actions: ["kms:Decrypt", "kms:GenerateDataKey"],
              resources: [keyArn(kmsKeyId, state.region, account)],
              conditions: through,
              // As whatever else is encrypted.
              boundaryResources: [keyArn("alias/any", state.region, account)],
              boundaryConditions: THROUGH_A_SERVICE,
            } as const,
          ]),
    ],
    // With their locks.
    own: states.map((object) => `${object}*`),
  };
};

/** An alias says nothing of its key, so that it stands for any; a condition leaves it to S3 to use it. */
function keyArn(key: string, region: string, account: string): string {
  if (/^arn:.*:key\//.test(key)) {
    return key;
  }
  return `arn:aws:kms:${region}:${account}:key/${key.includes("alias/") ? "*" : key}`;
}
