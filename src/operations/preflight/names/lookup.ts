// How a resource is looked up by its name; one way for each kind, in the files beside this one.
import type { Environment } from "../../../model/environment";
import type { AwsSession } from "../../aws/session";
import type { Holder, Tags } from "./judgement";

/** The resources that have a name: none or one, but for kinds that AWS itself does not keep unique. */
export type Lookup = (aws: AwsSession, name: string, environment: Environment) => Promise<readonly Holder[]>;

/** A tag as most services write it. */
interface Tag {
  readonly Key?: string | undefined;
  readonly Value?: string | undefined;
}

/** Tags by key. */
export function tagsOf(list: readonly Tag[] | undefined): Tags {
  return Object.fromEntries((list ?? []).map(({ Key = "", Value = "" }) => [Key, Value]));
}

/** What to do about a resource that is being deleted. */
export const DELETING = "It is being deleted: wait until it is gone.";
