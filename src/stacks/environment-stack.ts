// What the stacks of one environment share: its region, its account, its tags and where its state is kept.
import type { Environment } from "../config/environment";
import { defaultTags } from "../config/tags";
import type { BaseStackProps } from "../terraform/base-stack";

export interface EnvironmentStackProps {
  /** A checked environment. */
  readonly environment: Environment;
}

/** The base of any stack of an environment. */
export function baseStackProps(environment: Environment): BaseStackProps {
  const { name, region, account, state } = environment;
  return { region, accountId: account, tags: defaultTags(environment), state, stateName: name };
}
