// Whom rules let in or out, read from whichever arguments name them.

import { isBlock } from "../schema/address-blocks";
import { INTERNET } from "../schema/cidr";
import type { ObservedGroups } from "./groups";
import type { Instance } from "./instances";
import { asList, asText, isObject, type Json } from "./terraform-config";

/** Whom a rule lets in or out: a group by its Name tag, a block of addresses, or who cannot be told, as it is written. */
export type ObservedPeer =
  | { readonly kind: "group"; readonly name: string; readonly isKnown: boolean }
  | { readonly kind: "cidr"; readonly cidr: string }
  | { readonly kind: "unknown"; readonly text: string };

/** The peer in words. */
export function observedPeerText(peer: ObservedPeer): string {
  switch (peer.kind) {
    case "group":
      return peer.name;
    case "cidr":
      return peer.cidr === INTERNET ? "internet" : peer.cidr;
    case "unknown":
      return peer.text;
  }
}

export function unknownPeer(text: string): ObservedPeer {
  return { kind: "unknown", text };
}

/** Reads peers with what the configurations say of groups and prefix lists. */
export class Peers {
  /** The blocks of each prefix list, by stack and reference. */
  private readonly lists = new Map<string, readonly string[]>();

  constructor(
    private readonly groups: ObservedGroups,
    all: readonly Instance[],
  ) {
    // With entries of their own, or entries that cannot be told, a list may hold anything.
    const hasEntries = all.some(({ type }) => type === `${LIST}_entry`);
    for (const { mode, stack, type, name, body } of all) {
      if (mode === "resource" && type === LIST && body.dynamic === undefined && !hasEntries) {
        const blocks = asList(body.entry).map((entry) => (isObject(entry) ? String(entry.cidr) : ""));
        this.lists.set(`${stack} \${${type}.${name}.id}`, blocks);
      }
    }
  }

  /** Blocks of addresses. */
  blocks(value: Json | undefined): ObservedPeer[] {
    return asList(value).map((written) => {
      const text = String(written);
      return isBlock(text) ? { kind: "cidr", cidr: text } : unknownPeer(text);
    });
  }

  /** The blocks of prefix lists. AWS's own lists are not known. */
  prefixLists(stack: string, value: Json | undefined): ObservedPeer[] {
    return asList(value).flatMap((list) => {
      const blocks = this.lists.get(`${stack} ${asText(list)}`);
      return blocks === undefined ? [unknownPeer(String(list))] : this.blocks(blocks);
    });
  }

  /** Security groups. */
  named(stack: string, values: readonly (Json | undefined)[]): ObservedPeer[] {
    return values
      .flatMap(asList)
      .map((value) => ({ kind: "group", ...this.groups.resolve(stack, String(value)) }));
  }
}

const LIST = "aws_ec2_managed_prefix_list";
