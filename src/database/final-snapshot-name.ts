// A name for the snapshot that a data store leaves behind, new each time: AWS refuses to delete the store if the name is
// taken, so that a fixed one would work for the first destroy only.

import { Fn } from "cdktf";
import { Construct } from "constructs";
import { finalSnapshot } from "../model/names/data-stores";
import { TerraformData } from "../terraform/terraform-data";

/** Hexadecimal digits that tell one snapshot from the next. */
const DIGITS = 8;

export interface FinalSnapshotNameProps {
  /** What it is called in Terraform, such as `database-final-snapshot`. */
  readonly resourceName: string;
  /** The name of the data store. */
  readonly name: string;
  /** Values whose change replaces the data store: its successor needs a snapshot name of its own. */
  readonly replacedOn: Readonly<Record<string, string>>;
}

/**
 * A snapshot name that is decided when the data store is created and then stays in the state: a time of day would
 * change with every plan.
 */
export class FinalSnapshotName extends Construct {
  /** The store's name, and 8 hexadecimal digits. */
  readonly value: string;
  /** Replaced when the data store is, for one of the values given. */
  readonly replaced: TerraformData;

  constructor(scope: Construct, id: string, { resourceName, name, replacedOn }: FinalSnapshotNameProps) {
    super(scope, id);
    const unique = new TerraformData(this, `unique:${resourceName}`, { triggersReplace: replacedOn });
    this.replaced = unique;
    this.value = finalSnapshot(name, Fn.substr(unique.id, 0, DIGITS));
  }
}
