// What the output cannot hold where another module calls it.
import { type Check, problem } from "./check";

export const checkTerraformModule: Check = ({ terraformModule, state, database, ci }) => {
  if (terraformModule !== "child") {
    return [];
  }
  return [
    ...(state?.backend === "s3" && state.createBucket
      ? [
          problem(
            "state.createBucket",
            state.createBucket,
            "Leave it out: the bucket is there before whoever calls the modules keeps a state in it. An environment file of its own " +
              "makes one (docs/state.md), and so does Terragrunt (--backend-bootstrap).",
          ),
        ]
      : []),
    ...(database?.credentials === "secrets-manager" && ci !== undefined
      ? [
          problem(
            "database.credentials",
            database.credentials,
            'Write "rds-managed", or leave ci out: each plan of a child module reads a password of its own, and CI\'s role for the ' +
              "plans of pull requests may read no secret.",
          ),
        ]
      : []),
  ];
};
