// What the stacks of one environment share: its region, its account, its tags and where its state is kept.

import { defaultTags } from "../model/tags";
import type { Environment } from "../schema/environment";
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
