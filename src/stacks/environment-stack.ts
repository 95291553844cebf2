// What the stacks of one environment share: its region, its account, its tags and where its state is kept.
import type { Environment } from "../config/environment";
import type { BaseStackProps } from "../terraform/base-stack";

export interface EnvironmentStackProps {
  /** A checked environment. */
  readonly environment: Environment;
}

/** The base of any stack of an environment. */
export function baseStackProps({ name, region, account, tags, state }: Environment): BaseStackProps {
  return {
    region,
    accountId: account,
    tags: { Environment: name, ManagedBy: "cdktf", ...tags },
    state,
    stateName: name,
  };
}
