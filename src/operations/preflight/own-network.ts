// As much of an environment's own network as stands already.
import type { Address, Vpc } from "@aws-sdk/client-ec2";
import type { Environment } from "../../model/environment";
import { defaultTags } from "../../model/tags";
import { isOwn } from "./names/judgement";
import { tagsOf } from "./names/lookup";

/** What EC2 says of anything that has tags. */
type Tagged = Pick<Address, "Tags">;

/** The ID of the environment's own VPC; `undefined` where it has none yet. */
export function ownVpc(vpcs: readonly Vpc[], environment: Environment): string | undefined {
  return vpcs.find((vpc) => nameOf(vpc) === environment.names.vpc && isOurs(vpc, environment))?.VpcId;
}

/** Whether something has the tags of the environment. */
export function isOurs({ Tags }: Tagged, environment: Environment): boolean {
  return isOwn(tagsOf(Tags), defaultTags(environment));
}

/** The Name tag. */
export function nameOf({ Tags }: Tagged): string | undefined {
  return tagsOf(Tags).Name;
}
