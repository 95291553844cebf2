// No two rules have one ID, whatever keys are made of: the words of an ID itself among them.
import { Peer } from "../../../src/model/traffic/peer";
import { Port } from "../../../src/model/traffic/port";
import { ruleId } from "../../../src/model/traffic/rules";
import { identifier } from "../../../src/schema/fields";

/** Words that an ID has for itself, and an empty one, which makes two hyphens in a row. */
const WORDS = ["a", "from", "80", "all", ""];

const keys = ["a", "from", "to"].flatMap((first) => [
  first,
  ...WORDS.flatMap((second) => [
    `${first}-${second}`,
    ...WORDS.map((third) => `${first}-${second}-${third}`),
  ]),
]);
const groups = keys.filter((key) => identifier.safeParse(key).success);
const peers = [...groups.map(Peer.group), Peer.internet, Peer.cidr("10.0.0.0/8"), Peer.cidr("10.0.0.0/16")];
const ports = [Port.tcp(80), Port.tcpRange(80, 90), Port.all];

it.each(["ingress", "egress"] as const)("gives every %s rule an ID of its own", (direction) => {
  const seen = new Map<string, string>();
  const twice: string[] = [];
  for (const group of groups) {
    for (const peer of peers) {
      for (const port of ports) {
        const id = ruleId({ direction, group, peer, port });
        const rule = JSON.stringify([group, peer, port]);
        if (seen.has(id)) {
          twice.push(`${id}: ${seen.get(id)}, ${rule}`);
        }
        seen.set(id, rule);
      }
    }
  }
  expect(seen.size).toBeGreaterThan(10_000);
  expect(twice).toEqual([]);
});
