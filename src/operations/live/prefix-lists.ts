// The blocks of addresses behind a prefix list: a rule that names one opens more or less without being touched.
import { EC2Client, paginateGetManagedPrefixListEntries } from "@aws-sdk/client-ec2";
import { INTERNET, INTERNET_IPV6 } from "../../schema/cidr";
import type { AwsSession } from "../aws/session";
import { unlessAbsent } from "./absent";
import type { LivePeer, LiveRule } from "./security-groups";

/** The blocks of prefix lists by ID: none for one that does not exist any more, and no entry for one that AWS does not show. */
export type PrefixLists = ReadonlyMap<string, readonly string[]>;

/** What may be behind a list that AWS does not show: everybody. */
const ANYBODY: readonly string[] = [INTERNET, INTERNET_IPV6];

/** The blocks that a rule's peer stands for; none where it is a group. */
export function blocksOfPeer(peer: LivePeer, prefixLists: PrefixLists): readonly string[] {
  switch (peer.kind) {
    case "cidr":
      return [peer.cidr];
    case "prefix-list":
      return prefixLists.get(peer.id) ?? ANYBODY;
    case "group":
      return [];
  }
}

/** The blocks of the prefix lists that rules name. */
export async function prefixListsOf(aws: AwsSession, rules: readonly LiveRule[]): Promise<PrefixLists> {
  const ids = new Set(rules.flatMap(({ peer }) => (peer.kind === "prefix-list" ? peer.id : [])));
  const read = await Promise.all(
    [...ids].map(async (id) => [id, await blocksUnlessRefused(aws, id)] as const),
  );
  return new Map(read.flatMap(([id, blocks]) => (blocks === undefined ? [] : [[id, blocks] as const])));
}

async function blocksUnlessRefused(aws: AwsSession, id: string): Promise<string[] | undefined> {
  try {
    return (await unlessAbsent(blocksOf(aws, id), "InvalidPrefixListID.NotFound")) ?? [];
  } catch (error) {
    const kind = aws.explain(error)?.kind;
    if (kind === "not-allowed" || kind === "rejected") {
      return undefined;
    }
    throw error;
  }
}

async function blocksOf(aws: AwsSession, PrefixListId: string): Promise<string[]> {
  const blocks: string[] = [];
  for await (const { Entries = [] } of paginateGetManagedPrefixListEntries(
    { client: aws.client(EC2Client) },
    { PrefixListId },
  )) {
    blocks.push(...Entries.flatMap(({ Cidr }) => Cidr ?? []));
  }
  return blocks;
}
