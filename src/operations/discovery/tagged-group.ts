// A security group of the platform, as its Name tag leads to it.
import type { Member } from "../../model/members";

/** One group of the platform, and who has its Name tag. */
export interface TaggedGroup {
  /** Whose group it is. */
  readonly member: Member;
  /** The member's key. */
  readonly group: string;
  /** The Name tag that it should have. */
  readonly name: string;
  /** IDs of the VPC's groups with that Name tag. */
  readonly tagged: readonly string[];
}
