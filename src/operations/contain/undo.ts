// Takes back what the journal says was done, unless somebody has changed it since.
import type { AwsSession } from "../aws/session";
import { networkAcls } from "../live/network-acls";
import type { Journal, JournalEntry } from "./journal";
import { removeEntry } from "./network-acls";
import { scaleOf, setDesiredCount, setSuspension } from "./scaling";
import { judge, type Present, restored, type Verdict } from "./undo-judgement";

export interface UndoItem {
  readonly entry: JournalEntry;
  readonly verdict: Verdict;
}

/**
 * Looks at the account, and says what can be undone.
 * @param entries newest first: of two changes to the same thing, the older one is judged as the newer's undoing leaves it
 * @param force undoes what somebody has changed since, too
 */
export async function planUndo(
  aws: AwsSession,
  entries: readonly JournalEntry[],
  force: boolean,
): Promise<UndoItem[]> {
  const presents = new Map<string, Present>();
  const items: UndoItem[] = [];
  for (const entry of entries) {
    const place = placeOf(entry);
    const present = presents.has(place) ? presents.get(place) : await look(aws, entry);
    const verdict = forced(judge(entry, present), force);
    presents.set(place, verdict.kind === "undo" ? restored(entry) : present);
    items.push({ entry, verdict });
  }
  return items;
}

/**
 * Undoes one entry that can be undone, if it is still as it was when the undoing was planned.
 * @returns what it was found to be: `changed` is left alone
 */
export async function undo(
  aws: AwsSession,
  { entry, verdict: planned }: UndoItem,
  force: boolean,
  journal: Journal,
): Promise<Verdict> {
  if (journal.entries().some(({ id, state }) => id === entry.id && state === "undone")) {
    return { kind: "nothing", present: "another command has undone it" };
  }
  const present = await look(aws, entry);
  const verdict = forced(judge(entry, present), force);
  if (verdict.kind !== planned.kind || verdict.present !== planned.present) {
    return { ...verdict, kind: "changed" };
  }
  if (verdict.kind === "undo") {
    // From here on a crash leaves something between before and after, as it does on the way there.
    await journal.mark(entry, "intended");
    await restore(aws, entry, present);
  }
  await journal.mark(entry, "undone");
  return verdict;
}

function forced(verdict: Verdict, force: boolean): Verdict {
  return force && verdict.forced !== undefined ? { ...verdict, kind: verdict.forced } : verdict;
}

/** Names what an entry has changed. */
function placeOf(entry: JournalEntry): string {
  return entry.action === "block-ip"
    ? `${entry.networkAclId} ${entry.ruleNumber}`
    : `${entry.cluster} ${entry.service}`;
}

async function look(aws: AwsSession, entry: JournalEntry): Promise<Present> {
  if (entry.action === "scale-down") {
    const scale = await scaleOf(aws, entry);
    return scale && { scale };
  }
  // Without a filter: EC2 answers an ID that does not exist with an error, and a region has few network ACLs.
  const acl = (await networkAcls(aws)).find(({ NetworkAclId }) => NetworkAclId === entry.networkAclId);
  return (
    acl && {
      entry:
        acl.Entries?.find(({ Egress, RuleNumber }) => !Egress && RuleNumber === entry.ruleNumber) ?? null,
    }
  );
}

async function restore(aws: AwsSession, entry: JournalEntry, present: Present): Promise<void> {
  if (entry.action === "block-ip") {
    await removeEntry(aws, entry);
    return;
  }
  await setDesiredCount(aws, entry, entry.before.desiredCount);
  // A scalable target that somebody has removed since is not ours to make anew.
  if (entry.before.suspended !== null && present && "scale" in present && present.scale.suspended !== null) {
    await setSuspension(aws, entry, entry.before.suspended);
  }
}
