// Where the state of an environment's stacks is kept: what tells one environment's state from another's.
import type { State } from "../schema/state";

/** The arguments of a stack's backend that say where its state is; none where whoever runs Terraform brings the backend. */
export type StateLocation =
  | { readonly backend: "local"; readonly path: string }
  | { readonly backend: "s3"; readonly bucket: string; readonly key: string; readonly region: string }
  | { readonly backend: "none" };

/**
 * Where one stack's state is kept.
 * @param stateName the environment's name
 */
export function stateLocation(state: State, stateName: string, stack: string): StateLocation {
  switch (state.backend) {
    case "none":
      return { backend: "none" };
    case "local":
      // Terraform runs in cdktf.out/stacks/<stack>, so this is the folder that holds cdktf.out.
      return { backend: "local", path: `../../../terraform.${stateName}.${stack}.tfstate` };
    case "s3": {
      const { bucket, region, keyPrefix } = state;
      // The environment's name is always in it: two environments may share a prefix, and never a state.
      const key = `${keyPrefix === undefined ? "" : `${keyPrefix}/`}${stateName}/${stack}.tfstate`;
      return { backend: "s3", bucket, key, region };
    }
  }
}
