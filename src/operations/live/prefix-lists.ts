// The blocks of addresses behind a prefix list: a rule that names one opens more or less without being touched.
import { EC2Client, paginateGetManagedPrefixListEntries } from "@aws-sdk/client-ec2";
import type { AwsSession } from "../aws/session";
import { unlessAbsent } from "./absent";

/** The blocks of these prefix lists by ID; none for one that does not exist any more. */
export async function prefixListBlocks(
  aws: AwsSession,
  ids: readonly string[],
): Promise<ReadonlyMap<string, readonly string[]>> {
  return new Map(
    await Promise.all(
      ids.map(async (id) => {
        const blocks = await unlessAbsent(blocksOf(aws, id), "InvalidPrefixListID.NotFound");
        return [id, blocks ?? []] as const;
      }),
    ),
  );
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
